// A mixture of bets against a null, each on one way the game could differ from it, in force from the first game on or from
// any later one. Pure bookkeeping; the alarm and the drift are such mixtures. Its value is an e-process: a nonnegative
// process that starts at 1 and does not grow in expectation under the null, so P(it ever reaches 1/α) ≤ α (Ville 1939).
// Sources: e-values add and average, Vovk & Wang, Ann. Statist. 49 (2021) 1736–1754; sums over the start of a change,
// Shin, Ramdas & Rinaldo, E-detectors (2023); here with weights that add to 1, so that the error is that of all time
// and not one false alarm per so many games. Survey: Ramdas, Grünwald, Vovk & Shafer, Stat. Sci. 38 (2023) 576–601.

export type StartMixtureState = {
  readonly games: number;
  readonly fromStart: readonly number[];
  readonly later: readonly number[];
  readonly laterSince: readonly number[];
};

export type StartMixture = {
  /** Multiplies every running bet by its factor for the game that just ended. */
  advance(factors: Float64Array): void;
  eValue(): number;
  /** The part that starts later, as an e-process of its own. */
  laterEValue(): number;
  /** The way that carries most of the value. */
  leading(): number;
  /** Of the bets that started later, the way that carries most, and the game before which it began (a mean). */
  laterLeading(): { readonly index: number; readonly sinceGame: number };
  serialize(): StartMixtureState;
};

/** Share of the bets held back for a difference that begins later. Costs the others ln(1/0.88) = 0.13 nats. */
const LATER_SHARE = 0.12;
/** Weight not yet started after n games: √(n₀ / (n₀ + n)). Heavy-tailed; n₀ is about a day of games. */
const LATER_SCALE_GAMES = 1_000;
/** Far beyond any claim; stopping the growth there gives away value, which leaves the process valid. */
const VALUE_MAX = 1e200;
/** Below this a bet is lost for good; exact zero keeps arithmetic out of subnormal numbers, which are slow. */
const VALUE_MIN = 1e-300;

/** `weights` add to 1. */
export function createStartMixture(weights: Float64Array, saved?: StartMixtureState): StartMixture {
  const fromStart = saved ? Float64Array.from(saved.fromStart) : new Float64Array(weights.length).fill(1);
  const later = saved ? Float64Array.from(saved.later) : new Float64Array(weights.length);
  const laterSince = saved ? Float64Array.from(saved.laterSince) : new Float64Array(weights.length);
  let games = saved?.games ?? 0;
  const sum = (values: Float64Array) => values.reduce((total, value, i) => total + weights[i]! * value, 0);
  const largest = (value: (index: number) => number) => {
    let best = 0;
    for (let i = 1; i < weights.length; i++) if (weights[i]! * value(i) > weights[best]! * value(best)) best = i;
    return best;
  };
  let laterValue = sum(later) + notStarted(games);
  let value = (1 - LATER_SHARE) * sum(fromStart) + LATER_SHARE * laterValue;
  return {
    advance(factors) {
      const starting = notStarted(games) - notStarted(games + 1);
      for (let i = 0; i < weights.length; i++) {
        fromStart[i] = bounded(fromStart[i]! * factors[i]!);
        const running = later[i]! + starting;
        laterSince[i] = (later[i]! * laterSince[i]! + starting * games) / running;
        later[i] = bounded(running * factors[i]!);
      }
      games++;
      laterValue = sum(later) + notStarted(games);
      value = (1 - LATER_SHARE) * sum(fromStart) + LATER_SHARE * laterValue;
    },
    eValue: () => value,
    laterEValue: () => laterValue,
    leading: () => largest((i) => (1 - LATER_SHARE) * fromStart[i]! + LATER_SHARE * later[i]!),
    laterLeading() {
      const index = largest((i) => later[i]!);
      return { index, sinceGame: Math.round(laterSince[index]!) };
    },
    serialize: () => ({ games, fromStart: [...fromStart], later: [...later], laterSince: [...laterSince] }),
  };
}

function notStarted(games: number): number {
  return Math.sqrt(LATER_SCALE_GAMES / (LATER_SCALE_GAMES + games));
}

function bounded(value: number): number {
  return value < VALUE_MIN ? 0 : Math.min(value, VALUE_MAX);
}
