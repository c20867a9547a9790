// The stream of one account as server/event-log/load-aggregate folds it. Called inside the transaction that appends to it.
import type { RawSql } from '@/db/connect';
import type { StoredEvent } from '@/lib/event-log/event';
import { foldSafety } from '@/lib/safety/fold-safety';
import type { SafetyState } from '@/lib/safety/safety';
import { accountStream, type SafetyEvent } from '@/lib/safety/safety-event';
import { safetyFromJson, safetyJsonSchema, safetyToJson } from '@/lib/safety/safety-json';
import type { EpochMs } from '@/lib/units/time';
import { loadAggregate, type Aggregate, type Loaded } from '@/server/event-log/load-aggregate';

const ACCOUNT: Aggregate<SafetyState | null> = {
  schemaVersion: 1,
  initial: null,
  apply: (state, event) => foldSafety(state, toSafetyEvent(event)),
  encode: (state) => state && safetyToJson(state),
  decode: (encoded) => (safetyJsonSchema.safeParse(encoded).success ? safetyFromJson(encoded) : null),
};

/** Null state for an account that was never opened. */
export function loadSafety(
  sql: RawSql,
  { accountId, now }: { accountId: string; now: EpochMs },
): Promise<Loaded<SafetyState | null>> {
  return loadAggregate(sql, { stream: accountStream(accountId), aggregate: ACCOUNT, takenAt: now });
}

export function toSafetyEvent({ type, payload }: Pick<StoredEvent, 'type' | 'payload'>): SafetyEvent {
  return { type, payload: JSON.parse(payload) as unknown } as SafetyEvent;
}
