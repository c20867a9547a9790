// Drift: does the game still run at the published hazard? A two-sided e-process against exactly that rate, for a
// difference from the first game on or from any later one. Pure; takes each finished game once.
import { createRangeLikelihoods, NO_END, type GameSpan } from '@/lib/edge/affected-ranges';
import { createStartMixture, type StartMixtureState } from '@/lib/edge/start-mixture';
import { PUBLISHED_HAZARD } from '@/lib/game/rules';

export type DriftDirection = 'higher' | 'lower';

export type HazardDrift = {
  observe(span: GameSpan): void;
  /** P(it ever reaches 1/α) ≤ α while every tick has the published hazard. */
  eValue(): number;
  /** The side that carries the evidence. A side without evidence is still named: read it with the e-value. */
  direction(): DriftDirection;
  serialize(): StartMixtureState;
};

/** Hazards mixed over, as factors of the published one: 10 % to 120 % away, both ways alike. */
const EFFECTS = [0.1, 0.2, 0.4, 0.8] as const;
const HAZARDS = [...EFFECTS, ...EFFECTS.map((effect) => -effect)].map((effect) => PUBLISHED_HAZARD * Math.exp(effect));

export function createHazardDrift(saved?: StartMixtureState): HazardDrift {
  const weight = 1 / HAZARDS.length;
  const ranges = HAZARDS.map((hazard) => ({ firstTick: 1, endTick: NO_END, hazard, weight }));
  const likelihoods = createRangeLikelihoods(ranges, PUBLISHED_HAZARD);
  const mixture = createStartMixture(new Float64Array(HAZARDS.length).fill(weight), saved);
  const factors = new Float64Array(HAZARDS.length);
  return {
    observe(span) {
      likelihoods.read(span, factors);
      mixture.advance(factors);
    },
    eValue: mixture.eValue,
    direction: () => (HAZARDS[mixture.leading()]! > PUBLISHED_HAZARD ? 'higher' : 'lower'),
    serialize: mixture.serialize,
  };
}
