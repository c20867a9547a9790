// Writes simulated games with everything a watched game leaves: ticks with arrivals and assessments, trades, side bets,
// predictions, recommendations, verified seeds, events. Through the same loop, recorder and store as live, in simulated
// time; as fast as the store takes it. Called by the seed-history command and by tests.
import type { EpochMs } from '@/lib/units/time';
import { epochMs } from '@/lib/units/time';
import { nextTurn } from '@/server/import/import-games';
import { createTakeDown } from '@/server/import/take-down';
import { toFacts } from '@/server/seed/simulated-facts';
import { planHistory } from '@/server/seed/simulated-history';
import type { PostgresStore } from '@/server/store/create-store';

export type SeedTally = { games: number; ticks: number; predictions: number; from: EpochMs | null };

export async function seedHistory({
  store,
  seed,
  games,
  until,
  signal,
  onGame = () => {},
}: {
  /** Opened for the source `simulator`. */
  store: Pick<PostgresStore, 'write' | 'writePrediction' | 'writeRecommendation' | 'ready'>;
  seed: string;
  games: number;
  until: EpochMs;
  signal?: AbortSignal;
  onGame?: (games: number) => void;
}): Promise<SeedTally> {
  let now = epochMs(0);
  const takeDown = createTakeDown({ store, origin: 'live', now: () => now });
  const tally: SeedTally = { games: 0, ticks: 0, predictions: 0, from: null };
  for (const game of planHistory({ seed, games, until }).games()) {
    await nextTurn();
    if (signal?.aborted) break;
    await store.ready();
    tally.from ??= game.announcedAt;
    for (const fact of toFacts(game)) {
      if ('at' in fact && fact.at !== null) now = fact.at;
      if (fact.type === 'tick') tally.ticks++;
      takeDown.keep(fact);
    }
    onGame(++tally.games);
  }
  tally.predictions = takeDown.predictions();
  return tally;
}
