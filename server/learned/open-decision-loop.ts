// The decision loop of a running process, with what earlier runs have learnt, which is kept after every further game.
import { createEvidence } from '@/lib/decision/create-evidence';
import { createDecisionLoop, type DecisionLoop } from '@/lib/decision/loop';
import { createModelSet, LIVE_MODEL_IDS, type ModelSetState } from '@/lib/hazard/model-set';
import type { Config } from '@/server/config';
import { openLearnedFile } from '@/server/learned/learned-file';
import type { Log } from '@/server/ops/log';

export type OpenLoop = { readonly loop: DecisionLoop; stop(): Promise<void> };

type State = { readonly models: ModelSetState; readonly evidence: unknown };

export async function openDecisionLoop({ config, log }: { config: Config; log: Log }): Promise<OpenLoop> {
  const file = await openLearnedFile({ dataDir: config.DATA_DIR, kind: kindOf(config), log });
  const restored = restore(file.saved?.state, log);
  const { models, evidence } = restored ?? create();
  const loop = createDecisionLoop({
    models,
    evidence,
    isUnseen: file.isUnseen,
    onLearnt: (gameId) => file.learnt(gameId, () => ({ models: models.serialize(), evidence: evidence.serialize() })),
  });
  return { loop, stop: () => file.flush() };
}

/** Games of different rules must not teach one another: a simulated hazard is none of the real game's business. */
function kindOf({ FEED, SIM_HAZARD }: Config): string {
  return FEED === 'simulator' ? `simulator-${SIM_HAZARD}` : FEED;
}

function create(state?: State) {
  return {
    models: createModelSet(LIVE_MODEL_IDS, state?.models),
    evidence: createEvidence({ saved: state?.evidence }),
  };
}

/** A state that does not fit, say of an older version, is no reason not to start. */
function restore(state: unknown, log: Log) {
  if (!state) return null;
  try {
    return create(state as State);
  } catch (error) {
    log.warn({ error: String(error) }, 'what was learnt does not fit this version; starting over');
    return null;
  }
}
