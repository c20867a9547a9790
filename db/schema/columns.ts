// The column types that all tables share. Prices are double precision (they must replay bit for bit), money is bigint
// lamports, times are timestamptz to the millisecond; names are snake_case.
import { bigint, customType, timestamp } from 'drizzle-orm/pg-core';

/**
 * Game ids compare as bytes on every server, whatever its locale: they begin with the UTC date, so that a range of ids is
 * a range of days. `ticks` is partitioned on it, which keeps (game, tick) its key; a column for the day is not needed.
 */
export const gameIdText = customType<{ data: string }>({ dataType: () => 'text collate "C"' });
/** Compares as bytes too: streams are read by prefix. */
export const bytewiseText = customType<{ data: string }>({ dataType: () => 'text collate "C"' });
export const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
/** `json`, not `jsonb`: the text is kept byte for byte, and hashes are taken of it. */
export const exactJson = customType<{ data: unknown; driverData: string }>({ dataType: () => 'json' });
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 });
export const lamports = (name: string) => bigint(name, { mode: 'bigint' });
