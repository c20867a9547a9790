// The projections there are, and the one way to rebuild one: whatever is rebuilt leaves an event of its own in the log.
// Called by `npm run rebuild`.
import { transact, type RawSql } from '@/db/connect';
import { WRITER_LOCK } from '@/db/locks';
import { rebuildAccounts } from '@/server/account/rebuild-accounts';
import { rebuildBets } from '@/server/bets/store/rebuild-bets';
import { appendEvents } from '@/server/event-log/append-events';
import type { Projection, RebuildOptions, RebuildReport } from '@/server/event-log/projection';
import { rebuildGames } from '@/server/event-log/rebuild-games';
import { rebuildOutcomes } from '@/server/event-log/rebuild-outcomes';
import { rebuildMetrics } from '@/server/rollups/rebuild-metrics';

export const PROJECTIONS: readonly Projection[] = [
  {
    name: 'games',
    describe: 'games, folded from the events of their streams',
    rebuild: rebuildGames,
  },
  { name: 'bets', describe: 'bets, folded from the events of their streams', rebuild: rebuildBets },
  {
    name: 'outcomes',
    describe: 'outcomes of predictions and recommendations, settled from the games',
    rebuild: rebuildOutcomes,
  },
  {
    name: 'game_checks',
    describe: 'integrity results: all games become due, and the integrity job checks them again',
    rebuild: makeChecksDue,
  },
  {
    name: 'accounts',
    describe: 'limits, pauses and exclusions of accounts, folded from the events of their streams',
    rebuild: rebuildAccounts,
  },
  {
    name: 'metrics',
    describe: 'rollups of every level and strategy_performance, counted from the tables',
    async rebuild(sql, { onProgress }) {
      const onMinutes = (minutes: number) => onProgress(`${minutes} minutes counted`);
      const minutes = await rebuildMetrics(sql, undefined, { onProgress: onMinutes });
      return { read: minutes, rows: null, changed: null };
    },
  },
];

export async function rebuildProjection(
  sql: RawSql,
  projection: Projection,
  options: RebuildOptions,
): Promise<RebuildReport> {
  const report = await projection.rebuild(sql, options);
  const { recordedAt } = options;
  await transact(sql, () =>
    appendEvents(
      sql,
      [
        {
          stream: `projection:${projection.name}`,
          expectedVersion: 'any',
          type: 'rebuilt',
          payload: report,
          occurredAt: recordedAt,
        },
      ],
      { recordedAt },
    ),
  );
  return report;
}

/** The results stay until each game's turn comes. */
async function makeChecksDue(sql: RawSql): Promise<RebuildReport> {
  return transact(sql, async () => {
    await sql`select pg_advisory_xact_lock(${WRITER_LOCK})`;
    const { count } = await sql`
      update games set checked_at = null where confirmed_at is not null and checked_at is not null`;
    return { read: count, rows: count, changed: null };
  });
}
