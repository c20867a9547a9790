// Whoever plays: signing in and accounts, opened together since each needs the other. Called by server/main.ts.
import { randomBytes } from 'node:crypto';
import type { Clock } from '@/lib/units/time';
import { findOrCreateAccount } from '@/server/account/accounts';
import { openAccounts, type Accounts } from '@/server/account/open-accounts';
import { openWalletHash } from '@/server/account/wallet-hash';
import type { Auth } from '@/server/auth/auth';
import { openAuth } from '@/server/auth/open-auth';
import type { Chain } from '@/server/chain/chain';
import type { Config } from '@/server/config';
import type { RecordDatabase } from '@/server/store/record-database';

export type Players = { readonly auth: Auth; readonly accounts: Accounts };

export function openPlayers({
  config,
  port,
  cluster,
  record,
  clock,
}: {
  config: Config;
  port: number;
  cluster: Chain['cluster'];
  record: { connect(): RecordDatabase };
  clock: Clock;
}): Players {
  const hashWallet = openWalletHash(config.DATA_DIR);
  const auth = openAuth({
    config,
    port,
    record,
    chainId: CHAIN_IDS[cluster],
    findOrCreateAccount: (sql, account) => findOrCreateAccount(sql, { ...account, hashWallet }),
    clock,
    randomBytes,
  });
  return { auth, accounts: openAccounts({ database: record.connect(), clock, hashWallet, auth }) };
}

/** As the Wallet Standard names networks. Of an unknown cluster nothing better can be said. */
const CHAIN_IDS: Record<Chain['cluster'], string> = {
  practice: 'solana:localnet',
  devnet: 'solana:devnet',
  testnet: 'solana:testnet',
  'mainnet-beta': 'solana:mainnet',
  unknown: 'solana:localnet',
};
