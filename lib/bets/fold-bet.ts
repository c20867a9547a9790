// A bet is what its events say: each is applied to the bet before it, or refused when the table of transitions has no such
// step. Pure; the store applies what it writes, and `npm run rebuild -- bets` applies the log again and must get the same.
import type { Bet, BetState } from '@/lib/bets/bet';
import type { BetEvent, BetEventPayloads, BetEventType } from '@/lib/bets/bet-event';
import { TRANSITIONS } from '@/lib/bets/transitions';
import { windowEndTick } from '@/lib/game/rules';
import { gameId } from '@/lib/units/game-id';
import { lamports } from '@/lib/units/lamports';
import { assertNever, err, ok, type Result } from '@/lib/units/result';
import { epochMs, type EpochMs } from '@/lib/units/time';

export type TransitionError = {
  readonly betId: string;
  readonly state: BetState | 'none';
  readonly event: BetEventType;
};

export function applyBetEvent(
  bet: Bet | null,
  { betId, event }: { readonly betId: string; readonly event: BetEvent },
): Result<Bet, TransitionError> {
  const state = bet?.state ?? 'none';
  if (!canFollow(bet, event.type)) return err({ betId, state, event: event.type });
  const at = epochMs(event.occurredAt);
  if (event.type === 'prepared') return ok(prepare(betId, event.payload, at));
  const next = {
    ...change(bet!, event, at),
    state: TRANSITIONS[event.type].to ?? bet!.state,
    version: bet!.version + 1,
  };
  return ok({ ...next, closedAt: isClosed(next) ? (bet!.closedAt ?? at) : null });
}

/** Whether the event may come next. */
export function canFollow(bet: Bet | null, event: BetEventType): boolean {
  return TRANSITIONS[event].from.includes(bet?.state ?? 'none');
}

export function describeTransitionError({ betId, state, event }: TransitionError): string {
  return `The bet ${betId} is ${state}: "${event}" cannot follow.`;
}

/** Nothing is left to happen, but for a stake that arrives after its bet expired. */
function isClosed({ state, stakeFinal }: Bet): boolean {
  return state === 'paid' || state === 'refunded' || state === 'expired' || (state === 'lost' && stakeFinal);
}

function prepare(betId: string, payload: BetEventPayloads['prepared'], at: EpochMs): Bet {
  return {
    betId,
    accountId: payload.accountId,
    venue: payload.venue,
    clientKey: payload.clientKey,
    sessionId: payload.sessionId,
    strategyId: payload.strategyId,
    state: 'prepared',
    stakeLamports: lamports(BigInt(payload.stakeLamports)),
    payout: payload.payout,
    gameId: gameId(payload.gameId),
    preparedTick: payload.tick,
    preparedAt: at,
    expiresAt: epochMs(payload.expiresAt),
    submittedAt: null,
    activeAt: null,
    startTick: null,
    endTick: null,
    rugTick: null,
    settledAt: null,
    closedAt: null,
    stakeFinal: false,
    paidLamports: null,
    reason: null,
    advice: payload.advice,
    version: 1,
  };
}

function change(bet: Bet, event: Exclude<BetEvent, { type: 'prepared' }>, at: EpochMs): Bet {
  switch (event.type) {
    case 'submitted':
      return { ...bet, submittedAt: at };
    case 'activated': {
      const { startTick } = event.payload;
      return { ...bet, activeAt: at, startTick, endTick: windowEndTick(startTick) };
    }
    case 'stake-finalized':
      return { ...bet, stakeFinal: true };
    case 'won':
    case 'lost':
      return { ...bet, rugTick: event.payload.rugTick, settledAt: at };
    case 'voided':
      return { ...bet, reason: event.payload.reason, settledAt: at };
    case 'paid':
    case 'refunded':
      return { ...bet, paidLamports: lamports(BigInt(event.payload.lamports)) };
    case 'expired':
      return { ...bet, reason: event.payload.reason };
    default:
      return assertNever(event);
  }
}
