// The kinds of data that grow old, and how to find the rows of a day. What is not named here is never touched: games and
// events are kept for good, whatever a policy says. Pure.
import { boundsOfDay } from '@/db/partitions';

export type Kind = {
  /** Also the table's name. */
  readonly name: string;
  /** What says which day a row is of: the game's id, which begins with the UTC date, or a time. */
  readonly dayOf: { readonly column: string; readonly type: 'game-id' | 'instant' };
  readonly key: readonly string[];
};

const ofGame = (name: string, ...key: string[]): Kind => ({ name, key, dayOf: { column: 'game_id', type: 'game-id' } });
const ofTime = (name: string, column: string, ...key: string[]): Kind => ({
  name,
  key,
  dayOf: { column, type: 'instant' },
});

/** Ticks first: what stands for them (paths) is only ever deleted after them. */
export const KINDS: readonly Kind[] = [
  ofGame('ticks', 'game_id', 'tick'),
  ofGame('trades', 'trade_id'),
  ofGame('side_bets', 'game_id', 'player_id', 'start_tick'),
  ofGame('predictions', 'game_id', 'tick'),
  ofGame('recommendations', 'game_id', 'tick', 'strategy_id'),
  ofGame('game_paths', 'game_id'),
  ofTime('metrics_minute', 'bucket', 'bucket', 'source'),
  ofTime('metrics_five_minutes', 'bucket', 'bucket', 'source'),
  ofTime('service_minutes', 'minute', 'minute', 'source'),
  ofTime('quality_reports', 'at', 'report_id'),
  ofTime('dead_letters', 'at', 'digest'),
];

export function findKind(name: string): Kind | null {
  return KINDS.find((kind) => kind.name === name) ?? null;
}

/** SQL: the rows of a day (YYYY-MM-DD, UTC). Throws RangeError for what is no day. */
export function isOfDay({ dayOf }: Kind, day: string): string {
  const { from, to } = boundsOfDay(day);
  if (dayOf.type === 'game-id') return `(${dayOf.column} >= '${from}' and ${dayOf.column} < '${to}')`;
  return `(${dayOf.column} >= '${from}T000000Z' and ${dayOf.column} < '${to}T000000Z')`;
}

/**
 * SQL: the days up to `last` that have rows, from one to the next through the index, whatever lies between. "." comes after
 * the "-" that follows the date in every game's id.
 */
export function daysWithRows({ name, dayOf }: Kind, last: string): string {
  const { column, type } = dayOf;
  const { to } = boundsOfDay(last);
  const first = (after: string) =>
    type === 'game-id'
      ? `(select left(${column}, 8) from ${name} where ${column} >= ${after} and ${column} < '${to}' order by ${column} limit 1)`
      : `(select to_char(${column} at time zone 'UTC', 'YYYYMMDD') from ${name}
          where ${column} >= ${after} and ${column} < '${to}T000000Z' order by ${column} limit 1)`;
  const next = type === 'game-id' ? `d.day || '.'` : `(d.day || 'T000000Z')::timestamptz + interval '1 day'`;
  return `
    with recursive d (day) as (
      select ${first(type === 'game-id' ? `''` : `'-infinity'`)}
      union all select ${first(next)} from d where d.day is not null
    )
    select left(day, 4) || '-' || substr(day, 5, 2) || '-' || substr(day, 7, 2) as day from d where day is not null`;
}
