// Simulated games as the record takes them down, with everything that is said of them, in batches of a few frames each.
import { createEvidence } from '@/lib/decision/create-evidence';
import { createDecisionLoop } from '@/lib/decision/loop';
import type { MadePrediction, MadeRecommendation } from '@/lib/decision/made';
import { createDecisionRecorder } from '@/lib/decision/record-decisions';
import type { GameFact } from '@/lib/game/events';
import { createModelSet } from '@/lib/hazard/model-set';
import type { epochMs } from '@/lib/units/time';
import type { RawSql } from '@/db/connect';
import { createIngest } from '@/server/ingest/ingest';
import { playRun, STARTED_AT } from '@/server/simulator/test-kit/play-run';
import { toStoredFact, type StoredFact } from '@/server/store/store-item';
import { writeBatch, type Batch } from '@/server/store/write-batch';

const FRAMES_PER_BATCH = 20;

export type TimedBatch = { readonly batch: Batch; readonly recordedAt: ReturnType<typeof epochMs> };

export function playBatches({ seed, games }: { seed: string; games: number }): TimedBatch[] {
  const loop = createDecisionLoop({ models: createModelSet(), evidence: createEvidence() });
  let now = STARTED_AT;
  const recorder = createDecisionRecorder({ loop, origin: 'live', now: () => now });
  let facts: StoredFact[] = [];
  let predictions: MadePrediction[] = [];
  let recommendations: MadeRecommendation[] = [];
  const ingest = createIngest({
    onFact(fact: GameFact) {
      const assessment = loop.take(fact);
      facts.push(toStoredFact(fact, { assessment, source: 'simulator' }));
      const said = recorder.take(fact, assessment);
      predictions.push(...said.predictions);
      recommendations.push(...said.recommendations);
    },
    onDeadLetter(letter) {
      throw new Error(`dead letter: ${letter.reason}`);
    },
  });
  const batches: TimedBatch[] = [];
  const endBatch = () => {
    if (facts.length > 0)
      batches.push({ batch: { facts, predictions, recommendations, letters: [] }, recordedAt: now });
    facts = [];
    predictions = [];
    recommendations = [];
  };
  let frames = 0;
  playRun({
    seed,
    games,
    onFrame(frame) {
      now = frame.receivedAt;
      ingest.take(frame);
      if (++frames % FRAMES_PER_BATCH === 0) endBatch();
    },
  });
  endBatch();
  return batches;
}

export async function recordGames(sql: RawSql, options: { seed: string; games: number }): Promise<TimedBatch[]> {
  const batches = playBatches(options);
  for (const { batch, recordedAt } of batches) await writeBatch(sql, batch, { recordedAt });
  return batches;
}

/** Changes rows of the log as only somebody with the run of the database can. */
export async function tamper(sql: RawSql, statement: string): Promise<void> {
  await sql.unsafe(`alter table events disable trigger events_append_only`);
  await sql.unsafe(statement);
  await sql.unsafe(`alter table events enable trigger events_append_only`);
}
