// Fills a database for benches: simulated games straight into the tables by COPY, past store, loop and event log. Course,
// path, seeds and settlement are those of real simulated games; what is said of them is what the published hazard says.
// The tables must be migrated; nothing else may write meanwhile.
import { transact, type RawSql } from '@/db/connect';
import { epochMs, type EpochMs } from '@/lib/units/time';
import { planHistory } from '@/server/seed/simulated-history';
import { createSeedRows, SEED_COLUMNS, seedColumns, type SeedTable } from '@/server/seed/seed-rows';
import { copyRows } from '@/server/seed/copy-rows';

export type SeedDetail =
  /** Games and their paths. */
  | 'paths'
  /** Also intervals, side bets, trades, predictions, recommendations and the results of the integrity checks. */
  | 'full';

export type SeedGamesOptions = {
  readonly sql: RawSql;
  readonly games: number;
  readonly detail: SeedDetail;
  readonly seed?: string;
  /** End of the last game. */
  readonly until?: EpochMs;
  /** Games that ended within so many ms before `until` also have a row for each tick; Infinity: all of them. */
  readonly tickRowsMs?: number;
  /** False: the integrity checks of all games are due. */
  readonly checked?: boolean;
  readonly onGames?: (games: number) => void;
};

/** In one transaction: about 20 MB of text. */
const CHUNK_GAMES = 1_000;
export const SEED_UNTIL = epochMs(Date.UTC(2026, 0, 1));

export async function seedGames({
  sql,
  games,
  detail,
  seed = 'bench',
  until = SEED_UNTIL,
  tickRowsMs = 0,
  checked = true,
  onGames = () => {},
}: SeedGamesOptions): Promise<{ games: number; ticks: number; tickRows: number }> {
  const tally = { games: 0, ticks: 0, tickRows: 0 };
  let rows = createSeedRows({ detail, checked });
  const flush = async () => {
    const buffers = rows.buffers;
    rows = createSeedRows({ detail, checked });
    await transact(sql, async () => {
      for (const table of Object.keys(SEED_COLUMNS) as SeedTable[]) {
        await copyRows(sql, { table, columns: seedColumns(table), lines: buffers[table].lines() });
      }
    });
    onGames(tally.games);
  };
  const history = planHistory({ seed, games, until, trades: false, sideBets: detail === 'full' });
  for (const game of history.games()) {
    const withTickRows = until - game.endedAt <= tickRowsMs;
    rows.add(game, { withTickRows });
    tally.games++;
    tally.ticks += game.plan.rugTick + 1;
    if (withTickRows) tally.tickRows += game.plan.rugTick + 1;
    if (tally.games % CHUNK_GAMES === 0) await flush();
  }
  await flush();
  await sql`
    insert into stale_minutes (bucket, source)
    select distinct date_trunc('minute', ended_at, 'UTC'), source from games
    on conflict (bucket, source) do nothing`;
  await sql`analyze`;
  return tally;
}
