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
import { of, onBet } from '@/server/bets/stake-steps';
import type { Step, StoredBet } from '@/server/bets/store/bet-store';
import type { CheckedStake } from '@/server/bets/venue';
import type { EpochMs } from '@/lib/units/time';

export function submitBet(
  parts: EngineParts,
  actor: Actor,
  { betId, transaction }: { readonly betId: string; readonly transaction: string },
): Promise<Result<BetView, BetProblem>> {
  return answering(async () => {
    const { store, venues, live } = parts;
    const facts = await store.look({ bets: [betId], accounts: [actor.accountId] });
    const stored = facts.bet(betId);
    const account = facts.account(actor.accountId);
    if (!stored || !account || stored.bet.accountId !== actor.accountId) return err(NOT_FOUND);
    // A stop halts at once, also what was prepared before it. What is submitted already goes on to its end.
    const stopped = stored.bet.state === 'prepared' ? checkSafetyStop(account.safety, live.clock(), null) : null;
    if (stopped) return err(stopped);
    const venue = venues.get(stored.bet.venue);
    if (!venue?.check) return err(betProblem('already-submitted', 'There is nothing to sign for this bet.'));
    const kept = stored.preparation?.kept ?? null;
    const checked = venue.check({ bet: stored.bet, owner: toOwner(account), kept, transaction });
    if (!checked.ok) return checked;
    const { result, changed } = await parts.run(submitStep(betId, checked.value, live.clock));
    if (!result.ok) return result;
    const { bet, transactions } = changed[0] ?? result.value;
    return ok(toBetView(bet, transactions));
  });
}

export const NOT_FOUND = betProblem('not-found', 'You have no such bet.');

function submitStep(betId: string, checked: CheckedStake, clock: () => EpochMs): Step<Result<StoredBet, BetProblem>> {
  return onBet<Result<StoredBet, BetProblem>>(betId, (stored) => {
    const { bet } = stored;
    const now = clock();
    const isSame = stored.transactions.some(({ signature }) => signature === checked.signature);
    if (isSame) return { result: ok(stored), changes: null };
    if (bet.state === 'expired' || (bet.state === 'prepared' && now >= bet.expiresAt)) {
      // The clock says so before the next sweep does.
      const event: BetEvent = { type: 'expired', payload: { reason: 'not-submitted' }, occurredAt: now };
      return { result: err(EXPIRED), changes: bet.state === 'expired' ? null : of(betId, [event]) };
    }
    if (bet.state !== 'prepared') return { result: err(SUBMITTED), changes: null };
    const row: BetTransaction = {
      signature: checked.signature,
      betId,
      role: 'stake',
      attempt: 1,
      status: 'sent',
      bytes: checked.bytes,
      lastValidBlockHeight: checked.lastValidBlockHeight,
      slot: null,
      feeLamports: null,
      sentAt: now,
      confirmedAt: null,
      finalizedAt: null,
    };
    const event: BetEvent = { type: 'submitted', payload: {}, occurredAt: now };
    return { result: ok(stored), changes: { ...of(betId, [event]), transactions: [row] } };
  });
}

const EXPIRED = betProblem(
  'bet-expired',
  'This bet was not signed within 30 s and has expired. Nothing was sent, and nothing moved. Place it again.',
);
const SUBMITTED = betProblem('already-submitted', 'This bet has been submitted already. Nothing was sent again.');
