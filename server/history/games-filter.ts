// Which games a list or an export is about, and the condition that says so in SQL. Every list names a source, so that each
// is read through an index that begins with it. Called by list-games and the export.
import { sql, type SQL } from 'drizzle-orm';

import type { EpochMs } from '@/lib/units/time';
import type { GamesCursor } from '@/server/store/games-cursor';
import type { GameSource } from '@/lib/game/game-source';

export type GamesFilter = {
  readonly source: GameSource;
  /** Of the time games are listed by: from the first, before the second. */
  readonly from?: EpochMs | undefined;
  readonly to?: EpochMs | undefined;
  /** In ticks, ends included. */
  readonly lengthMin?: number | undefined;
  readonly lengthMax?: number | undefined;
  readonly peakMin?: number | undefined;
  readonly peakMax?: number | undefined;
  /** `false`: verification failed. */
  readonly verified?: 'true' | 'false' | 'unverifiable' | undefined;
  readonly complete?: boolean | undefined;
  /** Only what was confirmed by then. */
  readonly at?: EpochMs | undefined;
};

export const VERIFICATION_OF = { true: 'verified', false: 'failed', unverifiable: 'unverifiable' } as const;

/** Of the table `games` under its own name. Literals that a partial index is declared with are not parameters. */
export function toCondition(filter: GamesFilter, after?: GamesCursor): SQL {
  const { source, from, to, lengthMin, lengthMax, peakMin, peakMax, verified, complete, at } = filter;
  const parts = [
    sql`source = ${source}`,
    from === undefined ? null : sql`listed_at >= ${toInstant(from)}`,
    to === undefined ? null : sql`listed_at < ${toInstant(to)}`,
    lengthMin === undefined ? null : sql`rug_tick >= ${lengthMin}::integer`,
    lengthMax === undefined ? null : sql`rug_tick <= ${lengthMax}::integer`,
    peakMin === undefined ? null : sql`peak >= ${peakMin}::double precision`,
    peakMax === undefined ? null : sql`peak <= ${peakMax}::double precision`,
    verified === undefined ? null : sql.raw(`verification = '${VERIFICATION_OF[verified]}'`),
    complete === undefined ? null : sql.raw(complete ? 'complete' : 'not complete'),
    at === undefined ? null : sql`confirmed_at <= ${toInstant(at)} and listed_at <= ${toInstant(at)}`,
    after === undefined ? null : sql`(listed_at, game_id) < (${toInstant(after.listedAt)}, ${after.gameId})`,
  ];
  return sql.join(
    parts.filter((part) => part !== null),
    sql` and `,
  );
}

export function toInstant(at: EpochMs): SQL {
  return sql`${new Date(at).toISOString()}::timestamptz`;
}
