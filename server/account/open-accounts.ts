// Puts together what the verbs of accounts need, and tells whoever listens of every change. Called by server/main.ts.
import type { AccountContext } from '@/server/account/account-context';

export type Accounts = {
  readonly context: AccountContext;
  /** For the live channel `bets:<account>`: push { type: 'account' } to it. */
  onChange(listener: (accountId: string) => void): void;
};

export function openAccounts(parts: Omit<AccountContext, 'changed'>): Accounts {
  const listeners: ((accountId: string) => void)[] = [];
  return {
    context: { ...parts, changed: (accountId) => listeners.forEach((listener) => listener(accountId)) },
    onChange: (listener) => void listeners.push(listener),
  };
}
