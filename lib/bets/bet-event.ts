// The events of a bet's stream, "bet:<id>". They name an account by its random id, no wallet and no signature: those stand
// in tables that can be deleted. Amounts are decimal text, since payloads are JSON.
import type { BetAdvice } from '@/lib/bets/bet-advice';
import type { ExpiryReason, VenueId, VoidReason } from '@/lib/bets/bet';

export type BetEventPayloads = {
  prepared: {
    readonly accountId: string;
    readonly venue: VenueId;
    readonly clientKey: string;
    readonly sessionId: string;
    readonly strategyId: string | null;
    readonly stakeLamports: string;
    readonly payout: number;
    readonly gameId: string;
    readonly tick: number | null;
    readonly expiresAt: number;
    readonly advice: BetAdvice | null;
  };
  submitted: Record<string, never>;
  /** Confirmed while its game could still be bet on: the window begins here. */
  activated: { readonly startTick: number };
  /** Nothing can undo the stake any more. */
  'stake-finalized': Record<string, never>;
  won: { readonly rugTick: number };
  /** `rugTick` null: the window passed with the game alive. From `lost` a confirmed game may still make it won. */
  lost: { readonly rugTick: number | null };
  voided: { readonly reason: VoidReason };
  paid: { readonly lamports: string };
  /** 0 where nothing had been taken. */
  refunded: { readonly lamports: string };
  expired: { readonly reason: ExpiryReason };
};

export type BetEventType = keyof BetEventPayloads;
export type BetEvent = {
  [T in BetEventType]: { readonly type: T; readonly payload: BetEventPayloads[T]; readonly occurredAt: number };
}[BetEventType];

export function betStream(betId: string): string {
  return `bet:${betId}`;
}
