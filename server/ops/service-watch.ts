// Counts what the running process does, for the service's own figures: frames, lost connections and dead letters as they
// pass, and how long a frame took to become a sent assessment. It stands around the parts and changes nothing they do.
import type { FeedSource } from '@/server/feed/feed-source';
import type { ServiceMeter } from '@/server/rollups/service-meter';
import type { Store } from '@/server/store/store';

export type ServiceWatch = {
  feed(source: FeedSource): FeedSource;
  deadLetters<S extends Pick<Store, 'writeDeadLetter'>>(store: S): S;
  /** A live tick of the frame under way has gone out, with an assessment or without. */
  tickSent(assessed: boolean): void;
};

export function createServiceWatch({
  meter,
  nowMs,
}: {
  meter: ServiceMeter;
  /** A clock of high resolution, from any origin. */
  nowMs: () => number;
}): ServiceWatch {
  let frameAt = 0;
  return {
    feed: (source) => ({
      ...source,
      start: (listener) =>
        source.start({
          onFrame(frame) {
            frameAt = nowMs();
            meter.frame();
            listener.onFrame(frame);
          },
          onUnreadable: (problem) => listener.onUnreadable(problem),
          onConnection(state, reason) {
            if (state === 'down') meter.disconnect();
            listener.onConnection(state, reason);
          },
        }),
    }),
    deadLetters: (store) => ({
      ...store,
      writeDeadLetter(letter) {
        meter.deadLetter();
        store.writeDeadLetter(letter);
      },
    }),
    tickSent: (assessed) => meter.tick(assessed ? nowMs() - frameAt : null),
  };
}
