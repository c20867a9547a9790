// The published rules of the game and of its side bet. Every number here was checked on recorded games.

/** P(rug) per tick, drawn before the price moves. Published generator, and 653 games of July 2025 agree. */
export const PUBLISHED_HAZARD = 0.005;

/** Ticks a side bet covers: it wins if and only if start < rugTick ≤ start + 40 (1,828 of 1,828 settlements). */
export const WINDOW_TICKS = 40;

/** The generator stops a game here whatever happens. */
export const GAME_TICKS_MAX = 5_000;

/** Nominal tick interval. Measured: mean 250.9 to 271.5 ms; windows count ticks, not milliseconds. */
export const NOMINAL_TICK_MS = 250;

/** Total returned per unit staked on a win, in all 3,402 recorded bets; the feed's own value is used when it names one. */
export const DEFAULT_PAYOUT_MULTIPLE = 5;

export const COOLDOWN_MS = 15_000;
/** The last part of the cooldown, in which bets are taken for tick 0. */
export const PRESALE_MS = 10_000;

export const SOL_COIN_ADDRESS = 'So11111111111111111111111111111111111111112';
export const PRACTICE_COIN_ADDRESS = '0xPractice';

/** Stakes the venue takes, in lamports: 0.001 to 5 SOL were seen. */
export const STAKE_MIN_LAMPORTS = 1_000_000n;
export const STAKE_MAX_LAMPORTS = 5_000_000_000n;

export type Phase = 'cooldown' | 'presale' | 'active' | 'rugged';

/** The order a game goes through them; a late frame never takes a game back. */
export const PHASE_ORDER: Record<Phase, number> = { cooldown: 0, presale: 1, active: 2, rugged: 3 };

export function windowEndTick(startTick: number): number {
  return startTick + WINDOW_TICKS;
}

/** The settlement rule. `rugTick` is the index of the last entry of the published path. */
export function sideBetWins({ startTick, rugTick }: { startTick: number; rugTick: number }): boolean {
  return startTick < rugTick && rugTick <= windowEndTick(startTick);
}
