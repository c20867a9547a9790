// What must be on record after a kill test, computed from the seed, against what is: every game once, complete, verified and
// bit for bit; every side bet once and settled by the rule; the event log whole. Each difference in words.
import type { RawSql } from '@/db/connect';
import { sideBetWins } from '@/lib/game/rules';
import { epochMs } from '@/lib/units/time';
import { verifyLog } from '@/server/event-log/verify-log';
import { checkAll } from '@/server/integrity/check-all';
import { parseNumbers } from '@/server/integrity/parse-arrays';
import { BET_TICKS, createLeanUpstream } from '@/server/kill-tests/lean-upstream';
import type { GameCourse } from '@/server/simulator/plan-game';
import type { RecordDatabase } from '@/server/store/record-database';

export type Comparison = {
  readonly games: number;
  readonly ticks: number;
  readonly events: number;
  /** Ticks that came by the history or a path, and not in a frame of their own. */
  readonly ticksRepaired: number;
  readonly gamesRepaired: number;
  readonly checkedGamesPerSecond: number;
  readonly differences: readonly string[];
};

const BATCH_GAMES = 500;
const DIFFERENCES_MAX = 20;

export async function compareRecord(
  database: RecordDatabase,
  { seed, games }: { seed: string; games: number },
): Promise<Comparison> {
  const differences: string[] = [];
  const differ = (words: string) => void (differences.length < DIFFERENCES_MAX && differences.push(words));
  const upstream = createLeanUpstream(seed);
  const tally = { ticks: 0, ticksRepaired: 0, gamesRepaired: 0 };
  for (let from = 0; from < games; from += BATCH_GAMES) {
    const courses = Array.from({ length: Math.min(BATCH_GAMES, games - from) }, (_, i) => upstream.course(from + i));
    const rows = await database.use((sql) => readRows(sql, courses));
    for (const course of courses) compareGame({ course, row: rows.get(course.gameId), differ, tally });
  }
  await compareTotals(database, { upstream, games, differ });
  const started = performance.now();
  const failing: string[] = [];
  const checked = await checkAll(
    {
      database,
      clock: () => epochMs(Date.now()),
      raise: ({ title, detail }) => void failing.push(`${title}: ${detail}`),
      resolve: () => {},
    },
    { which: 'all', signal: new AbortController().signal },
  );
  const checkSeconds = (performance.now() - started) / 1_000;
  if (checked !== games) differ(`${checked} games were checked, not ${games}`);
  for (const words of failing) differ(words);
  const log = await database.use((sql) => verifyLog(sql, { now: () => performance.now() }));
  if (!log.ok) differ(`the event log is not whole: ${JSON.stringify(log)}`);
  return { games, ...tally, events: log.count, checkedGamesPerSecond: checked / checkSeconds, differences };
}

type Row = { readonly [column: string]: unknown };

async function readRows(sql: RawSql, courses: readonly GameCourse[]): Promise<ReadonlyMap<string, Row>> {
  const ids = `{${courses.map(({ gameId }) => gameId).join(',')}}`;
  const rows = await sql`
    select g.game_id, g.confirmed_at is not null as confirmed, g.complete, g.verification, g.rug_tick, g.peak,
      g.server_seed, g.ticks_repaired, g.commitment_kept, p.prices::text as path, t.ticks::text as ticks,
      t.prices::text as prices, t.repaired::int as repaired, b.starts::text as starts, b.won::text as won
    from games g
    left join game_paths p using (game_id)
    left join lateral (
      select array_agg(tick order by tick) as ticks, array_agg(price order by tick) as prices,
        count(*) filter (where source <> 'frame') as repaired
      from ticks where ticks.game_id = g.game_id
    ) t on true
    left join lateral (
      select array_agg(start_tick order by start_tick) as starts,
        array_agg((outcome = 'won')::int order by start_tick) as won
      from side_bets where side_bets.game_id = g.game_id
    ) b on true
    where g.game_id = any(${ids}::text[])`;
  return new Map(rows.map((row) => [row.game_id as string, row]));
}

function compareGame({
  course,
  row,
  differ,
  tally,
}: {
  course: GameCourse;
  row: Row | undefined;
  differ: (words: string) => void;
  tally: { ticks: number; ticksRepaired: number; gamesRepaired: number };
}): void {
  const { gameId, prices, rugTick, peak, serverSeed } = course;
  if (!row) return differ(`${gameId} is not on record`);
  const expect = (what: string, found: unknown, expected: unknown) => {
    if (JSON.stringify(found) !== JSON.stringify(expected)) {
      differ(`${gameId}: ${what} is ${show(found)}, not ${show(expected)}`);
    }
  };
  expect('confirmed', row.confirmed, true);
  expect('complete', row.complete, true);
  expect('verification', row.verification, 'verified');
  expect('the rug', row.rug_tick, rugTick);
  expect('the peak', row.peak, peak);
  expect('the seed', row.server_seed, serverSeed);
  if (row.commitment_kept === false) differ(`${gameId}: its commitment is said to be broken`);
  expect('the path', parseNumbers(row.path as string | null), prices);
  expect('the list of ticks', parseNumbers(row.ticks as string | null), [...prices.keys()]);
  expect('the price of each tick', parseNumbers(row.prices as string | null), prices);
  const bets = BET_TICKS.filter((tick) => tick < rugTick);
  expect('the list of side bets', parseNumbers(row.starts as string | null), bets);
  const won = bets.map((startTick) => Number(sideBetWins({ startTick, rugTick })));
  expect('the outcome of side bets', parseNumbers(row.won as string | null), won);
  tally.ticks += prices.length;
  tally.ticksRepaired += row.repaired as number;
  if ((row.repaired as number) > 0) tally.gamesRepaired++;
}

/** Nothing beside what is expected, and nothing said twice in the log. */
async function compareTotals(
  database: RecordDatabase,
  {
    upstream,
    games,
    differ,
  }: { upstream: ReturnType<typeof createLeanUpstream>; games: number; differ: (words: string) => void },
): Promise<void> {
  const [row] = await database.use(
    (sql) => sql`
      select (select count(*) from games)::int as games,
        (select count(*) from games where confirmed_at is null)::int as unconfirmed,
        (select min(game_id) from games where confirmed_at is null) as running,
        (select count(*) from game_paths)::int as paths,
        (select count(*) from events where type = 'finished')::int as finished,
        (select count(*) from dead_letters)::int as letters`,
  );
  const expected = {
    games: games + 1,
    unconfirmed: 1,
    running: upstream.course(games).gameId,
    paths: games,
    finished: games,
    letters: 0,
  };
  if (JSON.stringify(row) !== JSON.stringify(expected)) {
    differ(`the record counts ${JSON.stringify(row)}, not ${JSON.stringify(expected)}`);
  }
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
