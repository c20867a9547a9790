// Rug ticks of simulated games with any hazard, and nothing else of them. For tests; seeded, so failures repeat.
import seedrandom from 'seedrandom';
import { GAME_TICKS_MAX } from '@/lib/game/rules';

export function simulateRugs({
  games,
  seed,
  hazard,
}: {
  games: number;
  seed: string;
  hazard: number | ((tick: number, game: number) => number);
}): number[] {
  const random = seedrandom(seed);
  const hazardAt = typeof hazard === 'number' ? () => hazard : hazard;
  return Array.from({ length: games }, (_, game) => {
    let tick = 1;
    while (tick < GAME_TICKS_MAX && random() >= hazardAt(tick, game)) tick++;
    return tick;
  });
}
