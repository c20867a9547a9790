// Planted changes in the tables themselves, one byte each: every one is found, and found where it is.
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { readHead, readLog } from '@/server/event-log/read-events';
import type { StoredEvent } from '@/lib/event-log/event';
import { recordGames, tamper } from '@/server/event-log/test-kit/record-games';
import { verifyLog, type Anchor } from '@/server/event-log/verify-log';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();
const GAMES = 2;
let events: StoredEvent[] = [];

function verify(options: { from?: number; anchor?: Anchor | null; seals?: boolean } = {}) {
  return verifyLog(database().sql, { now: () => 0, ...options });
}

beforeAll(async () => {
  await recordGames(database().sql, { seed: 'verify-log', games: GAMES });
  for await (const page of readLog(database().sql)) events = [...events, ...page];
});

const place = fc.nat().map((n) => events[n % events.length]!);

/** JSON text with one character changed, still JSON: another text is no value of the column. */
function nudgeJson(json: string, at: number): string | null {
  for (let step = 0; step < json.length; step++) {
    const i = (at + step) % json.length;
    const changed = json.slice(0, i) + String.fromCharCode(json.charCodeAt(i) ^ 1) + json.slice(i + 1);
    try {
      JSON.parse(changed);
      return changed;
    } catch {
      continue;
    }
  }
  return null;
}

function nudgeText(text: string, at: number): string {
  const i = at % text.length;
  return text.slice(0, i) + String.fromCharCode(text.charCodeAt(i) ^ 1) + text.slice(i + 1);
}

/** A change of one byte in a column, and the statement that takes it back. */
const changes: Record<string, (event: StoredEvent, at: number) => { set: string; back: string } | null> = {
  stream: ({ stream }, at) => ({ set: `stream = '${nudgeText(stream, at)}'`, back: `stream = '${stream}'` }),
  version: ({ version }, at) => ({
    set: `version = ${version ^ (1 << (8 + (at % 20)))}`,
    back: `version = ${version}`,
  }),
  type: ({ type }, at) => ({ set: `type = '${nudgeText(type, at)}'`, back: `type = '${type}'` }),
  payload: ({ payload }, at) => {
    const changed = nudgeJson(payload, at);
    return changed === null ? null : { set: `payload = $$${changed}$$`, back: `payload = $$${payload}$$` };
  },
  metadata: ({ metadata }) => ({ set: `metadata = '{ }'`, back: `metadata = '${metadata}'` }),
  occurred_at: (_, at) => byMs('occurred_at', 1 << (at % 8)),
  recorded_at: (_, at) => byMs('recorded_at', 1 << (at % 8)),
  previous_hash: ({ previousHash }, at) => byByte('previous_hash', previousHash, at),
  hash: ({ hash }, at) => byByte('hash', hash, at),
};

function byMs(column: string, ms: number) {
  const step = `interval '${ms} milliseconds'`;
  return { set: `${column} = ${column} + ${step}`, back: `${column} = ${column} - ${step}` };
}

function byByte(column: string, hex: string, at: number) {
  const i = at % 32;
  const byte = parseInt(hex.slice(i * 2, i * 2 + 2), 16) ^ 1;
  return { set: `${column} = set_byte(${column}, ${i}, ${byte})`, back: `${column} = decode('${hex}', 'hex')` };
}

describe('the log as it was written', () => {
  it('is whole, with every path and every decision as it was sealed', async () => {
    const head = await readHead(database().sql);
    const [sealed] = await database().sql`
      select count(*)::integer as games, count(*) filter (where exists (
        select from predictions p where p.game_id = games.game_id))::integer as told
      from games where confirmed_at is not null`;
    const report = await verify({ anchor: head });
    expect(report).toMatchObject({
      ok: true,
      count: events.length,
      head,
      broken: null,
      anchorFound: true,
      unevenStream: null,
      seals: { paths: { absent: 0, mismatches: 0, first: null }, decisions: { absent: 0, mismatches: 0, first: null } },
    });
    expect(report.seals!.paths.checked).toBe(sealed!.games);
    expect(sealed!.told).toBeGreaterThan(0);
    expect(report.seals!.decisions.checked).toBe(sealed!.told);
    expect(new Set(events.map(({ type }) => type))).toEqual(
      new Set(['announced', 'phase-changed', 'rugged', 'finished']),
    );
  });

  it('can be checked from an event on, against a head written down earlier', async () => {
    const { position, hash } = events[4]!;
    expect(await verify({ from: 6, anchor: { position: null, hash } })).toMatchObject({
      ok: true,
      count: events.length - 5,
      anchorFound: true,
    });
    expect(await verify({ anchor: { position, hash } })).toMatchObject({ ok: true, anchorFound: true });
  });

  it('lacks a head that was never its own, and one that it no longer reaches', async () => {
    const hash = 'ab'.repeat(32);
    expect(await verify({ anchor: { position: null, hash } })).toMatchObject({ ok: false, anchorFound: false });
    expect(await verify({ anchor: { position: 3, hash } })).toMatchObject({
      ok: false,
      broken: { kind: 'other-head', position: 3 },
    });
    const position = events.length + 5;
    expect(await verify({ anchor: { position, hash } })).toMatchObject({
      broken: { kind: 'missing-tail', position: events.length + 1, expectedPosition: position },
    });
    expect(await verify({ from: position + 1 })).toMatchObject({ ok: false, broken: { kind: 'missing', position } });
  });
});

describe('one byte changed in the table', () => {
  it.each(Object.keys(changes))('is found in %s, at its event', async (column) => {
    await fc.assert(
      fc.asyncProperty(place, fc.nat(), async (event, at) => {
        const change = changes[column]!(event, at);
        fc.pre(change !== null);
        await tamper(database().sql, `update events set ${change!.set} where position = ${event.position}`);
        try {
          const report = await verify({ seals: false });
          expect(report).toMatchObject({ ok: false, count: event.position - 1 });
          expect(report.broken).toMatchObject({ kind: 'changed', position: event.position });
        } finally {
          await tamper(database().sql, `update events set ${change!.back} where position = ${event.position}`);
        }
      }),
      { numRuns: 8 },
    );
    expect(await verify()).toMatchObject({ ok: true });
  });

  it('is found in position, where the event is missing then', async () => {
    await fc.assert(
      fc.asyncProperty(place, fc.integer({ min: 10, max: 40 }), async ({ position }, bit) => {
        const moved = position + 2 ** bit;
        await tamper(database().sql, `update events set position = ${moved} where position = ${position}`);
        try {
          expect((await verify({ seals: false })).broken).toMatchObject({ position });
        } finally {
          await tamper(database().sql, `update events set position = ${position} where position = ${moved}`);
        }
      }),
      { numRuns: 8 },
    );
  });

  it('is found in a price, with the event that sealed the path', async () => {
    const { sql } = database();
    const [path] = await sql`select game_id, prices[2] as price from game_paths order by game_id limit 1`;
    await sql`update game_paths set prices[2] = prices[2] + 2.220446049250313e-16 where game_id = ${path!.game_id}`;
    const finished = events.find(({ stream, type }) => stream === `game:${path!.game_id}` && type === 'finished')!;
    expect(await verify()).toMatchObject({
      ok: false,
      broken: null,
      seals: { paths: { mismatches: 1, first: { gameId: path!.game_id, position: finished.position } } },
    });
    await sql`update game_paths set prices[2] = ${path!.price} where game_id = ${path!.game_id}`;
  });

  it('is found in a prediction and in a recommendation; rows that retention took are only counted', async () => {
    const { sql } = database();
    const [{ game_id: id }] = (await sql`select game_id from recommendations limit 1`) as unknown as [
      { game_id: string },
    ];
    const first = { decisions: { mismatches: 1, first: { gameId: id } } };
    await sql`update predictions set confidence = confidence + 1e-9 where game_id = ${id} and tick = 0`;
    expect((await verify()).seals).toMatchObject(first);
    await sql`update predictions set confidence = confidence - 1e-9 where game_id = ${id} and tick = 0`;
    expect((await verify()).seals).toMatchObject({ decisions: { first: null } });
    await sql`update recommendations set word = 'Stop' where game_id = ${id}`;
    expect((await verify()).seals).toMatchObject(first);
    await sql`delete from recommendations where game_id = ${id}`;
    expect(await verify()).toMatchObject({ ok: true, seals: { decisions: { absent: 1, first: null } } });
  });
});
