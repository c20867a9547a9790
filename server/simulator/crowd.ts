// The simulated players: who they are and how they tend to play. Drawn once for each run from its seed.
import { lamports, type Lamports } from '@/lib/units/lamports';
import { STAKE_MAX_LAMPORTS, STAKE_MIN_LAMPORTS } from '@/lib/game/rules';
import type { Random } from '@/server/simulator/random';

export type SimulatedPlayer = {
  readonly id: string;
  /** A few players have never chosen a name, as on the feed. */
  readonly username: string | null;
  readonly level: number;
  /** Plays with practice coins instead of SOL. */
  readonly practice: boolean;
  /** Chance to trade at all in a game. */
  readonly tradeAppetite: number;
  /** Weight among those who place the next side bet: a few regulars place most of them. */
  readonly betAppetite: number;
  readonly typicalStakeSol: number;
};

const PLAYERS_MIN = 100;
const PLAYERS_MAX = 200;
const LEVEL_MAX = 70;
const NAMELESS_SHARE = 0.03;
const PRACTICE_SHARE = 0.05;
/** Of 565 recorded bet rows a third was of 0.001 SOL and nine tenths were below 0.05: log-normal, wide. */
const TYPICAL_STAKE_MEDIAN_SOL = 0.008;
const TYPICAL_STAKE_SIGMA = 1.4;
const STAKE_SIGMA = 0.9;
/** Most stakes are round; the rest have all nine decimals. */
const ROUND_STAKE_SHARE = 0.9;
const LAMPORTS_PER_MILLISOL = 1_000_000;

export function createCrowd(random: Random): readonly SimulatedPlayer[] {
  return Array.from({ length: random.integer(PLAYERS_MIN, PLAYERS_MAX) }, () => {
    const digits = random.hex(6);
    return {
      id: playerIdFrom(random),
      username: random.chance(NAMELESS_SHARE) ? null : `player-${digits}`,
      level: Math.floor(LEVEL_MAX * random.next() * random.next()),
      practice: random.chance(PRACTICE_SHARE),
      tradeAppetite: random.between(0.1, 0.8),
      betAppetite: Math.exp(1.5 * random.gaussian()),
      typicalStakeSol: TYPICAL_STAKE_MEDIAN_SOL * Math.exp(TYPICAL_STAKE_SIGMA * random.gaussian()),
    };
  });
}

export function playerIdFrom(random: Random): string {
  return `did:privy:${random.hex(25)}`;
}

/** Heavy-tailed around what the player typically stakes, within what the venue takes. */
export function sampleStakeLamports(player: SimulatedPlayer, random: Random): Lamports {
  const sol = player.typicalStakeSol * Math.exp(STAKE_SIGMA * random.gaussian());
  const unit = random.chance(ROUND_STAKE_SHARE) ? LAMPORTS_PER_MILLISOL : 1;
  const wished = BigInt(Math.round((sol * 1e9) / unit) * unit);
  if (wished < STAKE_MIN_LAMPORTS) return lamports(STAKE_MIN_LAMPORTS);
  return lamports(wished > STAKE_MAX_LAMPORTS ? STAKE_MAX_LAMPORTS : wished);
}
