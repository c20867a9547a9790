// The player has been told the odds in plain words and goes on. Once is enough; the first time stands.
import type { AccountView } from '@/lib/protocol/account-api';
import type { BetProblem } from '@/lib/protocol/bet-problem';
import { ok, type Result } from '@/lib/units/result';
import type { AccountContext } from '@/server/account/account-context';
import { changeAccount } from '@/server/account/change-account';
import { toInstant } from '@/server/store/insert-rows';

export function acceptOdds(ctx: AccountContext, accountId: string): Promise<Result<AccountView, BetProblem>> {
  return changeAccount(ctx, accountId, async (sql, { now }) => {
    const accepted = await sql`
      update accounts set odds_accepted_at = ${toInstant(now)}::timestamptz
      where account_id = ${accountId} and odds_accepted_at is null returning 1`;
    return ok(accepted.length > 0 ? [{ type: 'odds-accepted', payload: { at: now } }] : []);
  });
}
