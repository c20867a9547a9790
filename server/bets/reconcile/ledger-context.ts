// What the routes of the ledger and the practice wallet need. Made by openLedger, kept in the runtime.
import type { Clock } from '@/lib/units/time';
import type { Address, Chain } from '@/server/chain/chain';
import type { AirdropAllowance } from '@/server/bets/reconcile/airdrop-allowance';
import type { Comparison } from '@/server/bets/reconcile/reconciler';
import type { RecordDatabase } from '@/server/store/record-database';

export type LedgerContext = {
  readonly database: RecordDatabase;
  readonly chain: Chain;
  /** Of the practice venue. */
  readonly address: Address;
  /** The practice chain's, for a wallet; null where the address may hold somebody's access key. */
  readonly rpcUrl: string | null;
  readonly comparison: () => Comparison | null;
  readonly allowance: AirdropAllowance;
  readonly clock: Clock;
};
