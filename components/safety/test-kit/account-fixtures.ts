// An account as the server tells it, and a server that answers with it, for tests of whoever shows or changes it.
import { createAccountStore, type AccountStore } from '@/components/safety/account-store';
import type { Ask, AskProblem } from '@/components/safety/ask-api';
import { defaultSafety, defaultSettings } from '@/lib/account/default-account';
import type { AccountView, ActivityView } from '@/lib/protocol/account-api';
import { safetyToJson } from '@/lib/safety/safety-json';
import { settingsToJson } from '@/lib/safety/settings-json';
import { err, ok, type Result } from '@/lib/units/result';
import { epochMs } from '@/lib/units/time';

export const ACCOUNT_NOW = epochMs(Date.UTC(2026, 0, 1, 2));

export const QUIET_ACTIVITY: ActivityView = {
  hourNetLamports: '0',
  dayNetLamports: '0',
  sessionNetLamports: '0',
  openStakeLamports: '0',
  sessionOpenedAt: null,
  sessionBets: 0,
};

export function anAccountView(
  changes: { readonly account?: Partial<AccountView['account']> } & Partial<Omit<AccountView, 'account'>> = {},
): AccountView {
  const { account, ...rest } = changes;
  return {
    account: {
      accountId: 'account1',
      publicKey: 'wallet1',
      createdAt: ACCOUNT_NOW,
      oddsAcceptedAt: null,
      playerId: null,
      settings: settingsToJson(defaultSettings()),
      safety: safetyToJson(defaultSafety(ACCOUNT_NOW)),
      version: 1,
      isNew: false,
      ...account,
    },
    stop: null,
    activity: { practice: QUIET_ACTIVITY, paper: QUIET_ACTIVITY, assisted: QUIET_ACTIVITY },
    now: ACCOUNT_NOW,
    ...rest,
  };
}

export type Sent = Pick<Ask<unknown>, 'method' | 'path' | 'body'>;

/** `answer` says what the server does with what it is sent; it answers every other question with `view`. */
export function aStoreOn(
  view: AccountView,
  answer: (sent: Sent) => Result<AccountView, AskProblem> | null = () => null,
  nowMs: () => number = () => ACCOUNT_NOW - 1_000,
): { readonly store: AccountStore; readonly sent: Sent[]; readonly announced: () => number } {
  const sent: Sent[] = [];
  let announced = 0;
  const store = createAccountStore({
    ask: async ({ method, path, body }) => {
      sent.push({ method, path, ...(body && { body }) });
      return answer({ method, path, ...(body && { body }) }) ?? ok(view);
    },
    nowMs,
    announce: () => void announced++,
  });
  return { store, sent, announced: () => announced };
}

export function refusedWith(message: string): Result<never, AskProblem> {
  return err({ code: 'bad-request', message });
}
