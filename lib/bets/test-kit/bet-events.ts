// Bets and their events for tests: a bet taken to any state by the events that lead there.
import type { Bet } from '@/lib/bets/bet';
import type { BetEvent, BetEventPayloads, BetEventType } from '@/lib/bets/bet-event';
import { applyBetEvent } from '@/lib/bets/fold-bet';

export const BET_ID = 'Bet1111111111111111111';
export const GAME_ID = '20260101-0000000000000001';
const START = 1_767_225_600_000;

export const PREPARED: BetEventPayloads['prepared'] = {
  accountId: 'player',
  venue: 'practice',
  clientKey: 'client-key',
  sessionId: 'Session111111111111111',
  strategyId: null,
  stakeLamports: '50000000',
  payout: 5,
  gameId: GAME_ID,
  tick: 7,
  expiresAt: START + 30_000,
  advice: null,
};

const PAYLOADS: BetEventPayloads = {
  prepared: PREPARED,
  submitted: {},
  activated: { startTick: 10 },
  'stake-finalized': {},
  won: { rugTick: 50 },
  lost: { rugTick: null },
  voided: { reason: 'game-ended' },
  paid: { lamports: '250000000' },
  refunded: { lamports: '50000000' },
  expired: { reason: 'not-submitted' },
};

/** `n` makes times differ. */
export function betEvent<T extends BetEventType>(type: T, payload: Partial<BetEventPayloads[T]> = {}, n = 0): BetEvent {
  return { type, payload: { ...PAYLOADS[type], ...payload }, occurredAt: START + n * 1_000 } as BetEvent;
}

/** Throws for what cannot follow. */
export function betAfter(...types: readonly (BetEventType | BetEvent)[]): Bet {
  let bet: Bet | null = null;
  types.forEach((type, n) => {
    const event = typeof type === 'string' ? betEvent(type, {}, n) : type;
    const applied = applyBetEvent(bet, { betId: BET_ID, event });
    if (!applied.ok) throw new Error(JSON.stringify(applied.error));
    bet = applied.value;
  });
  return bet!;
}
