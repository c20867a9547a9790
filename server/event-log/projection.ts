// What can be built again from what the record holds for good, by name. A rebuild runs beside a running Fortytick, changes
// only what differs, and leaves what it has not come to as it was. Primary, and so in no projection: the event log, ticks
// and paths, trades, side bets, predictions and recommendations as they were made, dead letters.
import type { RawSql } from '@/db/connect';
import type { EpochMs } from '@/lib/units/time';

export type RebuildOptions = {
  readonly recordedAt: EpochMs;
  readonly onProgress: (line: string) => void;
};

export type RebuildReport = {
  /** Events or rows it was built from. */
  readonly read: number;
  /** Rows it consists of, and how many of them are new or were another before; null where that is not known. */
  readonly rows: number | null;
  readonly changed: number | null;
};

export type Projection = {
  readonly name: string;
  /** Which tables it is, and what from. */
  readonly describe: string;
  rebuild(sql: RawSql, options: RebuildOptions): Promise<RebuildReport>;
};
