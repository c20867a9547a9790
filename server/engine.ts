// The live loop: frames in from a feed, facts and assessments out to whoever listens. Nothing here waits for a database.
import type { Assessment } from '@/lib/decision/assess';
import type { DecisionLoop } from '@/lib/decision/loop';
import type { DecisionRecorder } from '@/lib/decision/record-decisions';
import type { GameFact } from '@/lib/game/events';
import type { FeedStatus } from '@/lib/protocol/push';
import type { Clock, EpochMs } from '@/lib/units/time';
import { computeFeedStatus } from '@/server/feed/feed-health';
import type { FeedListener, FeedSource } from '@/server/feed/feed-source';
import { createIngest, type Ingest } from '@/server/ingest/ingest';
import type { Log } from '@/server/ops/log';
import type { Store } from '@/server/store/store';

export type EngineListener = {
  onFact(fact: GameFact, assessment: Assessment | null): void;
  /** After every frame, whether or not it led to facts. */
  onFrame(): void;
};

export type Engine = {
  readonly ingest: Ingest;
  feedStatus(): FeedStatus;
  start(listener: EngineListener): void;
  stop(): Promise<void>;
};

export function createEngine({
  source,
  loop,
  recorder,
  store,
  clock,
  log,
}: {
  source: FeedSource;
  loop: DecisionLoop;
  recorder: DecisionRecorder;
  store: Pick<Store, 'write' | 'writePrediction' | 'writeRecommendation' | 'writeDeadLetter'>;
  clock: Clock;
  log: Log;
}): Engine {
  let connected = false;
  let lastFrameAt: EpochMs | null = null;
  let listener: EngineListener | null = null;

  const ingest = createIngest({
    onFact(fact) {
      const assessment = loop.take(fact);
      store.write(fact, assessment);
      const { predictions, recommendations } = recorder.take(fact, assessment);
      for (const prediction of predictions) store.writePrediction(prediction);
      for (const recommendation of recommendations) store.writeRecommendation(recommendation);
      pending.push([fact, assessment]);
    },
    onDeadLetter(letter) {
      log.debug({ event: letter.event, reason: letter.reason }, 'dead letter');
      store.writeDeadLetter(letter);
    },
  });
  // Facts of a frame are told once the core has taken the whole frame, so that listeners see its final state.
  let pending: [GameFact, Assessment | null][] = [];

  const feedListener: FeedListener = {
    onFrame(frame) {
      lastFrameAt = frame.receivedAt;
      ingest.take(frame);
      const told = pending;
      pending = [];
      for (const [fact, assessment] of told) listener?.onFact(fact, assessment);
      listener?.onFrame();
    },
    onUnreadable: (problem) => ingest.takeUnreadable(problem),
    onConnection(state, reason) {
      connected = state === 'connected';
      if (state === 'connected') log.info({ reason }, 'feed connected');
      else log.warn({ reason }, 'feed down');
    },
  };

  return {
    ingest,
    feedStatus: () =>
      computeFeedStatus({
        source: source.name,
        connected,
        lastFrameAt,
        active: ingest.state().current?.phase === 'active',
        now: clock(),
      }),
    start(to) {
      listener = to;
      source.start(feedListener);
    },
    stop: () => source.stop(),
  };
}
