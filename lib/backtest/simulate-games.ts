// Games from the published generator with made-up seeds, for backtests without recordings: fair ones, or with another
// hazard. The same seed gives the same games. A hazard other than the published one is a world that does not exist.
import type { RecordedGame } from '@/lib/backtest/recorded-game';
import { replayGame } from '@/lib/game/provably-fair';

export function* simulateGames({
  games,
  seed,
  hazard,
}: {
  games: number;
  seed: string;
  hazard?: number | ((tick: number) => number);
}): Generator<RecordedGame> {
  for (let i = 0; i < games; i++) {
    const gameId = `simulated-${i}`;
    const { prices, rugTick } = replayGame({ serverSeed: `backtest ${seed}`, gameId, version: 'v3', hazard });
    yield { gameId, startedAtMs: null, rugTick, prices, tickOffsetsMs: null, tradeTicks: null, sideBets: null };
  }
}
