// The events of an account's protection and its projection in accounts, in the caller's transaction, which holds the
// writer's lock since before it read.
import type { RawSql } from '@/db/connect';
import { foldSafety } from '@/lib/safety/fold-safety';
import type { SafetyState } from '@/lib/safety/safety';
import { accountStream, type SafetyEvent } from '@/lib/safety/safety-event';
import { safetyToJson } from '@/lib/safety/safety-json';
import type { EpochMs } from '@/lib/units/time';
import { appendEvents } from '@/server/event-log/append-events';

export type WrittenSafety = { readonly safety: SafetyState; readonly version: number };

export async function writeSafety(
  sql: RawSql,
  {
    accountId,
    before,
    version,
    events,
    now,
  }: {
    accountId: string;
    before: SafetyState | null;
    version: number;
    events: readonly SafetyEvent[];
    now: EpochMs;
  },
): Promise<WrittenSafety> {
  const safety = events.reduce(foldSafety, before);
  if (!safety) throw new Error(`the account ${accountId} has no state to write`);
  if (events.length === 0) return { safety, version };
  const stream = accountStream(accountId);
  await appendEvents(
    sql,
    events.map(({ type, payload }, i) => ({
      stream,
      expectedVersion: version + i,
      type,
      payload,
      occurredAt: now,
    })),
    { recordedAt: now },
  );
  const written = version + events.length;
  await sql`
    update accounts set safety = ${JSON.stringify(safetyToJson(safety))}::text::json, version = ${written}
    where account_id = ${accountId}`;
  return { safety, version: written };
}
