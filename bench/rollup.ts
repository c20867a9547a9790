// How long the rollups take for a new hour of games, with 100,000 games and all that hangs on them in the tables; how fast
// everything is built again from nothing; and how long the analytics endpoints take to answer from the rollups. The
// promises: under 200 ms for the hour, p95 under 50 ms for an answer. A PostgreSQL of its own, in a temporary folder.
import { withDatabase } from '@/bench/support/with-database';
import { connectForReading, connectRaw, type RawSql } from '@/db/connect';
import { percentile, round } from '@/lib/math/percentile';
import { DAY_MS, HOUR_MS } from '@/lib/metrics/buckets';
import { epochMs } from '@/lib/units/time';
import { fillHours } from '@/bench/support/fill-hours';
import { createAnalyticsHistory } from '@/server/history/analytics-history';
import { getCalibration, getPatterns, getPerformance, getTrends } from '@/server/history/get-analytics';
import { rebuildMetrics } from '@/server/rollups/rebuild-metrics';
import { rollUpStale } from '@/server/rollups/roll-up';

const GAMES = 100_000;
/** One every 65 s: about 1,300 a day. */
const GAME_MS = 65_000;
const NEW_HOURS = 15;
const ASKED = 40;
const STATEMENT_LIMIT_MS = 600_000;
/** A whole hour, so that the new hours are whole ones. */
const END = Date.UTC(2026, 8, 1);

export async function run() {
  return withDatabase(({ databaseUrl }) => measure(databaseUrl));
}

async function measure(databaseUrl: string) {
  const { sql, destroy } = connectRaw({ databaseUrl, statementLimitMs: STATEMENT_LIMIT_MS });
  try {
    await fillHours(sql, { from: END - GAMES * GAME_MS, to: END, gameMs: GAME_MS });
    await sql`vacuum analyze`;
    const rebuildMs = await timed(() => rebuildMetrics(sql));
    await sql`vacuum analyze`;
    const hours = await measureHours(sql);
    return {
      games: GAMES,
      rows: await countRows(sql),
      rebuild: { seconds: round(rebuildMs / 1_000, 1), gamesPerSecond: round(GAMES / (rebuildMs / 1_000), 0) },
      newHour: toFigures(hours),
      answers: await measureAnswers(databaseUrl),
    };
  } finally {
    await destroy();
  }
}

/** A new hour each time, as if the job had not run in it: about 55 games, all their minutes, and every level above. */
async function measureHours(sql: RawSql): Promise<number[]> {
  const times: number[] = [];
  for (let hour = 0; hour <= NEW_HOURS; hour++) {
    const from = END + hour * HOUR_MS;
    await fillHours(sql, { from, to: from + HOUR_MS, gameMs: GAME_MS });
    await sql`
      insert into stale_minutes (bucket, source)
      select distinct date_trunc('minute', listed_at, 'UTC'), source from games
      where listed_at >= ${new Date(from).toISOString()}::timestamptz`;
    const time = await timed(async () => {
      while ((await rollUpStale(sql)).more);
    });
    // The first one prepares its statements.
    if (hour > 0) times.push(time);
  }
  return times;
}

async function measureAnswers(databaseUrl: string) {
  const connection = connectForReading({ databaseUrl });
  const history = createAnalyticsHistory({ read: (ask) => ask(connection.db) });
  const now = epochMs(END + NEW_HOURS * HOUR_MS + HOUR_MS / 2);
  const verbs = { performance: getPerformance, trends: getTrends, patterns: getPatterns, calibration: getCalibration };
  const asked = [
    ['performance', 'hours=24'],
    ['performance', 'hours=168'],
    ['performance', 'hours=all'],
    ['trends', 'days=7'],
    ['trends', 'days=366'],
    ['patterns', ''],
    ['calibration', 'hours=all'],
    ['performance', `hours=24&at=${now - DAY_MS}`],
  ] as const;
  const figures: Record<string, ReturnType<typeof toFigures>> = {};
  try {
    for (const [verb, query] of asked) {
      const times: number[] = [];
      for (let i = -3; i < ASKED; i++) {
        const time = await timed(async () => {
          // A minute later each time, so that no answer is shared with the one before.
          const later = epochMs(now + (i + 4) * 60_000);
          const answer = await verbs[verb]({ history, query: new URLSearchParams(query), source: 'live', now: later });
          if (!answer.ok) throw new Error(JSON.stringify(answer.error));
          JSON.stringify(answer.value);
        });
        if (i >= 0) times.push(time);
      }
      figures[`${verb}?${query.replace(/at=\d+/, 'at=yesterday')}`] = toFigures(times);
    }
    return figures;
  } finally {
    await connection.end();
  }
}

async function countRows(sql: RawSql) {
  const rows: Record<string, number> = {};
  for (const table of ['predictions', 'recommendations', 'side_bets', 'trades']) {
    const [row] = await sql.unsafe(`select count(*)::float8 as rows from ${table}`);
    rows[table] = row!.rows as number;
  }
  return rows;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function toFigures(times: readonly number[]) {
  return {
    p50Ms: round(percentile(times, 0.5), 1),
    p95Ms: round(percentile(times, 0.95), 1),
    maxMs: round(Math.max(...times), 1),
  };
}
