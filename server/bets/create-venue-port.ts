// What a venue reports becomes steps of the store. A report of something that must never happen is booked as it is, since
// the money moved, and raised as an alert.
import { sol } from '@/lib/risk/words';
import type { EngineParts } from '@/server/bets/engine-parts';
import { findBet } from '@/server/bets/find-bet';
import { bookHouseMoved, bookPaid, bookUnidentified } from '@/server/bets/settle-steps';
import { failStake, finalizeStake, takeStake, undoStake } from '@/server/bets/stake-steps';
import type { VenuePort } from '@/server/bets/venue';

/** The part of the alert desk that bets use. */
export type BetAlerts = {
  raise(alert: {
    readonly alertId: string;
    readonly severity: 'warning' | 'critical';
    readonly title: string;
    readonly detail: string;
  }): void;
  resolve(alertId: string): void;
};

/** One for all of them: the ledger names each. Ends when none of it is there any more (reconciler.ts). */
export const UNIDENTIFIED_ALERT = 'ledger-unidentified';

export function createVenuePort({
  parts,
  alerts,
}: {
  parts: Pick<EngineParts, 'run' | 'live' | 'newId'>;
  alerts: BetAlerts;
}): VenuePort {
  const { run, live } = parts;
  return {
    async confirmed(report) {
      await run({ ...takeStake(report, live), isUrgent: true });
    },
    async finalized(report) {
      await run(finalizeStake(report, live.clock));
    },
    async vanished(report) {
      await run(undoStake(report, live.clock));
    },
    async failed(report) {
      await run(failStake(report, live.clock));
    },
    async paid(report) {
      const { result } = await run(bookPaid(report, live.clock));
      if (result === 'booked' || result === 'known') return;
      const what = result === 'twice' ? 'was paid a second time' : 'was paid another amount than it was owed';
      alerts.raise({
        alertId: `bet-paid:${report.betId}`,
        severity: 'critical',
        title: `A bet ${what}`,
        detail: `The bet ${report.betId} ${what}: ${sol(report.lamports)} by ${report.signature ?? 'no transaction'}.`,
      });
    },
    async found(report) {
      await run(findBet(parts, report));
    },
    async houseMoved(report) {
      await run(bookHouseMoved(report));
    },
    async unidentified(report) {
      await run(bookUnidentified(report));
      alerts.raise(unidentifiedAlert(report.lamports, report.signature));
    },
  };
}

function unidentifiedAlert(amount: bigint, signature: string) {
  return {
    alertId: UNIDENTIFIED_ALERT,
    severity: 'warning' as const,
    title: 'Money of no bet at the venue’s address',
    detail: `${sol(amount)} moved by ${signature} and belongs to no bet. It is booked as unidentified.`,
  };
}
