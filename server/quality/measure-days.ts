// Lengths and tick intervals of the two newest days of games, counted as the drift tests of lib/quality take them. A game
// belongs to the day of its id. At most DAY_GAMES of a day are read, the first ones, and always the same: a test that is
// looked at every minute must only ever be given more of the same games.
import type { RawSql } from '@/db/connect';
import { INTERVALS_NEEDED, MEDIAN_MS, P95_MS_MOST } from '@/lib/quality/interval-drift';
import { LENGTH_BIN_ENDS, LENGTH_BIN_SHARES } from '@/lib/quality/length-drift';
import type { RecordMeasurements } from '@/lib/quality/measurements';
import type { GameSource } from '@/lib/game/game-source';
import { toArrayLiteral } from '@/server/store/insert-rows';

/** Three times a day of the real game. */
const DAY_GAMES = 5_000;
const DAY_MS = 86_400_000;

export async function measureDays(
  sql: RawSql,
  source: GameSource,
): Promise<Pick<RecordMeasurements, 'lengths' | 'intervals'>> {
  const [newest] = await sql`
    select left(game_id, 8) as day from games where source = ${source} order by game_id desc limit 1`;
  if (!newest) return { lengths: [], intervals: [] };
  const days = [0, -1].map((shift) => dayOf(newest.day as string, shift));
  const lengths = [];
  const intervals = [];
  for (const day of days) {
    const measured = await measureDay(sql, source, day);
    if (measured.counts.some((count) => count > 0)) lengths.push({ day: day.name, counts: measured.counts });
    if (measured.games > 0) intervals.push({ day: day.name, games: measured.games, departing: measured.departing });
  }
  return { lengths, intervals };
}

type Day = { readonly name: string; readonly from: string; readonly until: string; readonly start: string };

async function measureDay(sql: RawSql, source: GameSource, day: Day) {
  const ends = toArrayLiteral(LENGTH_BIN_ENDS.map((end) => end + 1));
  // Listed by its end, no game of a day comes before the day begins: the index leads to the first ones at once.
  const rows = await sql`
    select width_bucket(rug_tick, ${ends}::int[]) as bin, count(*) as count,
      count(*) filter (where intervals >= ${INTERVALS_NEEDED}) as games,
      count(*) filter (where intervals >= ${INTERVALS_NEEDED} and
        (median_ms not between ${MEDIAN_MS.least} and ${MEDIAN_MS.most} or p95_ms > ${P95_MS_MOST})) as departing
    from (
      select game_id, rug_tick from games
      where listed_at >= ${day.start}::timestamptz and listed_at < ${day.start}::timestamptz + interval '2 days'
        and game_id >= ${day.from} and game_id < ${day.until} and source = ${source} and confirmed_at is not null
      order by listed_at, game_id limit ${DAY_GAMES}
    ) first left join tick_intervals using (game_id)
    group by bin`;
  const counts = LENGTH_BIN_SHARES.map((_, bin) => Number(rows.find((row) => row.bin === bin)?.count ?? 0));
  const sum = (of: 'games' | 'departing') => rows.reduce((total, row) => total + Number(row[of]), 0);
  return { counts, games: sum('games'), departing: sum('departing') };
}

function dayOf(compact: string, shift: number): Day {
  const name = `${compact.slice(0, 4)}-${compact.slice(4, 6)}-${compact.slice(6)}`;
  const at = Date.parse(name) + shift * DAY_MS;
  const text = (day: number) => new Date(day).toISOString().slice(0, 10);
  return {
    name: text(at),
    from: text(at).replaceAll('-', ''),
    until: text(at + DAY_MS).replaceAll('-', ''),
    start: `${text(at)}T00:00:00Z`,
  };
}
