import { describe, expect, it } from 'vitest';
import { EMPTY_DRAFT, parseDraft, type RoundDraft } from '@/components/verify/round-draft';

const SEED = 'e2896666bec952ac4dbc65d73e1d08dcd5da597137dcf6255f23cd67db9dcd7c';
const GAME = '20251207-1e01ac417e8043ca';
const HASH = '620f7079cc785925512f5ec4ad3b412a804e68771ed12384509066ce5c635d4c';
const good: RoundDraft = { serverSeed: SEED, gameId: GAME, serverSeedHash: HASH, version: 'v3' };
const parse = (change: Partial<RoundDraft>) => parseDraft({ ...good, ...change }, () => null);

describe('what a reader pasted', () => {
  it('is a round when it is in order, the hash given or not', () => {
    const round = { serverSeed: SEED, gameId: GAME, version: 'v3', serverSeedHash: HASH, recorded: null };
    expect(parse({})).toEqual({ ok: true, value: round });
    expect(parse({ serverSeedHash: ' ', version: 'v1' })).toEqual({
      ok: true,
      value: { ...round, serverSeedHash: null, version: 'v1' },
    });
  });

  it('may bring blanks, quotes, commas and capitals along', () => {
    expect(parse({ serverSeed: `  "${SEED.toUpperCase()}", `, gameId: `\t'${GAME}'\n` })).toMatchObject({
      ok: true,
      value: { serverSeed: SEED, gameId: GAME },
    });
  });

  it('is compared with the record of that very game', () => {
    const recorded = { prices: [1, 0], peak: 1 };
    const parsed = parseDraft({ ...good, gameId: ` ${GAME}` }, (id) => (id === GAME ? recorded : null));
    expect(parsed).toMatchObject({ ok: true, value: { recorded } });
  });

  it.each([
    [{ serverSeed: '' }, 'serverSeed', /^Paste the server seed/],
    [{ serverSeed: `${SEED.slice(0, 10)}g${SEED.slice(11)}` }, 'serverSeed', /character 11 is “g”/],
    [{ serverSeed: SEED.slice(1) }, 'serverSeed', /this has 63: a part is missing/],
    [{ serverSeed: `${SEED}0` }, 'serverSeed', /this has 65: there is too much/],
    [{ serverSeed: GAME }, 'serverSeed', /^This is a game id/],
    [{ gameId: '' }, 'gameId', /^Paste the id/],
    [{ gameId: SEED }, 'gameId', /^This is no game id/],
    [{ gameId: '20251307-1e01ac417e8043ca' }, 'gameId', /^This is no game id/],
    [{ serverSeedHash: 'abc' }, 'serverSeedHash', /^The hash has 64 hex digits; this has 3/],
    [{ serverSeedHash: 'not a hash' }, 'serverSeedHash', /^The hash is made of the digits/],
  ] as const)('is refused in words: %j', (change, field, words) => {
    const parsed = parse(change);
    expect(!parsed.ok && Object.keys(parsed.error)).toEqual([field]);
    expect(!parsed.ok && parsed.error[field]).toMatch(words);
  });

  it('is told of every field that is wrong, not of the first', () => {
    const parsed = parseDraft({ ...EMPTY_DRAFT, serverSeedHash: 'x' }, () => null);
    expect(!parsed.ok && Object.keys(parsed.error)).toEqual(['serverSeed', 'gameId', 'serverSeedHash']);
  });
});
