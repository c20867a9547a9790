// The account as its player sees it: settings, protection, what stops betting now, and the day's activity.
import type { RawSql } from '@/db/connect';
import type { Account } from '@/lib/account/account';
import type { AccountView, ActivityView } from '@/lib/protocol/account-api';
import { betProblem, type BetProblem } from '@/lib/protocol/bet-problem';
import { checkSafetyStop } from '@/lib/safety/check-safety';
import { safetyToJson } from '@/lib/safety/safety-json';
import { settingsToJson } from '@/lib/safety/settings-json';
import { err, ok, type Result } from '@/lib/units/result';
import type { EpochMs } from '@/lib/units/time';
import type { AccountContext } from '@/server/account/account-context';
import { readAccount } from '@/server/account/accounts';
import { readActivity, type VenueActivity } from '@/server/account/read-activity';

export async function getAccount(
  { database, clock }: Pick<AccountContext, 'database' | 'clock'>,
  accountId: string,
): Promise<Result<AccountView, BetProblem>> {
  const now = clock();
  const view = await database.use((sql) => readAccountView(sql, accountId, now));
  return view ? ok(view) : err(NO_ACCOUNT);
}

/** The account was deleted under a sign-in that had not noticed. */
export const NO_ACCOUNT: BetProblem = betProblem(
  'not-signed-in',
  'This account no longer exists. Sign in again to open a new one.',
);

export async function readAccountView(sql: RawSql, accountId: string, now: EpochMs): Promise<AccountView | null> {
  const account = await readAccount(sql, accountId, now);
  if (!account) return null;
  const [row] = await sql<{ is_new: boolean }[]>`
    select profile is null as is_new from accounts where account_id = ${accountId}`;
  const { venues, bettingSince } = await readActivity(sql, accountId, now);
  const stop = checkSafetyStop(account.safety, now, bettingSince);
  return {
    account: { ...toAccountJson(account), isNew: row?.is_new ?? true },
    stop: stop && {
      code: stop.code,
      message: stop.message,
      ...(stop.retryAfterMs !== undefined && { retryAfterMs: stop.retryAfterMs }),
    },
    activity: {
      practice: toActivityView(venues.practice),
      paper: toActivityView(venues.paper),
      assisted: toActivityView(venues.assisted),
    },
    now,
  };
}

function toAccountJson(account: Account): Omit<AccountView['account'], 'isNew'> {
  return { ...account, settings: settingsToJson(account.settings), safety: safetyToJson(account.safety) };
}

function toActivityView(activity: VenueActivity): ActivityView {
  return {
    hourNetLamports: activity.hourNetLamports.toString(),
    dayNetLamports: activity.dayNetLamports.toString(),
    sessionNetLamports: activity.sessionNetLamports.toString(),
    openStakeLamports: activity.openStakeLamports.toString(),
    sessionOpenedAt: activity.sessionOpenedAt,
    sessionBets: activity.sessionBets,
  };
}
