// Frames from a recorded capture, at the recorded pace, faster, or as fast as they are taken. Stamped with the present
// when it stands in for a live feed, so that staleness means what it says.
import { setImmediate as yieldToEvents, setTimeout as wait } from 'node:timers/promises';
import { readCapture } from '@/server/feed/read-capture';
import type { FeedSource } from '@/server/feed/feed-source';
import type { Clock } from '@/lib/units/time';

/** At full speed, frames between two turns of the event loop. */
const FRAMES_PER_TURN = 200;

export function createCaptureFeedSource({
  file,
  speed,
  clock,
}: {
  file: string;
  speed: number | 'max';
  clock: Clock;
}): FeedSource {
  const abort = new AbortController();
  let running: Promise<void> = Promise.resolve();
  return {
    name: 'replay',
    start(listener) {
      running = play().catch((error: unknown) => {
        if (!abort.signal.aborted)
          listener.onConnection('down', error instanceof Error ? error.message : String(error));
      });

      async function play() {
        listener.onConnection('connected', file);
        let first: { recorded: number; played: number } | null = null;
        let frames = 0;
        for await (const line of readCapture(file)) {
          if (abort.signal.aborted) return;
          if (!line.ok) {
            listener.onUnreadable({ at: clock(), reason: `line ${line.line}: ${line.reason}`, text: line.text });
            continue;
          }
          first ??= { recorded: line.frame.receivedAt, played: clock() };
          if (speed === 'max') {
            if (++frames % FRAMES_PER_TURN === 0) await yieldToEvents();
          } else {
            const due = first.played + (line.frame.receivedAt - first.recorded) / speed;
            if (due > clock()) await wait(due - clock(), undefined, { signal: abort.signal });
          }
          listener.onFrame({ ...line.frame, receivedAt: clock() });
        }
        listener.onConnection('down', 'the capture has ended');
      }
    },
    async stop() {
      abort.abort();
      await running;
    },
  };
}
