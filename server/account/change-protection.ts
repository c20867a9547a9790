// Limits, pauses, exclusion, the stop switch and the reality check, as the player wishes them and the law allows.
import type { AccountView } from '@/lib/protocol/account-api';
import type { BetProblem } from '@/lib/protocol/bet-problem';
import { foldSafety } from '@/lib/safety/fold-safety';
import { changeSafety, type SafetyWish } from '@/lib/safety/change-safety';
import type { SafetyState } from '@/lib/safety/safety';
import type { SafetyEvent } from '@/lib/safety/safety-event';
import { ok, type Result } from '@/lib/units/result';
import type { AccountContext } from '@/server/account/account-context';
import { changeAccount } from '@/server/account/change-account';
import { readActivity } from '@/server/account/read-activity';

/** Several wishes are one change: all of them, or none. */
export function changeProtection(
  ctx: AccountContext,
  { accountId, wishes }: { accountId: string; wishes: readonly SafetyWish[] },
): Promise<Result<AccountView, BetProblem>> {
  return changeAccount(ctx, accountId, async (sql, { safety: before, now }) => {
    const { bettingSince } = await readActivity(sql, accountId, now);
    let safety = before;
    const events: SafetyEvent[] = [];
    for (const wish of wishes) {
      const decided = changeSafety(safety, wish, { now, bettingSince });
      if (!decided.ok) return decided;
      events.push(...decided.value);
      safety = decided.value.reduce<SafetyState | null>(foldSafety, safety)!;
    }
    return ok(events);
  });
}
