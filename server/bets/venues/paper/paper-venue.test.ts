import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gameId } from '@/lib/units/game-id';
import { LAMPORTS_PER_SOL, lamports } from '@/lib/units/lamports';
import { epochMs } from '@/lib/units/time';
import { ensurePaperBalance, resetPaperBalance } from '@/server/bets/venues/paper/paper-account';
import { createPaperVenue } from '@/server/bets/venues/paper/paper-venue';
import { openFeedKit, tickFact, type FeedKit } from '@/server/bets/venues/test-kit/feed-kit';
import { createRecordDatabase } from '@/server/store/record-database';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();
const START = lamports(10n * LAMPORTS_PER_SOL);
const OTHER_GAME = gameId('20260101-00000000000000ff');

let kit: FeedKit;
beforeEach(async () => {
  kit = await openFeedKit(database(), {
    venueId: 'paper',
    create: createPaperVenue,
    show: (bet, _player, at) => tickFact(bet, 7, at),
    retry: (venue) => venue.retry(),
  });
});
afterEach(() => kit.close());

describe('a paper bet', () => {
  it('is taken at the first live tick that comes the player’s latency after placement', async () => {
    const bet = await kit.newBet();
    const placedAt = kit.clock();
    await kit.submit(bet);
    await kit.take(tickFact(bet, 10, placedAt + 299));
    await kit.take(tickFact(bet, 9, placedAt + 900, false));
    expect(kit.port().told).toEqual([]);
    await kit.take(tickFact(bet, 11, placedAt + 300));
    expect(kit.port().find('confirmed')).toMatchObject([{ betId: bet.betId, at: placedAt + 300, feeLamports: 0n }]);
  });

  it('is told at once when its game is over, for the engine to say what becomes of it', async () => {
    const rugged = await kit.newBet();
    await kit.submit(rugged);
    const at = kit.clock();
    await kit.take({ type: 'game-rugged', gameId: OTHER_GAME, rugTick: 3, at });
    expect(kit.port().told).toEqual([]);
    await kit.take({ type: 'game-rugged', gameId: rugged.gameId, rugTick: 30, at });
    expect(kit.port().of(rugged.betId)).toEqual(['confirmed', 'finalized']);
    const late = await kit.newBet();
    await kit.submit(late);
    await kit.take(tickFact({ gameId: OTHER_GAME }, 0, at));
    expect(kit.port().of(late.betId)).toEqual(['confirmed', 'finalized']);
  });

  it('is not prepared above the paper balance', async () => {
    const bet = await kit.newBet();
    const rich = { ...bet, stakeLamports: lamports(START + 1n) };
    expect(await kit.venue().prepare(rich, kit.owner)).toMatchObject({ error: { code: 'insufficient-balance' } });
    const all = await kit.venue().prepare({ ...bet, stakeLamports: START }, kit.owner);
    expect(all).toMatchObject({ ok: true, value: { balanceAfterLamports: 0n } });
  });
});

describe('paper money', () => {
  it('begins at the bankroll, once, whoever asks first', async () => {
    const { accountId } = kit.owner;
    const own = [0, 1].map(() => createRecordDatabase({ databaseUrl: database().databaseUrl }));
    const now = epochMs(kit.clock());
    const balances = await Promise.all(own.map((each) => ensurePaperBalance(each, { accountId, now })));
    await Promise.all(own.map((each) => each.end()));
    expect(balances).toEqual([START, START]);
    const entries = await database().sql`select lamports from ledger_entries where account = ${`paper:${accountId}`}`;
    expect(entries.map((entry) => entry.lamports)).toEqual([START.toString()]);
  });

  it('goes back to the bankroll when it is reset, with the ledger still at zero', async () => {
    const { sql, databaseUrl } = database();
    const { accountId } = kit.owner;
    const own = createRecordDatabase({ databaseUrl });
    await ensurePaperBalance(own, { accountId, now: kit.clock() });
    for (const lost of [3n, 4n]) {
      await sql`update ledger_balances set lamports = lamports - ${lost.toString()} where account = ${`paper:${accountId}`}`;
      expect(await resetPaperBalance(own, { accountId, now: kit.clock() })).toEqual({ ok: true, value: START });
    }
    expect(await ensurePaperBalance(own, { accountId, now: kit.clock() })).toBe(START);
    const [sum] = await sql`select sum(lamports)::text as sum, count(distinct posting)::int as postings
      from ledger_entries where posting like ${`paper:${accountId}:%`}`;
    expect(sum).toEqual({ sum: '0', postings: 3 });
    await own.end();
  });

  it('is not reset while a paper bet runs', async () => {
    await kit.newBet();
    const own = createRecordDatabase({ databaseUrl: database().databaseUrl });
    const reset = await resetPaperBalance(own, { accountId: kit.owner.accountId, now: kit.clock() });
    expect(reset).toMatchObject({ error: { code: 'bet-open' } });
    await own.end();
  });
});
