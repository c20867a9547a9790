// The covariates of a game, row by row: what was known at each tick and nothing later. Names, groups and the table only;
// feature-tracker.ts computes them, covariate.ts weighs them.

export const FEATURE_GROUPS = ['timing', 'market', 'volatility'] as const;
export type FeatureGroup = (typeof FEATURE_GROUPS)[number];

export type Feature = { readonly id: string; readonly group: FeatureGroup; readonly means: string };

/** The order is the column order of every table and of a stored model: append, never reorder. */
export const FEATURES: readonly Feature[] = [
  { id: 'interval-deviation', group: 'timing', means: 'ln of the last tick interval over its running level' },
  { id: 'interval-unsteadiness', group: 'timing', means: 'mean absolute deviation of the last 20 or so intervals' },
  { id: 'stall-recency', group: 'timing', means: '1 at a stall of over 1 s, fading by e every 10 ticks' },
  { id: 'players', group: 'market', means: 'ln of the players connected' },
  { id: 'trade-rate', group: 'market', means: 'ln(1 + trades in the 40 ticks before this one)' },
  { id: 'side-bet-volume', group: 'market', means: 'ln(1 + SOL in side bets in the 40 ticks before this one)' },
  { id: 'previous-length', group: 'market', means: 'ln of the previous game’s rug tick' },
  { id: 'recent-lengths', group: 'market', means: 'mean ln rug tick of the last ten games' },
  { id: 'previous-peak', group: 'market', means: 'ln of the previous game’s peak' },
  { id: 'recent-peaks', group: 'market', means: 'mean ln peak of the last ten games' },
  { id: 'volatility-10', group: 'volatility', means: 'ln of the root mean square log return over 10 ticks' },
  { id: 'volatility-40', group: 'volatility', means: 'the same over 40 ticks' },
  { id: 'momentum-10', group: 'volatility', means: 'log return over 10 ticks' },
  { id: 'peak-ratio', group: 'volatility', means: 'ln of price over the peak so far' },
  { id: 'rsi-14', group: 'volatility', means: 'relative strength index over 14 ticks, centred: RSI/100 − ½' },
];

export const FEATURE_COUNT = FEATURES.length;

/** Index into FEATURE_GROUPS, by column. */
export const GROUP_BY_FEATURE: readonly number[] = FEATURES.map((feature) => FEATURE_GROUPS.indexOf(feature.group));

export type FeatureTable = {
  /** Ticks 0 … rows − 1. */
  readonly rows: number;
  /** rows × FEATURE_COUNT raw values, row after row; NaN where not known. The storage may be longer. */
  readonly values: Float64Array;
};
