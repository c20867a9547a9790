// The rollups above the minute, in the order they are built: each from the one before it.

export type RollupLevel = {
  readonly name: 'metrics_five_minutes' | 'metrics_hourly' | 'metrics_daily';
  readonly from: string;
  /** As PostgreSQL writes an interval, and in milliseconds. Days are UTC days. */
  readonly width: string;
  readonly widthMs: number;
  /** Width of its chunks. Retention drops five minutes by the day; hours and days are for ever. */
  readonly chunk: string;
};

const MINUTE_MS = 60_000;

export const ROLLUP_LEVELS: readonly RollupLevel[] = [
  {
    name: 'metrics_five_minutes',
    from: 'metrics_minute',
    width: '5 minutes',
    widthMs: 5 * MINUTE_MS,
    chunk: '1 day',
  },
  {
    name: 'metrics_hourly',
    from: 'metrics_five_minutes',
    width: '1 hour',
    widthMs: 60 * MINUTE_MS,
    chunk: '90 days',
  },
  {
    name: 'metrics_daily',
    from: 'metrics_hourly',
    width: '1 day',
    widthMs: 1_440 * MINUTE_MS,
    chunk: '1000 days',
  },
];
