// A stake has arrived: the bet's window begins now, or the bet is void. Pure; the engine asks when a venue reports a stake,
// with the game as it knows it at that moment.
import { BET_TIMEOUT_MS, type Bet } from '@/lib/bets/bet';
import type { BetEvent } from '@/lib/bets/bet-event';
import type { VoidReason } from '@/lib/bets/bet';
import type { Phase } from '@/lib/game/rules';
import type { GameId } from '@/lib/units/game-id';
import type { Lamports } from '@/lib/units/lamports';
import { epochMs, type EpochMs } from '@/lib/units/time';

export type ArrivedStake = {
  readonly stakeLamports: Lamports;
  /** When the venue saw it. */
  readonly at: EpochMs;
  /** The game's own site named game and tick; otherwise the newest live tick is the start. */
  readonly seen?: { readonly gameId: GameId; readonly startTick: number } | undefined;
};

export type LiveGame = {
  readonly gameId: GameId;
  readonly phase: Phase;
  /** Null before tick 0. */
  readonly liveTick: number | null;
};

export function judgeStake(
  bet: Bet,
  stake: ArrivedStake,
  { game, feedLive, now }: { readonly game: LiveGame | null; readonly feedLive: boolean; readonly now: EpochMs },
): Extract<BetEvent, { type: 'activated' | 'voided' }> {
  const voided = (reason: VoidReason) => ({ type: 'voided', payload: { reason }, occurredAt: now }) as const;
  const activated = (startTick: number) => ({ type: 'activated', payload: { startTick }, occurredAt: now }) as const;
  if (bet.state === 'expired') return voided('late-stake');
  if (stake.stakeLamports !== bet.stakeLamports) return voided('wrong-amount');
  if (stake.seen) return stake.seen.gameId === bet.gameId ? activated(stake.seen.startTick) : voided('game-ended');
  // Also what was seen in time and could not be put on record until now: no window begins later than the player was told.
  if (Math.max(stake.at, now) > deadlineOf(bet)) return voided('too-late');
  if (game && game.gameId !== bet.gameId) return voided('game-ended');
  if (!game || !feedLive) return voided('feed-stale');
  if (game.phase === 'rugged') return voided('game-ended');
  return activated(game.phase === 'active' ? (game.liveTick ?? 0) : 0);
}

function deadlineOf({ submittedAt, expiresAt }: Bet): EpochMs {
  return submittedAt === null ? expiresAt : epochMs(submittedAt + BET_TIMEOUT_MS);
}
