// Everything the quality report reads from the database, in one go on the jobs' connection. Each query is bounded by an
// index or a limit: the cost does not grow with the record. Keeps what must be remembered between two runs.
import type { LogHead } from '@/lib/event-log/event';
import type { RecordMeasurements } from '@/lib/quality/measurements';
import { epochMs, type EpochMs } from '@/lib/units/time';
import { measureDays } from '@/server/quality/measure-days';
import { measureGames } from '@/server/quality/measure-games';
import { measureLog } from '@/server/quality/measure-log';
import { measureMarket } from '@/server/quality/measure-market';
import { measureDue, measureWork, WAITING_MAX, type DueDays } from '@/server/quality/measure-work';
import { createWaitingList } from '@/server/quality/waiting-list';
import type { RecordDatabase } from '@/server/store/record-database';
import type { GameSource } from '@/lib/game/game-source';

export type RecordScope = {
  readonly source: GameSource;
  readonly startedAt: EpochMs;
  /** Whose games are watched now; a recording's are of another day. */
  readonly feed: 'live' | 'simulator' | 'replay';
  readonly speed: number | null;
};

export type RecordMeter = { measure(now: EpochMs): Promise<RecordMeasurements> };

const DAY_MS = 86_400_000;
/** Retention itself looks this often. */
const DUE_EVERY_MS = 600_000;

export function createRecordMeter({
  database,
  scope,
}: {
  database: Pick<RecordDatabase, 'use'>;
  scope: RecordScope;
}): RecordMeter {
  let head: LogHead | null = null;
  const unchecked = createWaitingList();
  const stale = createWaitingList();
  const deletions = createWaitingList();
  const archivals = createWaitingList();
  let due: (DueDays & { readonly at: EpochMs }) | null = null;

  return {
    measure: (now) =>
      database.use(async (sql) => {
        const { seedTwins, ...games } = await measureGames(sql, {
          source: scope.source,
          now,
          expectedFrom: expectedFrom(scope, now),
          speed: scope.speed ?? 1,
        });
        const market = await measureMarket(sql, scope.source);
        const days = await measureDays(sql, scope.source);
        const work = await measureWork(sql);
        if (due === null || now - due.at >= DUE_EVERY_MS) due = { at: now, ...(await measureDue(sql, now)) };
        const logged = await measureLog(sql, head);
        head = logged.head;
        return {
          ...games,
          ...days,
          unchecked: {
            games: work.unchecked,
            atLeast: work.unchecked >= WAITING_MAX,
            waitingMs: unchecked.look(work.oldestUnchecked, now),
          },
          implausible: [...games.implausible, ...market.implausible],
          twins: [
            { what: 'games with the seed of another', rows: seedTwins },
            { what: 'side bets of a player that overlap', rows: market.betTwins },
          ],
          rollup: { minutes: work.staleMinutes, waitingMs: stale.look(work.oldestStale, now) },
          retention: due.toDelete && { days: due.toDelete.length, waitingMs: deletions.look(due.toDelete, now) },
          archive: due.toArchive && {
            files: due.archiveFiles,
            days: due.toArchive.length,
            waitingMs: archivals.look(due.toArchive, now),
          },
          log: logged.log,
        };
      }),
  };
}

/** Nobody plays simulated games while the simulator is off, and a recording says nothing of the time before it. */
function expectedFrom({ feed, startedAt }: RecordScope, now: EpochMs): EpochMs | null {
  const dayAgo = now - DAY_MS;
  if (feed === 'replay') return null;
  return epochMs(feed === 'simulator' ? Math.max(dayAgo, startedAt) : dayAgo);
}
