// Evidence that one prediction beats another on games neither had seen: an e-process from their likelihood ratios.
// Pure bookkeeping; called once per finished game by the headline, which promotes and demotes by it.
// Sources: Wald, Sequential Analysis (1947); Ville's inequality and e-processes, Ramdas, Grünwald, Vovk & Shafer,
// Statistical Science 38 (2023) 576–601; mixtures over the start of a change, Shin, Ramdas & Rinaldo, E-detectors (2023).

export type PrequentialEvidence = {
  /** Adds a game's log-likelihood difference in nats: challenger minus holder, both fixed before the game. */
  add(gainNats: number): void;
  /** ln of the e-value as it stands. Under the holder, P(it ever exceeds ln(1/α)) ≤ α. */
  logEValue(): number;
  games(): number;
  /** Mean gain in nats per game over all games; 0 before the first. */
  gainPerGame(): number;
  reset(): void;
  serialize(): EvidenceState;
  restore(saved: EvidenceState): void;
};

export type EvidenceState = { games: number; gain: number; logStarted: number };

/**
 * E_t = Σ_{j ≤ t} w_j Π_{i=j..t} L_i + (1 − Σ_{j ≤ t} w_j): a mixture of bets that start at game j, each a test martingale
 * under the holder. A bet never loses more than its own weight, so years without an advantage cost a later advantage
 * only ln(1/w_j). The weights w_j = ln 2 (1/ln(j + 1) − 1/ln(j + 2)) fall almost as slowly as a sum to 1 allows
 * (like 1/(j ln² j)) and telescope: what is not yet started is ln 2 / ln(t + 2). w_1 = 0.369, w_1000 = e^−11.1.
 */
export function createPrequentialEvidence(): PrequentialEvidence {
  let games = 0;
  let gain = 0;
  let logStarted = -Infinity;
  return {
    add(gainNats) {
      games++;
      gain += gainNats;
      logStarted = logSumExp(logStarted, logStartWeight(games)) + gainNats;
    },
    logEValue: () => logSumExp(logStarted, logNotStarted(games)),
    games: () => games,
    gainPerGame: () => (games === 0 ? 0 : gain / games),
    reset() {
      games = 0;
      gain = 0;
      logStarted = -Infinity;
    },
    // JSON has no −Infinity; nothing that was ever started is that small.
    serialize: () => ({ games, gain, logStarted: Math.max(logStarted, -Number.MAX_VALUE) }),
    restore(saved) {
      games = saved.games;
      gain = saved.gain;
      logStarted = saved.logStarted;
    },
  };
}

export function logStartWeight(game: number): number {
  return Math.log(Math.LN2 * (1 / Math.log(game + 1) - 1 / Math.log(game + 2)));
}

export function logNotStarted(games: number): number {
  return Math.log(Math.LN2 / Math.log(games + 2));
}

function logSumExp(a: number, b: number): number {
  const high = Math.max(a, b);
  return high === -Infinity ? -Infinity : high + Math.log1p(Math.exp(Math.min(a, b) - high));
}
