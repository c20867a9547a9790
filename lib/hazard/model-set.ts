// The hazard models of one run, by name, with the headline that decides among them. The one place where models are made:
// the server, the replay and the backtester all take theirs from here, so that they learn the same things in the same order.
import { createCovariateModel } from '@/lib/hazard/covariate';
import { createDocumentedCurve } from '@/lib/hazard/documented-curve';
import { createEmpiricalModel } from '@/lib/hazard/empirical';
import { createHeadline, type Headline } from '@/lib/hazard/headline';
import type { LearningModel, ModelState, ObservedGame } from '@/lib/hazard/learning-model';
import { createPublishedModel } from '@/lib/hazard/published';

export const MODEL_IDS = ['published', 'empirical', 'covariate', 'documented-curve'] as const;
export type ModelId = (typeof MODEL_IDS)[number];

/** What takes part in advice; the documented curve is a baseline for reports only. */
export const LIVE_MODEL_IDS: readonly ModelId[] = ['published', 'empirical', 'covariate'];

export type ModelSet = {
  readonly models: readonly LearningModel[];
  readonly headline: Headline;
  /** True when a model here can use a game's features. */
  readonly usesFeatures: boolean;
  /** A game has ended: terms are scored on it, then every model learns from it. */
  observeGame(game: ObservedGame): void;
  serialize(): ModelSetState;
};

export type ModelSetState = { readonly models: Readonly<Record<string, ModelState>>; readonly headline: ModelState };

export function isModelId(text: string): text is ModelId {
  return (MODEL_IDS as readonly string[]).includes(text);
}

/** `saved` must come from a set with the same models; a state that does not fit is a RangeError. */
export function createModelSet(ids: readonly ModelId[] = LIVE_MODEL_IDS, saved?: ModelSetState): ModelSet {
  const wanted = (id: ModelId) => ids.includes(id);
  const empirical = wanted('empirical') ? createEmpiricalModel({}, saved?.models['empirical']) : null;
  const covariate = wanted('covariate') ? createCovariateModel({}, saved?.models['covariate']) : null;
  const headline = createHeadline({ empirical, covariate }, saved?.headline);
  const models = MODEL_IDS.filter(wanted).map((id): LearningModel => {
    switch (id) {
      case 'published':
        return createPublishedModel();
      case 'empirical':
        return empirical!;
      case 'covariate':
        return covariate!;
      case 'documented-curve':
        return createDocumentedCurve();
    }
  });
  return {
    models,
    headline,
    usesFeatures: covariate !== null,
    observeGame: (game) => headline.observeGame(game),
    serialize: () => ({
      models: Object.fromEntries(models.map((model) => [model.id, model.serialize()])),
      headline: headline.serialize(),
    }),
  };
}
