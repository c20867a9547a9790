// What a venue's reports of a stake do to its bet, each as one step of the store: taken, final, gone, never to come. Each
// decides on what the record says of the bet at that moment; a report that was on record already changes nothing.
import type { BetEvent } from '@/lib/bets/bet-event';
import { canFollow } from '@/lib/bets/fold-bet';
import { judgeStake } from '@/lib/bets/judge-stake';
import { feeLost, stakeNotLost, stakeTaken, stakeVanished } from '@/lib/ledger/postings';
import type { Posting } from '@/lib/ledger/ledger';
import type { EpochMs } from '@/lib/units/time';
import { bookedStake, hasStake, isBooked, lostOf } from '@/server/bets/held-stake';
import type { LiveSource } from '@/server/bets/live-source';
import { secondStakeId, takeSecondStake } from '@/server/bets/second-stake';
import type { Changes, Decision, Step, StoredBet } from '@/server/bets/store/bet-store';
import { stakeRow } from '@/server/bets/stake-row';
import type { VenuePort } from '@/server/bets/venue';

type Report<K extends keyof VenuePort> = Parameters<VenuePort[K]>[0];

/** `known`: on record already. */
export type ReportOutcome = 'booked' | 'known';

/** The report builds on another one that is not on record: it has to come again, after that. */
export class ReportOrderError extends Error {
  constructor(betId: string, report: string) {
    super(`The stake of bet ${betId} is not on record: "${report}" comes too early.`);
    this.name = 'ReportOrderError';
  }
}

export function takeStake(report: Report<'confirmed'>, live: LiveSource): Step<ReportOutcome> {
  const { betId, signature, stakeLamports, feeLamports } = report;
  return onStake(report, (stored) => {
    if (bookedStake(stored, signature)) return nothing('known');
    const { bet } = stored;
    const now = live.clock();
    if (hasStake(stored) || !['prepared', 'submitted', 'expired'].includes(bet.state)) {
      if (signature === null || isBooked(stored, `unidentified:${signature}`)) return nothing('known');
      return { result: 'booked', changes: takeSecondStake(stored, { ...report, signature }, now) };
    }
    const judged = judgeStake(bet, report, { ...live.game(), now });
    const events: BetEvent[] = bet.state === 'prepared' ? [submitted(now), judged] : [judged];
    const taken = stakeTaken(bet, { lamports: stakeLamports, signature, feeLamports });
    const row = stakeRow(stored, { signature, now, status: 'confirmed', feeLamports });
    return { result: 'booked', changes: { ...of(betId, events), postings: [taken], transactions: row } };
  });
}

export function finalizeStake(report: Report<'finalized'>, now: () => EpochMs): Step<ReportOutcome> {
  const { signature } = report;
  return onStake(report, (stored) => {
    const { bet } = stored;
    const { betId } = bet;
    if (!bookedStake(stored, signature)) {
      if (signature !== null && isBooked(stored, `unidentified:${signature}`)) return nothing('known');
      throw new ReportOrderError(betId, 'finalized');
    }
    if (bet.stakeFinal || !canFollow(bet, 'stake-finalized')) return nothing('known');
    const at = now();
    const event: BetEvent = { type: 'stake-finalized', payload: {}, occurredAt: at };
    const row = stakeRow(stored, { signature, now: at, status: 'finalized' });
    return { result: 'booked', changes: { ...of(betId, [event]), transactions: row } };
  });
}

/** Everything that was booked of it is taken back; nothing is to be refunded. */
export function undoStake(report: Report<'vanished'>, now: () => EpochMs): Step<ReportOutcome> {
  const { signature } = report;
  return onStake(report, (stored) => {
    const { bet } = stored;
    const { betId } = bet;
    if (isBooked(stored, `vanished:${signature}`)) return nothing('known');
    const booked = bookedStake(stored, signature);
    if (!booked) throw new ReportOrderError(betId, 'vanished');
    if (bet.stakeFinal) throw new Error(`The stake of bet ${betId} was final, and cannot be gone.`);
    const at = now();
    const events: BetEvent[] = [];
    if (canFollow(bet, 'voided')) events.push({ type: 'voided', payload: { reason: 'stake-gone' }, occurredAt: at });
    events.push({ type: 'refunded', payload: { lamports: '0' }, occurredAt: at });
    const lost = lostOf(stored);
    const postings: Posting[] = lost === 0n ? [] : [stakeNotLost(bet, lost)];
    postings.push(stakeVanished(bet, { ...booked, signature }));
    const row = stakeRow(stored, { signature, now: at, status: 'dead' });
    return { result: 'booked', changes: { ...of(betId, events), postings, transactions: row } };
  });
}

/** It will never be taken; what the chain kept as a fee is booked, whatever became of the bet. */
export function failStake(report: Report<'failed'>, now: () => EpochMs): Step<ReportOutcome> {
  const { reason, signature, feeLamports } = report;
  return onStake(report, (stored) => {
    const { bet } = stored;
    const { betId } = bet;
    const at = now();
    const expires = canFollow(bet, 'expired');
    const fee = feeLost(bet, { signature, feeLamports });
    const booksFee = fee.lines.length > 0 && !isBooked(stored, fee.name);
    const status = reason === 'failed-on-chain' ? 'failed' : 'dead';
    // The bet may live by another transaction; this one is over all the same.
    const wasSent = stored.transactions.some((row) => row.signature === signature && row.status === 'sent');
    if (!expires && !booksFee && !wasSent) return nothing('known');
    const event: BetEvent = { type: 'expired', payload: { reason }, occurredAt: at };
    const row = stakeRow(stored, { signature, now: at, status, feeLamports });
    return {
      result: 'booked',
      changes: { ...of(betId, expires ? [event] : []), postings: [fee], transactions: row },
    };
  });
}

/** A step on one bet that must be there. */
export function onBet<T>(betId: string, decide: (stored: StoredBet) => Decision<T>): Step<T> {
  return {
    asks: { bets: [betId] },
    decide(facts) {
      const stored = facts.bet(betId);
      if (!stored) throw new Error(`There is no bet ${betId}.`);
      return decide(stored);
    },
  };
}

/** On the bet that has this stake: a second one for the same bet is a bet of its own (second-stake.ts). */
function onStake<T>(
  { betId, signature }: { readonly betId: string; readonly signature: string | null },
  decide: (stored: StoredBet) => Decision<T>,
): Step<T> {
  const secondId = signature === null ? null : secondStakeId(signature);
  const named = onBet(betId, decide);
  return {
    asks: { bets: secondId === null ? [betId] : [betId, secondId] },
    decide(facts) {
      const second = secondId === null ? null : facts.bet(secondId);
      return second ? decide(second) : named.decide(facts);
    },
  };
}

export function of(betId: string, events: readonly BetEvent[]): Pick<Changes, 'events'> {
  return { events: events.map((event) => ({ betId, event })) };
}

function submitted(now: EpochMs): BetEvent {
  return { type: 'submitted', payload: {}, occurredAt: now };
}

function nothing(result: ReportOutcome): Decision<ReportOutcome> {
  return { result, changes: null };
}
