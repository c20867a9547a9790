// How bold a strategy is, and how bold a player says they are. Strategies, profiles and the ranker share these words.

/** From cautious to bold; `mathematical` strategies follow a formula, whatever the temperament. */
export const TIERS = ['conservative', 'moderate', 'aggressive', 'mathematical'] as const;
export type Tier = (typeof TIERS)[number];

export const RISK_PROFILES = ['conservative', 'moderate', 'aggressive'] as const;
export type RiskProfile = (typeof RISK_PROFILES)[number];
