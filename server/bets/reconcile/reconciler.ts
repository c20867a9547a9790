// Holds the ledger against the chain, every few seconds: the sum of all accounts is zero, the venue's address holds what the
// ledger says, every transaction there is booked, and every booked transaction is on the chain. A difference seen twice in a
// row halts new bets and raises an alert; both end by themselves when it is gone. It changes nothing, and asks right after a
// round of the venue's watch, when everything the chain showed is on record.
import { sol } from '@/lib/risk/words';
import { epochMs, type Clock, type EpochMs } from '@/lib/units/time';
import type { Address, Chain } from '@/server/chain/chain';
import type { BetEngine } from '@/server/bets/bet-engine';
import { UNIDENTIFIED_ALERT, type BetAlerts } from '@/server/bets/create-venue-port';
import {
  findWrongBalances,
  readBookedSignatures,
  readNewestEntry,
  readTotals,
} from '@/server/bets/reconcile/read-ledger';
import type { AfterRound } from '@/server/bets/venues/practice/venue-loop';
import type { RecordDatabase } from '@/server/store/record-database';

export type Comparison = {
  readonly chainLamports: bigint;
  readonly expectedLamports: bigint;
  readonly checkedAt: EpochMs;
  /** Empty when everything agrees. In words. */
  readonly differences: readonly string[];
};

export type Reconciler = {
  /** After a round of the watch. Compares when it is time and the moment allows it. */
  afterRound(round: AfterRound): Promise<void>;
  /** Null until the first comparison. */
  newest(): Comparison | null;
  isHalting(): boolean;
};

const COMPARE_EVERY_MS = 2_000;
/** A moment between two writes can look like a difference once, and never twice. */
const SEEN_TO_HALT = 2;
/** The whole ledger is added up again this often. */
const ADD_UP_EVERY_MS = 600_000;
const DIFFERENCES_MAX = 10;
/** By then a transaction is final, or was taken back and told so. */
const FINAL_AFTER_MS = 120_000;
const SIGNATURES_MAX = 256;
/** At start this many of the newest entries are looked at again; older ones were, while they were new. */
const LOOK_BACK_ENTRIES = 5_000;
const ALERT_ID = 'ledger-mismatch';
/** Rounds go on, and for so long no comparison could be made: nobody would notice a difference. */
const OVERDUE_MS = 60_000;
const OVERDUE_ALERT = 'ledger-not-compared';

export function createReconciler({
  chain,
  address,
  database,
  engine,
  alerts,
  clock,
}: {
  chain: Pick<Chain, 'balance' | 'signaturesOf' | 'statuses'>;
  address: Address;
  database: RecordDatabase;
  engine: Pick<BetEngine, 'halt' | 'resume'>;
  alerts: BetAlerts;
  clock: Clock;
}): Reconciler {
  let newest: Comparison | null = null;
  let seen = 0;
  let halting = false;
  let comparedAt = -Infinity;
  let dueSince: number | null = null;
  let addedUpAt = -Infinity;
  let wrongBalances: readonly string[] = [];
  let checkedEntry: number | null = null;
  /** Booked, old enough to be final, and unknown to the chain: asked about again each time. */
  let lost: readonly string[] = [];

  /** Null when the chain went on meanwhile: the next round is soon. */
  async function readBalance({ newest: until }: AfterRound): Promise<bigint | null> {
    const balance = await chain.balance(address, 'confirmed');
    const since = await chain.signaturesOf(address, { until, before: null });
    return since.length === 0 ? balance : null;
  }

  async function findLost(): Promise<readonly string[]> {
    const before = epochMs(clock() - FINAL_AFTER_MS);
    const after = (checkedEntry ??= Math.max(0, (await database.use(readNewestEntry)) - LOOK_BACK_ENTRIES));
    const limit = SIGNATURES_MAX - Math.min(lost.length, DIFFERENCES_MAX);
    const booked = await database.use((sql) => readBookedSignatures(sql, { after, before, limit }));
    const asked = [...lost.slice(0, DIFFERENCES_MAX), ...booked.map(({ signature }) => signature)];
    if (asked.length === 0) return [];
    const statuses = await chain.statuses(asked);
    checkedEntry = booked.at(-1)?.entryId ?? after;
    return asked.filter((_, at) => statuses[at] === null);
  }

  async function addUp(): Promise<void> {
    if (clock() - addedUpAt < ADD_UP_EVERY_MS && wrongBalances.length === 0) return;
    wrongBalances = await database.use((sql) => findWrongBalances(sql, DIFFERENCES_MAX));
    addedUpAt = clock();
  }

  async function compare(round: AfterRound): Promise<Comparison | null> {
    const chainLamports = await readBalance(round);
    if (chainLamports === null) return null;
    const { venueLamports, unidentifiedLamports, sumLamports } = await database.use(readTotals);
    if (unidentifiedLamports === 0n) alerts.resolve(UNIDENTIFIED_ALERT);
    lost = await findLost();
    await addUp();
    const expectedLamports = venueLamports + round.unbookedLamports;
    const differences: string[] = [];
    if (sumLamports !== 0n) differences.push(`The accounts of the ledger sum to ${sol(sumLamports)}, and not to 0.`);
    if (chainLamports !== expectedLamports) {
      differences.push(
        `The venue's address holds ${sol(chainLamports)}, and the ledger says ${sol(expectedLamports)}: ` +
          `a difference of ${sol(chainLamports - expectedLamports)}.`,
      );
    }
    for (const account of wrongBalances) differences.push(`The balance of ${account} is not the sum of its entries.`);
    for (const signature of lost) differences.push(`The chain does not know ${signature}, which is booked.`);
    return {
      chainLamports,
      expectedLamports,
      checkedAt: clock(),
      differences: differences.slice(0, DIFFERENCES_MAX),
    };
  }

  function judge({ differences }: Comparison): void {
    if (differences.length > 0) {
      if (++seen < SEEN_TO_HALT) return;
      halting = true;
      engine.halt('The ledger and the chain differ, and no bet is taken until that is explained. Open bets go on.');
      const detail = differences.join(' ');
      alerts.raise({ alertId: ALERT_ID, severity: 'critical', title: 'Ledger and chain differ', detail });
      return;
    }
    seen = 0;
    // Also once at the start: an alert of the last run may stand.
    alerts.resolve(ALERT_ID);
    if (!halting) return;
    halting = false;
    engine.resume();
  }

  function raiseOverdue(): void {
    const since = newest === null ? 'since the start' : `since ${new Date(newest.checkedAt).toISOString()}`;
    const detail = `The ledger could not be held against the chain ${since}. Bets go on.`;
    alerts.raise({ alertId: OVERDUE_ALERT, severity: 'warning', title: 'Ledger and chain are not compared', detail });
  }

  return {
    async afterRound(round) {
      // Once a difference is seen, the next look comes with the next round.
      if (seen === 0 && clock() - comparedAt < COMPARE_EVERY_MS) return;
      dueSince ??= clock();
      if (clock() - dueSince >= OVERDUE_MS) raiseOverdue();
      if (!round.complete) return;
      const comparison = await compare(round);
      if (!comparison) return;
      dueSince = null;
      alerts.resolve(OVERDUE_ALERT);
      comparedAt = clock();
      newest = comparison;
      judge(comparison);
    },
    newest: () => newest,
    isHalting: () => halting,
  };
}
