// Which side bets the crowd places in a game: by whom, how much and at which tick. Pure. A player never has two open.
import { PRACTICE_COIN_ADDRESS, SOL_COIN_ADDRESS, WINDOW_TICKS } from '@/lib/game/rules';
import type { Lamports } from '@/lib/units/lamports';
import { sampleStakeLamports, type SimulatedPlayer } from '@/server/simulator/crowd';
import { uuidFrom, type Random } from '@/server/simulator/random';

export type PlannedSideBet = {
  readonly id: string;
  readonly payoutId: string;
  readonly player: SimulatedPlayer;
  readonly stakeLamports: Lamports;
  readonly coinAddress: string;
  readonly startTick: number;
  /** Cooldown left when a presale bet is placed; null for a bet placed while the game is active. */
  readonly presaleLeftMs: number | null;
};

/** New bettors per tick, and in the presale. Recorded games show 0.17 bets a tick and about three presale bets. */
const ARRIVALS_PER_TICK = 0.075;
const PRESALE_ARRIVALS = 3.3;
/** A bettor whose bet is over usually places another, after a gap of 0 or more ticks (2 is typical). */
const AGAIN_CHANCE = 0.62;
const GAP_TICKS_MEAN = 2;
/** Far above what a 5,000-tick game brings; the crowd stops betting there. */
const SIDE_BETS_MAX = 1_500;

export function planSideBets({
  players,
  rugTick,
  presaleMs,
  random,
}: {
  players: readonly SimulatedPlayer[];
  rugTick: number;
  presaleMs: number;
  random: Random;
}): readonly PlannedSideBet[] {
  const bets: PlannedSideBet[] = [];
  const pickPlayer = createWeightedPick(players, random);
  /** First tick at which a player may bet again. */
  const freeFrom = new Map<string, number>();
  const place = (player: SimulatedPlayer, startTick: number, presaleLeftMs: number | null) => {
    bets.push({
      id: uuidFrom(random),
      payoutId: uuidFrom(random),
      player,
      stakeLamports: sampleStakeLamports(player, random),
      coinAddress: player.practice ? PRACTICE_COIN_ADDRESS : SOL_COIN_ADDRESS,
      startTick,
      presaleLeftMs,
    });
    freeFrom.set(player.id, startTick + WINDOW_TICKS);
  };
  const chain = (player: SimulatedPlayer, firstTick: number, presaleLeftMs: number | null) => {
    if ((freeFrom.get(player.id) ?? 0) > firstTick) return;
    place(player, firstTick, presaleLeftMs);
    let tick = firstTick;
    while (random.chance(AGAIN_CHANCE)) {
      tick += WINDOW_TICKS + random.poisson(GAP_TICKS_MEAN);
      if (tick >= rugTick) return;
      place(player, tick, null);
    }
  };
  for (let left = random.poisson(PRESALE_ARRIVALS); left > 0; left--) {
    chain(pickPlayer(), 0, random.integer(1, Math.floor(presaleMs / 100)) * 100);
  }
  for (let tick = 1; tick < rugTick && bets.length < SIDE_BETS_MAX; tick++) {
    for (let left = random.poisson(ARRIVALS_PER_TICK); left > 0; left--) chain(pickPlayer(), tick, null);
  }
  return bets.sort((a, b) => a.startTick - b.startTick || (b.presaleLeftMs ?? 0) - (a.presaleLeftMs ?? 0));
}

function createWeightedPick(players: readonly SimulatedPlayer[], random: Random): () => SimulatedPlayer {
  const total = players.reduce((sum, player) => sum + player.betAppetite, 0);
  return () => {
    let left = random.next() * total;
    for (const player of players) {
      left -= player.betAppetite;
      if (left < 0) return player;
    }
    return players.at(-1)!;
  };
}
