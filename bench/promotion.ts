// How often the headline is moved when nothing should move it, and how soon when something should: simulated worlds with
// fixed seeds, games learnt one by one. Shares in per cent of worlds; games to promotion are medians over worlds.
import { playGame } from '@/lib/backtest/recorded-game';
import { simulateGames } from '@/lib/backtest/simulate-games';
import { createFeatureTracker } from '@/lib/hazard/feature-tracker';
import { createModelSet } from '@/lib/hazard/model-set';
import seedrandom from 'seedrandom';
import { percentile, round } from '@/lib/math/percentile';

type Hazard = (tick: number, game: number) => number;

const FAIR_WORLDS = 1_000;
const FAIR_GAMES = 1_000;
const FAIR_WORLDS_ALL_MODELS = 60;
const FAIR_GAMES_ALL_MODELS = 500;
const BIASED_WORLDS = 60;
const BIASED_GAMES_MAX = 2_000;

const FAIR: Hazard = () => 0.005;
const BIASED: Readonly<Record<string, Hazard>> = {
  'hazard 0.0075': () => 0.0075,
  '0.010 from tick 200': (tick) => (tick >= 200 ? 0.01 : 0.005),
  '0.05 before tick 10': (tick) => (tick < 10 ? 0.05 : 0.005),
  '0.0075 after 1,000 fair games': (_, game) => (game >= 1_000 ? 0.0075 : 0.005),
};

export async function run() {
  const movedByEmpirical = countWorlds(FAIR_WORLDS, (world) => firstMove(`fair ${world}`, FAIR, FAIR_GAMES) !== null);
  const movedByAny = countWorlds(FAIR_WORLDS_ALL_MODELS, (world) => allModelsMove(`fair ${world}`));
  return {
    fair: {
      empirical: { worlds: FAIR_WORLDS, games: FAIR_GAMES, everMovedPercent: percent(movedByEmpirical, FAIR_WORLDS) },
      allModels: {
        worlds: FAIR_WORLDS_ALL_MODELS,
        games: FAIR_GAMES_ALL_MODELS,
        everMovedPercent: percent(movedByAny, FAIR_WORLDS_ALL_MODELS),
      },
    },
    biased: Object.fromEntries(Object.entries(BIASED).map(([name, hazard]) => [name, gamesToPromotion(name, hazard)])),
  };
}

function gamesToPromotion(name: string, hazard: Hazard) {
  const moves: number[] = [];
  for (let world = 0; world < BIASED_WORLDS; world++) {
    const game = firstMove(`${name} ${world}`, hazard, BIASED_GAMES_MAX);
    if (game !== null) moves.push(game);
  }
  return { worlds: BIASED_WORLDS, promotedIn: moves.length, medianGames: percentile(moves, 0.5) };
}

/** The game after which the headline first left the published hazard; lengths only, so the empirical model alone can. */
function firstMove(seed: string, hazard: Hazard, games: number): number | null {
  const random = seedrandom(seed);
  const set = createModelSet(['published', 'empirical']);
  for (let game = 0; game < games; game++) {
    let rugTick = 1;
    while (rugTick < 5_000 && random() >= hazard(rugTick, game)) rugTick++;
    set.observeGame({ rugTick, features: null });
    if (set.headline.id !== 'published') return game + 1;
  }
  return null;
}

/** With whole price paths, so that every covariate term is tried too. */
function allModelsMove(seed: string): boolean {
  const set = createModelSet();
  const tracker = createFeatureTracker();
  for (const game of simulateGames({ games: FAIR_GAMES_ALL_MODELS, seed })) {
    set.observeGame({ rugTick: game.rugTick, features: playGame(game, tracker) });
    tracker.finishGame({ rugTick: game.rugTick, peak: Math.max(...(game.prices as number[])) });
    if (set.headline.id !== 'published') return true;
  }
  return false;
}

function countWorlds(worlds: number, happens: (world: number) => boolean): number {
  let count = 0;
  for (let world = 0; world < worlds; world++) if (happens(world)) count++;
  return count;
}

function percent(part: number, whole: number): number {
  return round((100 * part) / whole, 2);
}
