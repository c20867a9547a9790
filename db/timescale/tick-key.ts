// What a game id counts as for TimescaleDB, which partitions by numbers: twice the number its first eight characters make
// (YYYYMMDD), plus one for what follows them. The same is computed in the database by `ticks_key` and here, for the bounds
// of a chunk. An id that does not begin with a date has its place in the order too: TimescaleDB skips chunks for `<` and
// `>` as well as for `=`, so the key must never fall while ids rise, and an id after a bare date must be above it.
import { isDay } from '@/db/timescale/day';

/** Width of a day's chunk in keys. */
export const TICKS_KEY_STEP = 2;

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
 * regular expression would take twice as long. The rest is for other ids: the largest eight digits not above the id.
 */
export const CREATE_TICKS_KEY = `
create or replace function ticks_key(game_id text) returns bigint
language plpgsql immutable strict parallel safe as $$
declare
  digits text := left(game_id, 8);
  scale bigint;
begin
  if translate(digits, '0123456789', '') = '' and length(digits) = 8 then
    return digits::bigint * 2 + (length(game_id) > 8)::integer;
  end if;
  digits := substring(game_id from '^[0-9]*');
  scale := 10 ^ (8 - length(digits));
  if ascii(substr(game_id, length(digits) + 1, 1)) > ascii('9') then
    return (('0' || digits)::bigint + 1) * scale * 2 - 1;
  end if;
  return ('0' || digits)::bigint * scale * 2 - 1;
end $$`;

/** What the compression policy takes for now: the day before yesterday, by which every game of that day has ended. */
export const CREATE_TICKS_NOW = `
create or replace function ticks_settled_key() returns bigint
language sql stable parallel safe as $$
  select to_char((now() at time zone 'UTC')::date - 2, 'YYYYMMDD')::bigint * 2
$$`;
