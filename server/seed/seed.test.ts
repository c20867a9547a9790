import { describe, expect, it, onTestFinished } from 'vitest';
import { epochMs } from '@/lib/units/time';
import { checkAll } from '@/server/integrity/check-all';
import { seedGames } from '@/server/seed/seed-games';
import { seedHistory } from '@/server/seed/seed-history';
import { toFacts } from '@/server/seed/simulated-facts';
import { planHistory } from '@/server/seed/simulated-history';
import { createRecordDatabase } from '@/server/store/record-database';
import { openTestStore } from '@/server/store/test-kit/store';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();
const UNTIL = epochMs(Date.UTC(2026, 0, 15, 0, 5));
const GAMES = 12;

async function checkEverything(): Promise<number> {
  const record = createRecordDatabase({ databaseUrl: database().databaseUrl });
  onTestFinished(() => record.end());
  const refuse = (told: unknown) => expect.fail(`fails its checks: ${JSON.stringify(told)}`);
  return checkAll(
    { database: record, clock: () => UNTIL, raise: refuse, resolve: refuse },
    { which: 'all', signal: new AbortController().signal },
  );
}

describe('a simulated history', () => {
  it('is the same for the same seed, number and end, and another for another seed', () => {
    const facts = (seed: string) => {
      return [...planHistory({ seed, games: 5, until: UNTIL }).games()].flatMap((game) => [...toFacts(game)]);
    };
    expect(facts('a')).toEqual(facts('a'));
    expect(facts('b')).not.toEqual(facts('a'));
  });

  it('has its games one after the other, the last confirmed at its end, each dated by its end', () => {
    const games = [...planHistory({ seed: 'order', games: 40, until: UNTIL }).games()];
    expect(games).toHaveLength(40);
    expect(games.at(-1)!.confirmedAt).toBe(UNTIL);
    games.forEach((game, i) => {
      expect(game.announcedAt).toBe(games[i - 1]?.confirmedAt ?? game.announcedAt);
      expect(game.startedAt).toBeLessThan(game.endedAt);
      const date = new Date(game.endedAt).toISOString().slice(0, 10).replaceAll('-', '');
      expect(game.plan.gameId.slice(0, 8)).toBe(date);
    });
    // It spans midnight.
    expect(new Set(games.map(({ plan }) => plan.gameId.slice(0, 8))).size).toBe(2);
  });

  it('tells facts in the order of time, and no trade or bet of a tick before the tick itself', () => {
    for (const game of planHistory({ seed: 'facts', games: 10, until: UNTIL }).games()) {
      let tick = -1;
      for (const fact of toFacts(game)) {
        if (fact.type === 'tick') {
          expect(fact.tick).toBe(++tick);
          continue;
        }
        const of = fact.type === 'trade' ? fact.trade.tickIndex : fact.type === 'side-bet' ? fact.sideBet.startTick : 0;
        expect(of).toBeLessThanOrEqual(Math.max(0, tick));
      }
      expect(tick).toBe(game.plan.rugTick);
    }
  });
});

describe('seeding', () => {
  it('through the store leaves what a watched game leaves, and it passes every check', async () => {
    const store = await openTestStore({ databaseUrl: database().databaseUrl, source: 'simulator' });
    const seed = { store, seed: 'through the store', games: GAMES, until: UNTIL };
    const tally = await seedHistory(seed);
    await store.flush();
    const count = async () => {
      const [row] = await database().sql`
        select (select count(*) from games where complete and verification = 'verified' and source = 'simulator')::int as games,
          (select count(*) from ticks where assessment is not null)::int as assessed,
          (select count(*) from game_paths)::int as paths, (select count(*) from trades)::int as trades,
          (select count(*) from side_bets where outcome is not null)::int as bets,
          (select count(*) from predictions where origin = 'live' and won is not null)::int as predictions,
          (select count(*) from recommendations where outcome is not null)::int as recommendations,
          (select count(*) from events where type = 'finished')::int as finished`;
      return { ...row } as Record<string, number>;
    };
    const counts = await count();
    expect(counts).toMatchObject({ games: GAMES, paths: GAMES, finished: GAMES, predictions: tally.predictions });
    expect(counts.assessed).toBeGreaterThan(tally.ticks * 0.9);
    for (const table of ['trades', 'bets', 'recommendations']) expect(counts[table]).toBeGreaterThan(GAMES);
    await seedHistory(seed);
    await store.flush();
    expect(await count()).toEqual(counts);
    expect(await checkEverything()).toBe(GAMES);
  });

  it('by COPY gives games that pass every check too, with rows for their newest ticks only', async () => {
    const { sql } = database();
    const HOUR_MS = 3_600_000;
    const options = { sql, games: 120, detail: 'full', seed: 'by copy', until: UNTIL } as const;
    const tally = await seedGames({ ...options, tickRowsMs: HOUR_MS });
    const [row] = await sql`
      select count(*)::int as games, count(*) filter (where exists (select from ticks t where t.game_id = g.game_id))::int as hot,
        count(*) filter (where ended_at >= ${new Date(UNTIL - HOUR_MS)})::int as newest
      from games g join game_paths using (game_id) join game_checks using (game_id)
      where server_seed <> '' and (select count(*) from predictions p where p.game_id = g.game_id) > 0`;
    expect(tally.games).toBe(120);
    // The games of the test before are of the same hours, and all of their ticks are there.
    expect(row!.games).toBe(120 + GAMES);
    expect(row!.hot).toBe(row!.newest);
    expect(await checkEverything()).toBe(120 + GAMES);
  });
});
