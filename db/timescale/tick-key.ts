// What a game id counts as for TimescaleDB, which partitions by numbers: three times the number its first eight characters
// make (YYYYMMDD), plus one for what follows them. The same is computed in the database by `ticks_key` and here, for the
// bounds of a chunk. TimescaleDB skips chunks by the key for `=`, `<` and `>` alike, so the key never falls while ids rise,
// also for ids that begin with no date; and there is room below and above the key of a day's ids, since it takes `<` and
// `>` of ids for `<` and `>` of keys. (Two bounds of one day it takes for an empty range: see docs/record/timescaledb.md.)
import { isDay } from '@/db/timescale/day';

/** Width of a day's chunk in keys. */
export const TICKS_KEY_STEP = 3;

/** Key of the day's first id: `day` is YYYY-MM-DD. */
export function ticksKeyOfDay(day: string): number {
  if (!isDay(day)) throw new RangeError(`${day} is no day`);
  return Number(day.replaceAll('-', '')) * TICKS_KEY_STEP;
}

/** The day of a chunk that begins at this key, or null when its ids begin with no date. */
export function dayOfTicksKey(key: number): string | null {
  const digits = String(key / TICKS_KEY_STEP);
  const day = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
  return isDay(day) ? day : null;
}

/**
 * About 0.6 µs a call for an id with a date, and an insert takes three: once to find the chunk, twice in its check. A
 * regular expression would take twice as long. The rest is for other ids: the largest eight digits that are below the id.
 */
export const CREATE_TICKS_KEY = `
create or replace function ticks_key(game_id text) returns bigint
language plpgsql immutable strict parallel safe as $$
declare
  digits text := left(game_id, 8);
  above bigint;
begin
  if translate(digits, '0123456789', '') = '' and length(digits) = 8 then
    return digits::bigint * ${TICKS_KEY_STEP} + (length(game_id) > 8)::integer;
  end if;
  digits := substring(game_id from '^[0-9]*');
  above := ('0' || digits)::bigint;
  if ascii(substr(game_id, length(digits) + 1, 1)) > ascii('9') then
    above := above + 1;
  end if;
  return (above * (10 ^ (8 - length(digits)))::bigint - 1) * ${TICKS_KEY_STEP} + 1;
end $$`;

/** Two days after a day every game of it has long ended, also one whose end was learnt late. */
export const CREATE_COMPRESS_SETTLED_TICKS = `
create or replace procedure compress_settled_ticks(job_id integer default 0, config jsonb default null)
language plpgsql as $$
begin
  perform compress_chunk(chunk, if_not_compressed => true)
  from show_chunks('ticks',
    older_than => to_char((now() at time zone 'UTC')::date - 1, 'YYYYMMDD')::bigint * ${TICKS_KEY_STEP}) as chunk;
end $$`;
