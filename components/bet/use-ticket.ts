'use client';
// The ticket of this moment: the live state, the advice, the player's account and bets put into computeTicket.
import { useAdvice } from '@/components/advice/advice-provider';
import type { BetRoomView } from '@/components/bet/use-bet-room';
import { computeTicket, type TicketPlayer, type TicketView } from '@/components/bet/compute-ticket';
import { useLive } from '@/components/live/live-provider';
import { useNow } from '@/components/time/use-now';
import type { VenueId } from '@/lib/bets/bet';
import { isClaiming } from '@/lib/decision/verdict';
import { epochMs } from '@/lib/units/time';

export function useTicket({
  venue,
  amountText,
  view: { account, bets },
  isSignedIn,
}: {
  venue: VenueId;
  amountText: string;
  view: Pick<BetRoomView, 'account' | 'bets'>;
  isSignedIn: boolean;
}): TicketView {
  const isTrusted = useLive((state) => isClaiming(state.health));
  const assessment = useLive((state) => state.assessment);
  const verdict = useLive((state) => state.verdict);
  const gameId = useLive((state) => state.game?.gameId ?? null);
  const conditions = useAdvice((state) => state.conditions);
  const profile = useAdvice((state) => state.profile);
  const advice = useAdvice((state) => state.set);
  const second = useNow(1_000);
  const player: TicketPlayer | null = isSignedIn
    ? {
        account: account.account,
        bets: bets.bets,
        isKnown: bets.isKnown,
        balanceLamports: account.balances[venue],
      }
    : null;
  return computeTicket({
    venue,
    amountText,
    assessment: isTrusted ? assessment : null,
    verdict,
    gameId,
    conditions,
    profile,
    advice,
    player,
    now: epochMs((second ?? 0) + account.clockOffsetMs),
  });
}
