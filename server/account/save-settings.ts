// The player's settings: plain wishes without a law. They are personal, so they stand in the account's row and in no event.
import type { AccountView } from '@/lib/protocol/account-api';
import type { BetProblem } from '@/lib/protocol/bet-problem';
import { changeSettings, settingsFromJson, settingsToJson, type SettingsChange } from '@/lib/safety/settings-json';
import { ok, type Result } from '@/lib/units/result';
import type { AccountContext } from '@/server/account/account-context';
import { changeAccount } from '@/server/account/change-account';

export function saveSettings(
  ctx: AccountContext,
  { accountId, change }: { accountId: string; change: SettingsChange },
): Promise<Result<AccountView, BetProblem>> {
  return changeAccount(ctx, accountId, async (sql, { safety }) => {
    const [row] = await sql<{ profile: string | null }[]>`
      select profile::text as profile from accounts where account_id = ${accountId}`;
    const kept = row?.profile ? (JSON.parse(row.profile) as unknown) : null;
    const settings = changeSettings(settingsFromJson(kept, safety.limits.bankrollLamports), change);
    await sql`
      update accounts set profile = ${JSON.stringify(settingsToJson(settings))}::text::json
      where account_id = ${accountId}`;
    return ok([]);
  });
}
