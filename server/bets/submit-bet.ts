// Submits the signed transaction of a prepared bet: the venue checks that it is exactly what was prepared, then the bet is
// submitted on record with the bytes, and only then does anything reach the chain. The same bytes again are the same answer.
import { toBetView } from '@/lib/bets/to-bet-view';
import type { BetEvent } from '@/lib/bets/bet-event';
import type { BetTransaction } from '@/lib/bets/bet-transaction';
import { betProblem, type BetProblem } from '@/lib/protocol/bet-problem';
import type { BetView } from '@/lib/protocol/bets-api';
import { checkSafetyStop } from '@/lib/safety/check-safety';
import { err, ok, type Result } from '@/lib/units/result';
import { toOwner } from '@/server/account/accounts';
import type { Actor } from '@/server/auth/actor';
import { answering, type EngineParts } from '@/server/bets/engine-parts';
import { of } from '@/server/bets/stake-steps';
import type { Decision, Step, StoredBet } from '@/server/bets/store/bet-store';
import type { CheckedStake } from '@/server/bets/venue';
import type { EpochMs } from '@/lib/units/time';

export function submitBet(
  parts: EngineParts,
  actor: Actor,
  signed: { readonly betId: string; readonly transaction: string },
): Promise<Result<BetView, BetProblem>> {
  return answering(async () => {
    const { result, changed } = await parts.run(submitStep(parts, actor, signed));
    if (!result.ok) return result;
    const { bet, transactions } = changed[0] ?? result.value;
    return ok(toBetView(bet, transactions));
  });
}

export const NOT_FOUND = betProblem('not-found', 'You have no such bet.');

type Submitted = Result<StoredBet, BetProblem>;

function submitStep(
  { venues, live, closed }: EngineParts,
  { accountId }: Actor,
  { betId, transaction }: { readonly betId: string; readonly transaction: string },
): Step<Submitted> {
  return {
    isUrgent: true,
    asks: { bets: [betId], accounts: [accountId] },
    decide(facts) {
      const now = live.clock();
      const stored = facts.bet(betId);
      const account = facts.account(accountId);
      if (!stored || !account || stored.bet.accountId !== accountId) return refused(NOT_FOUND);
      const { bet, preparation } = stored;
      // A stop halts at once, the player's or the ledger's, also what was prepared before it. What is submitted already
      // goes on to its end.
      const stopped = bet.state === 'prepared' ? (closed() ?? checkSafetyStop(account.safety, now, null)) : null;
      if (stopped) return refused(stopped);
      const venue = venues.get(bet.venue);
      if (!venue?.check) return refused(NOTHING_TO_SIGN);
      const checked = venue.check({ bet, owner: toOwner(account), kept: preparation?.kept ?? null, transaction });
      if (!checked.ok) return refused(checked.error);
      if (stored.transactions.some(({ signature }) => signature === checked.value.signature)) {
        return { result: ok(stored), changes: null };
      }
      if (bet.state === 'expired') return refused(EXPIRED);
      if (bet.state !== 'prepared') return refused(SUBMITTED);
      if (now >= bet.expiresAt) {
        // The clock says so before the next sweep does.
        const expired: BetEvent = { type: 'expired', payload: { reason: 'not-submitted' }, occurredAt: now };
        return { result: err(EXPIRED), changes: of(betId, [expired]) };
      }
      const submitted: BetEvent = { type: 'submitted', payload: {}, occurredAt: now };
      const changes = { ...of(betId, [submitted]), transactions: [toStake(betId, checked.value, now)] };
      return { result: ok(stored), changes };
    },
  };
}

function refused(problem: BetProblem): Decision<Submitted> {
  return { result: err(problem), changes: null };
}

function toStake(
  betId: string,
  { signature, bytes, lastValidBlockHeight }: CheckedStake,
  now: EpochMs,
): BetTransaction {
  return {
    signature,
    betId,
    role: 'stake',
    attempt: 1,
    status: 'sent',
    bytes,
    lastValidBlockHeight,
    slot: null,
    feeLamports: null,
    sentAt: now,
    confirmedAt: null,
    finalizedAt: null,
  };
}

const NOTHING_TO_SIGN = betProblem('already-submitted', 'There is nothing to sign for this bet.');
const EXPIRED = betProblem(
  'bet-expired',
  'This bet was not signed within 30 s and has expired. Nothing was sent, and nothing moved. Place it again.',
);
const SUBMITTED = betProblem('already-submitted', 'This bet has been submitted already. Nothing was sent again.');
