// The games a simulator will play, known in advance from its seed: what a test needs to place a bet that wins, or one that
// loses, on purpose. By the simulator's own generator, so that the two cannot come apart.
import { epochMs } from '@/lib/units/time';
import type { Lamports } from '@/lib/units/lamports';
import { PUBLISHED_HAZARD, SOL_COIN_ADDRESS } from '@/lib/game/rules';
import { createCrowd } from '@/server/simulator/crowd';
import { planCourse, planGame } from '@/server/simulator/plan-game';
import { createRandom } from '@/server/simulator/random';

export type KnownGame = {
  readonly index: number;
  readonly rugTick: number;
  /** The crowd's own side bets in SOL, by tick. */
  readonly sideBets: readonly {
    readonly playerId: string;
    readonly startTick: number;
    readonly stakeLamports: Lamports;
  }[];
};

/** A game of the real site, December 2025: its rug tick and hash as they were published. */
export const KNOWN = {
  seed: 'e2896666bec952ac4dbc65d73e1d08dcd5da597137dcf6255f23cd67db9dcd7c',
  gameId: '20251207-1e01ac417e8043ca',
  hash: '620f7079cc785925512f5ec4ad3b412a804e68771ed12384509066ce5c635d4c',
  rugTick: 92,
};

const GAMES = 60;
const DAY_MS = 86_400_000;

/** By game id: a game's id carries the date on which it is played, so tomorrow's are known as well. */
export function knownGames({ seed, hazard }: { seed: string; hazard: number }): ReadonlyMap<string, KnownGame> {
  const players = createCrowd(createRandom(`${seed}/players`));
  const games = new Map<string, KnownGame>();
  for (const at of [Date.now(), Date.now() + DAY_MS].map(epochMs)) {
    for (let index = 0; index < GAMES; index++) {
      const { gameId, rugTick, sideBets } = planGame({ seed, index, at, hazard, players });
      games.set(gameId, {
        index,
        rugTick,
        sideBets: sideBets
          .filter(({ coinAddress }) => coinAddress === SOL_COIN_ADDRESS)
          .map(({ player, startTick, stakeLamports }) => ({ playerId: player.id, startTick, stakeLamports })),
      });
    }
  }
  return games;
}

const SEEDS_MAX = 200_000;

/**
 * The first seed of this name whose games `from` to `to` all fit today: a test neither waits for a game that suits it nor meets
 * one that does not. Negative games are those of the feed's history, the newest −1. Ids carry the date, and with them the
 * games change at midnight UTC: a run across it has whatever games come.
 */
export function findSeed({
  name,
  hazard = PUBLISHED_HAZARD,
  from = 0,
  to,
  fits,
}: {
  name: string;
  hazard?: number;
  from?: number;
  to: number;
  fits: (rugTick: number, index: number) => boolean;
}): string {
  const at = epochMs(Date.now());
  for (let n = 0; n < SEEDS_MAX; n++) {
    const seed = `${name} ${n}`;
    let index = from;
    while (index <= to && fits(planCourse({ seed, index, at, hazard }).rugTick, index)) index++;
    if (index > to) return seed;
  }
  throw new Error(`No seed called "${name} …" has games ${from} to ${to} that fit.`);
}
