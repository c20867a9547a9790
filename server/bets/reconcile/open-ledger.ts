// Puts the watch over the ledger together: the reconciler behind the practice venue's rounds, and what the routes need.
// Called by server/main.ts once bets are open.
import type { Clock } from '@/lib/units/time';
import type { Chain } from '@/server/chain/chain';
import type { BetEngine } from '@/server/bets/bet-engine';
import type { BetAlerts } from '@/server/bets/create-venue-port';
import { createAirdropAllowance } from '@/server/bets/reconcile/airdrop-allowance';
import type { LedgerContext } from '@/server/bets/reconcile/ledger-context';
import { createReconciler } from '@/server/bets/reconcile/reconciler';
import type { PracticeVenue } from '@/server/bets/venues/practice/practice-venue';
import type { Log } from '@/server/ops/log';
import type { Record } from '@/server/store/open-record';

export function openLedger({
  record,
  practice,
  chain,
  rpcUrl,
  engine,
  alerts,
  clock,
  log,
}: {
  record: Pick<Record, 'connect'>;
  practice: PracticeVenue;
  chain: Chain;
  rpcUrl: string;
  engine: Pick<BetEngine, 'halt' | 'resume'>;
  alerts: BetAlerts;
  clock: Clock;
  log: Pick<Log, 'warn'>;
}): LedgerContext {
  const { address } = practice;
  const reconciler = createReconciler({ chain, address, database: record.connect(), engine, alerts, clock });
  practice.onRound((round) =>
    // A comparison that could not be made is made after the next round; the venue's own work goes on.
    reconciler.afterRound(round).catch((error: unknown) => {
      log.warn({ error: String(error) }, 'ledger and chain could not be compared');
    }),
  );
  return {
    database: record.connect(),
    chain,
    address,
    rpcUrl: chain.cluster === 'practice' ? rpcUrl : null,
    comparison: reconciler.newest,
    allowance: createAirdropAllowance({ chain, clock }),
    clock,
  };
}
