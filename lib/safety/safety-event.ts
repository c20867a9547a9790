// The events of an account's stream, "account:<id>". They outlive the account, so they name an account by its random id
// and hold no wallet, no player id and no address. Amounts are decimal text, since payloads are JSON.
import type { LimitsJson, SafetyJson } from '@/lib/safety/safety-json';
import type { LimitField } from '@/lib/safety/limit-fields';

export type SafetyEventPayloads = {
  /** `restored`: the wallet had an account before, and this is what that one's deletion could not end. */
  opened: { readonly safety: SafetyJson; readonly restored: boolean };
  'limits-lowered': { readonly limits: LimitsJson };
  'raise-scheduled': { readonly field: LimitField; readonly value: number | string; readonly effectiveAt: number };
  'raise-withdrawn': { readonly field: LimitField };
  /** What waited has come; written with the next change after it was due, of which it holds the time. */
  raised: { readonly field: LimitField; readonly value: number | string; readonly at: number };
  'cooling-off-began': { readonly until: number };
  excluded: { readonly until: number };
  stopped: { readonly at: number };
  resumed: Record<string, never>;
  'reality-check-set': { readonly intervalMs: number | null; readonly at: number };
  'reality-checked': { readonly at: number };
  'high-risk-set': { readonly lamports: string };
  'odds-accepted': { readonly at: number };
  'player-linked': Record<string, never>;
  'player-unlinked': Record<string, never>;
  deleted: Record<string, never>;
};

export type SafetyEventType = keyof SafetyEventPayloads;
export type SafetyEvent = {
  [T in SafetyEventType]: { readonly type: T; readonly payload: SafetyEventPayloads[T] };
}[SafetyEventType];

export function accountStream(accountId: string): string {
  return `account:${accountId}`;
}
