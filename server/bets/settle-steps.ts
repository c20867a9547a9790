// What the game and the venue's payments do to bets that have their stake: won, lost, void without a result, paid back.
// Each is one step of the store, decided on what the record says at that moment; nothing changes twice.
import type { BetEvent } from '@/lib/bets/bet-event';
import { payoutOf } from '@/lib/bets/bet-amounts';
import { canFollow } from '@/lib/bets/fold-bet';
import { touchSession, type BetSession } from '@/lib/bets/bet-session';
import { settleBet, type GameKnowledge } from '@/lib/bets/settle-bet';
import type { VoidReason } from '@/lib/bets/bet';
import { houseMoved, payoutPaid, refundPaid, stakeLost, stakeNotLost, unidentified } from '@/lib/ledger/postings';
import type { Lamports } from '@/lib/units/lamports';
import type { EpochMs } from '@/lib/units/time';
import { heldOf, isBooked, lostOf } from '@/server/bets/held-stake';
import { of, onBet } from '@/server/bets/stake-steps';
import type { BetFacts, Changes, Step, StoredBet } from '@/server/bets/store/bet-store';
import type { VenuePort } from '@/server/bets/venue';

type Report<K extends keyof VenuePort> = Parameters<VenuePort[K]>[0];

/** What a bet that is won or void is owed. */
export function owedOf(stored: StoredBet): Lamports {
  return stored.bet.state === 'won' ? payoutOf(stored.bet) : heldOf(stored);
}

/** Null changes nothing: the bet was settled meanwhile, or this says nothing of it. */
export function settle(betId: string, known: GameKnowledge, now: () => EpochMs): Step<BetEvent['type'] | null> {
  return withSession(betId, (stored) => {
    const event = settleBet(stored.bet, known, now());
    if (!event) return null;
    const postings =
      event.type === 'lost'
        ? [stakeLost(stored.bet, heldOf(stored))]
        : lostOf(stored) > 0n
          ? [stakeNotLost(stored.bet, lostOf(stored))]
          : [];
    return { event, postings };
  });
}

/** An active bet whose game's end never became known, or that cannot go on for another reason. */
export function voidActive(betId: string, reason: VoidReason, now: () => EpochMs): Step<BetEvent['type'] | null> {
  return withSession(betId, ({ bet }) => {
    if (bet.state !== 'active') return null;
    return { event: { type: 'voided', payload: { reason }, occurredAt: now() }, postings: [] };
  });
}

/** Prepared and never submitted, or waited for and never seen. */
export function expire(
  betId: string,
  reason: 'not-submitted' | 'not-seen',
  now: () => EpochMs,
): Step<BetEvent['type'] | null> {
  return onBet(betId, ({ bet }) => {
    const waits = reason === 'not-submitted' ? bet.state === 'prepared' : bet.state === 'submitted';
    if (!waits || now() < bet.expiresAt) return { result: null, changes: null };
    return { result: 'expired', changes: of(betId, [{ type: 'expired', payload: { reason }, occurredAt: now() }]) };
  });
}

/** `twice`: a second payment of the same bet, which nothing here can cause; it is booked and must be looked into. */
export function bookPaid(report: Report<'paid'>, now: () => EpochMs): Step<'booked' | 'known' | 'other' | 'twice'> {
  const { betId, signature, feeLamports } = report;
  return onBet(betId, (stored) => {
    const { bet } = stored;
    const paid = { ...report, held: heldOf(stored) };
    if (canFollow(bet, 'paid') || canFollow(bet, 'refunded')) {
      const isWon = bet.state === 'won';
      const payload = { lamports: String(report.lamports) };
      const event: BetEvent = { type: isWon ? 'paid' : 'refunded', payload, occurredAt: now() };
      const posting = isWon ? payoutPaid(bet, paid) : refundPaid(bet, paid);
      const transactions = stored.transactions
        .filter((row) => row.signature === signature)
        .map((row) => ({ ...row, status: 'finalized' as const, feeLamports, finalizedAt: now() }));
      const result = report.lamports === owedOf(stored) ? 'booked' : 'other';
      return { result, changes: { ...of(betId, [event]), postings: [posting], transactions } };
    }
    if (bet.state !== 'paid' && bet.state !== 'refunded') {
      throw new Error(`The bet ${betId} is ${bet.state}, and was paid ${report.lamports} lamports.`);
    }
    const isSame = stored.entries.some(
      (entry) => entry.signature === signature && /^(payout|refund):/.test(entry.posting),
    );
    if (isSame || signature === null || isBooked(stored, `unidentified:${signature}`)) {
      return { result: 'known', changes: null };
    }
    const moved = { signature, feeLamports, lamports: -report.lamports as Lamports };
    return { result: 'twice', changes: { postings: [{ ...unidentified(moved), betId }] } };
  });
}

export function bookHouseMoved(report: Report<'houseMoved'>): Step<null> {
  return { asks: {}, decide: () => ({ result: null, changes: { postings: [houseMoved(report)] } }) };
}

export function bookUnidentified(report: Report<'unidentified'>): Step<null> {
  return { asks: {}, decide: () => ({ result: null, changes: { postings: [unidentified(report)] } }) };
}

type Settlement = { readonly event: BetEvent; readonly postings: NonNullable<Changes['postings']> };

/** A settlement is a sign of life of the bet's session. */
function withSession(betId: string, decide: (stored: StoredBet) => Settlement | null): Step<BetEvent['type'] | null> {
  return {
    asks: { bets: [betId] },
    decide(facts) {
      const stored = facts.bet(betId);
      if (!stored) throw new Error(`There is no bet ${betId}.`);
      const settlement = decide(stored);
      if (!settlement) return { result: null, changes: null };
      const { event, postings } = settlement;
      const sessions = touched(facts, stored, event);
      return { result: event.type, changes: { ...of(betId, [event]), postings, sessions } };
    },
  };
}

function touched(facts: BetFacts, { bet }: StoredBet, { occurredAt }: BetEvent): readonly BetSession[] {
  const session = facts.session(bet.sessionId);
  if (!session || session.closedAt !== null) return [];
  return [touchSession(session, occurredAt as EpochMs)];
}
