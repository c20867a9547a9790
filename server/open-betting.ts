// Everything that bets need, opened in the order in which each needs the one before: venues over the chain, the engine over
// the venues, and the watch over the ledger. Called by server/main.ts, which opens the chain first.
import { randomBytes } from 'node:crypto';
import type { Clock } from '@/lib/units/time';
import { readAccounts } from '@/server/account/accounts';
import type { BetEngine } from '@/server/bets/bet-engine';
import type { BetAlerts } from '@/server/bets/create-venue-port';
import { openBets, type LiveView } from '@/server/bets/open-bets';
import type { LedgerContext } from '@/server/bets/reconcile/ledger-context';
import { openLedger } from '@/server/bets/reconcile/open-ledger';
import { createVenues } from '@/server/bets/venues/create-venues';
import type { OpenChain } from '@/server/chain/open-chain';
import type { Config } from '@/server/config';
import type { Log } from '@/server/ops/log';
import type { Record } from '@/server/store/open-record';

export type Betting = {
  readonly engine: BetEngine;
  readonly ledger: LedgerContext;
  /** Goes on in the background; until the record was read, bets are refused. */
  start(): void;
  stop(): Promise<void>;
};

export async function openBetting({
  config,
  record,
  chain: { chain, rpcUrl },
  live,
  alerts,
  clock,
  random,
  log,
}: {
  config: Config;
  record: Pick<Record, 'connect'>;
  chain: OpenChain;
  live: LiveView;
  alerts: BetAlerts;
  clock: Clock;
  random: () => number;
  log: Log;
}): Promise<Betting> {
  const venues = await createVenues({ config, chain, connect: record.connect, clock, random, log });
  const bets = openBets({ record, venues: venues.all, live, readAccounts, alerts, clock, randomBytes, log });
  const { engine, start, stop } = bets;
  const ledger = openLedger({ record, practice: venues.practice, chain, rpcUrl, engine, alerts, clock, log });
  return { engine, ledger, start, stop };
}
