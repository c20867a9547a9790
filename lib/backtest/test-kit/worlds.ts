// Games for backtest tests: real paths from the published generator, ended by a hazard of the test's choosing.
import seedrandom from 'seedrandom';
import type { RecordedGame } from '@/lib/backtest/recorded-game';
import { replayGame } from '@/lib/game/provably-fair';

export const GAME: Omit<RecordedGame, 'rugTick'> = {
  gameId: null,
  startedAtMs: null,
  prices: null,
  tickOffsetsMs: null,
  tradeTicks: null,
  sideBets: null,
};

/** Only lengths are known. */
export function gamesOfLengths(rugTicks: readonly number[]): RecordedGame[] {
  return rugTicks.map((rugTick) => ({ ...GAME, rugTick }));
}

/** A world in which the hazard follows the realised volatility of the last 40 ticks: by `effect` per 0.02. */
export function volatileWorld({
  games,
  seed,
  effect,
}: {
  games: number;
  seed: string;
  effect: number;
}): RecordedGame[] {
  return Array.from({ length: games }, (_, game) => {
    const { prices } = replayGame({ serverSeed: seed, gameId: String(game), version: 'v3', hazard: 0 });
    const random = seedrandom(`${seed} rug ${game}`);
    let rugTick = 1;
    while (rugTick < 1_500 && random() >= hazardAt(prices, rugTick, effect)) rugTick++;
    return { ...GAME, rugTick, prices: prices.slice(0, rugTick + 1) };
  });
}

function hazardAt(prices: readonly number[], tick: number, effect: number): number {
  if (tick <= 40) return 0.005;
  let squares = 0;
  for (let i = tick - 40; i < tick; i++) squares += Math.log((prices[i]! + 1e-9) / (prices[i - 1]! + 1e-9)) ** 2;
  const level = Math.max(-2, Math.min(2, (Math.sqrt(squares / 40) - 0.075) / 0.02));
  return 1 / (1 + Math.exp(-(Math.log(0.005 / 0.995) + effect * level)));
}
