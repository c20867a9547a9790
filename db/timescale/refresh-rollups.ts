// Brings the continuous aggregates up to date with minutes that have changed, level by level. Exactly the buckets those
// minutes lie in and no others: a wider refresh would also rebuild buckets whose minutes retention has deleted, and empty
// them. Called by the rollup job on TimescaleDB, outside any transaction, after the minutes are committed.
import type { RawSql } from '@/db/connect';
import { ROLLUP_LEVELS } from '@/db/timescale/rollup-levels';
import type { EpochMs } from '@/lib/units/time';

export async function refreshRollups(sql: RawSql, minutes: readonly EpochMs[]): Promise<void> {
  for (const { name, widthMs } of ROLLUP_LEVELS) {
    for (const { fromMs, toMs } of toRanges(minutes, widthMs)) {
      await sql.unsafe(`call refresh_continuous_aggregate('${name}', '${toText(fromMs)}', '${toText(toMs)}')`);
    }
  }
}

type Range = { readonly fromMs: number; readonly toMs: number };

/** The buckets these instants lie in, neighbours joined. */
export function toRanges(instants: readonly number[], widthMs: number): Range[] {
  const starts = [...new Set(instants.map((at) => Math.floor(at / widthMs) * widthMs))].sort((a, b) => a - b);
  const ranges: { fromMs: number; toMs: number }[] = [];
  for (const start of starts) {
    const last = ranges.at(-1);
    if (last?.toMs === start) last.toMs += widthMs;
    else ranges.push({ fromMs: start, toMs: start + widthMs });
  }
  return ranges;
}

function toText(at: number): string {
  return new Date(at).toISOString();
}
