// Laws, over random worlds of many players, with a chain that drops, forks, slows and goes down, a feed that falls silent,
// shows ticks that never were and confirms late or never, players who do everything but what they should, and a process that
// is killed again and again: the ledger sums to zero and so does escrow; the venue's address and every wallet hold what the
// ledger says; every bet is closed; none is paid twice; every won one is paid five times its stake, every void one what it
// gave; the game's rule says who won; every row is what its events fold to.
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Bet } from '@/lib/bets/bet';
import type { BetEvent } from '@/lib/bets/bet-event';
import { applyBetEvent } from '@/lib/bets/fold-bet';
import { betStream } from '@/lib/bets/bet-event';
import { runWorld, type WorldReport } from '@/server/bets/simulation/run-world';
import { openMemoryStore, openPostgresStore, readMemoryRecord } from '@/server/bets/simulation/sim-stores';
import { rebuildBets } from '@/server/bets/store/rebuild-bets';
import type { MemoryBetStore } from '@/server/bets/store/memory-bet-store';
import { useTestDatabase } from '@/server/test-kit/postgres';

const HISTORIES = 10_000;
const WORLDS_MAX = 40;
const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

describe('bets in memory', () => {
  it(`end right in ${HISTORIES} random histories`, { timeout: 240_000 }, async () => {
    const reports: WorldReport[] = [];
    const histories = () => reports.reduce((sum, { bets }) => sum + bets, 0);
    const world = fc.asyncProperty(seeds, async (seed) => {
      if (histories() >= HISTORIES) return;
      reports.push(await playInMemory(seed));
    });
    await fc.assert(world, { numRuns: WORLDS_MAX, endOnFailure: true, examples: EVERYTHING_OCCURS });
    expect(histories()).toBeGreaterThanOrEqual(HISTORIES);
    // What did not occur was not tried.
    const states = reports.reduce<Record<string, number>>((all, report) => {
      for (const [state, count] of Object.entries(report.states)) all[state] = (all[state] ?? 0) + count;
      return all;
    }, {});
    expect(Object.keys(states)).toEqual(expect.arrayContaining(OCCURRING));
    expect(reports.reduce((sum, { kills }) => sum + kills, 0)).toBeGreaterThan(100);
  });

  it('are the same again with the same seed', { timeout: 60_000 }, async () => {
    expect(await playInMemory(7)).toEqual(await playInMemory(7));
  });
});

/** Worlds in which, between them, every way for a bet to end occurs. */
const EVERYTHING_OCCURS: [number][] = [[2], [3], [4], [9]];

const OCCURRING = [
  'paid',
  'lost',
  'expired not-submitted',
  'expired refused',
  'refunded game-ended',
  'refunded too-late',
  'refunded feed-stale',
  'refunded late-stake',
  'refunded wrong-amount',
  'refunded second-stake',
  'refunded stake-gone',
  'refunded no-result',
  'expired never-landed',
];

async function playInMemory(seed: number): Promise<WorldReport> {
  let store: MemoryBetStore | null = null;
  const report = await runWorld({
    seed: `world ${seed}`,
    playerCount: 20,
    steps: 3_000,
    openStore: openMemoryStore,
    async readRecord(of) {
      store = of as MemoryBetStore;
      return readMemoryRecord(of);
    },
  });
  expect(report.wrong, `world ${seed}`).toEqual([]);
  const { log, rows, postings } = store!;
  const folded = foldAll(log.map(({ betId, event }) => ({ betId, event })));
  for (const [betId, { bet }] of rows.bets) expect(folded.get(betId)).toEqual(bet);
  for (const { lines } of postings) expect(lines.reduce((sum, line) => sum + line.lamports, 0n)).toBe(0n);
  expect(new Set(postings.map(({ name }) => name)).size).toBe(postings.length);
  return report;
}

describe('bets in PostgreSQL', () => {
  const database = useTestDatabase();
  let end = async () => {};
  afterAll(() => end());

  it('end right in hundreds of random histories', { timeout: 240_000 }, async () => {
    const postgres = openPostgresStore(database().databaseUrl);
    end = postgres.end;
    // One world: its seed is fixed, since its histories are already random among themselves.
    const report = await runWorld({
      seed: 'world in PostgreSQL',
      playerCount: 40,
      steps: 800,
      killProbability: 0.001,
      ...postgres,
    });
    expect(report.wrong).toEqual([]);
    expect(report.bets).toBeGreaterThan(150);
    expect(report.kills).toBeGreaterThan(2);
    const { sql } = database();
    const events = await sql<{ stream: string; type: string; payload: string; at: string }[]>`
      select stream, type, payload::text as payload, extract(epoch from occurred_at) * 1000 as at
      from events where stream like 'bet:%' order by position`;
    const folded = foldAll(
      events.map(({ stream, type, payload, at }) => ({
        betId: stream.slice(betStream('').length),
        event: { type, payload: JSON.parse(payload), occurredAt: Number(at) } as BetEvent,
      })),
    );
    const { bets } = await postgres.readRecord(null as never);
    expect(bets.map(({ bet }) => folded.get(bet.betId))).toEqual(bets.map(({ bet }) => bet));
    const log = events.length;
    const rebuild = () => rebuildBets(sql, { onProgress: () => {} });
    expect(await rebuild()).toEqual({ read: log, rows: bets.length, changed: 0 });
    await sql`update bets set rug_tick = null, stake_final = not stake_final, reason = 'refused' where state <> 'paid'`;
    await sql`delete from bets where state = 'expired' and bet_id not in (select bet_id from bet_transactions)`;
    expect((await rebuild()).changed).toBe(bets.filter(({ bet }) => bet.state !== 'paid').length);
    const { bets: again } = await postgres.readRecord(null as never);
    const rebuilt = again.map(({ bet }) => bet);
    expect(rebuilt).toEqual(bets.map(({ bet }) => bet));
    const [sums] = await sql`
      select (select sum(lamports) from ledger_entries)::text as entries,
        (select count(*) from (select account, sum(lamports) as lamports, count(*)::integer as entries
           from ledger_entries group by account) e full join ledger_balances b using (account)
         where e.lamports is distinct from b.lamports or e.entries is distinct from b.entries)::integer as differing`;
    expect(sums).toEqual({ entries: '0', differing: 0 });
  });
});

function foldAll(log: readonly { readonly betId: string; readonly event: BetEvent }[]): ReadonlyMap<string, Bet> {
  const bets = new Map<string, Bet>();
  for (const { betId, event } of log) {
    const applied = applyBetEvent(bets.get(betId) ?? null, { betId, event });
    if (!applied.ok) throw new Error(JSON.stringify(applied.error));
    bets.set(betId, applied.value);
  }
  return bets;
}
