// Takes a bet back before it is submitted: the wallet refused, or the player thought better of it. Afterwards it cannot be:
// the game has no cancelling either.
import type { BetEvent } from '@/lib/bets/bet-event';
import { toBetView } from '@/lib/bets/to-bet-view';
import { betProblem, type BetProblem } from '@/lib/protocol/bet-problem';
import type { BetView } from '@/lib/protocol/bets-api';
import { err, ok, type Result } from '@/lib/units/result';
import type { Actor } from '@/server/auth/actor';
import { answering, type EngineParts } from '@/server/bets/engine-parts';
import { of } from '@/server/bets/stake-steps';
import type { StoredBet } from '@/server/bets/store/bet-store';
import { NOT_FOUND } from '@/server/bets/submit-bet';

export function cancelBet(parts: EngineParts, actor: Actor, betId: string): Promise<Result<BetView, BetProblem>> {
  return answering(async () => {
    const { result, changed } = await parts.run<Result<StoredBet, BetProblem>>({
      isUrgent: true,
      asks: { bets: [betId] },
      decide(facts) {
        const stored = facts.bet(betId);
        if (!stored || stored.bet.accountId !== actor.accountId) return { result: err(NOT_FOUND), changes: null };
        if (stored.bet.state === 'expired') return { result: ok(stored), changes: null };
        if (stored.bet.state !== 'prepared') return { result: err(TOO_LATE), changes: null };
        const occurredAt = parts.live.clock();
        const event: BetEvent = { type: 'expired', payload: { reason: 'refused' }, occurredAt };
        return { result: ok(stored), changes: of(betId, [event]) };
      },
    });
    if (!result.ok) return result;
    const { bet, transactions } = changed[0] ?? result.value;
    return ok(toBetView(bet, transactions));
  });
}

const TOO_LATE = betProblem('already-submitted', 'This bet is submitted: it cannot be taken back any more.');
