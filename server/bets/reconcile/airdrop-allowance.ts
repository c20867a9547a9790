// How many airdrops an account may still have. Kept in memory: a restart forgets it, and practice SOL is worth nothing.
// Bounded: at the bound the account that asked longest ago is forgotten.
import type { Clock } from '@/lib/units/time';

export type AirdropAllowance = {
  left(accountId: string): number;
  /** Takes one; false when there is none. */
  take(accountId: string): boolean;
  /** The airdrop did not come to be. */
  giveBack(accountId: string): void;
  /** Until the next one is free again. */
  waitMs(accountId: string): number;
};

export const AIRDROPS_A_DAY = 3;
const DAY_MS = 86_400_000;
const ACCOUNTS_MAX = 10_000;

export function createAirdropAllowance({ clock }: { clock: Clock }): AirdropAllowance {
  const taken = new Map<string, number[]>();
  const recent = (accountId: string) => (taken.get(accountId) ?? []).filter((at) => clock() - at < DAY_MS);
  return {
    left: (accountId) => AIRDROPS_A_DAY - recent(accountId).length,
    take(accountId) {
      const times = recent(accountId);
      if (times.length >= AIRDROPS_A_DAY) return false;
      taken.delete(accountId);
      taken.set(accountId, [...times, clock()]);
      if (taken.size > ACCOUNTS_MAX) taken.delete(taken.keys().next().value!);
      return true;
    },
    giveBack: (accountId) => void taken.get(accountId)?.pop(),
    waitMs: (accountId) => Math.max(0, (recent(accountId)[0] ?? -Infinity) + DAY_MS - clock()),
  };
}
