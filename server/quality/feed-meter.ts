// What the process counted of its feed in the last hour: one sample at every report, the difference to the oldest kept.
import type { FeedMeasurements } from '@/lib/quality/measurements';
import type { FeedStatus } from '@/lib/protocol/push';
import type { IngestCounts } from '@/server/ingest/ingest';

export type FeedMeter = { measure(): FeedMeasurements };

/** Reports are a minute apart. */
const SAMPLES_MAX = 61;

type Counted = Pick<FeedMeasurements, 'frames' | 'deadLetters' | 'repeated'>;

export function createFeedMeter({
  feedStatus,
  counts,
  speed,
}: {
  feedStatus: () => FeedStatus;
  counts: () => Pick<IngestCounts, 'frames' | 'deadLetters' | 'duplicates'>;
  speed: number | null;
}): FeedMeter {
  const samples: Counted[] = [{ frames: 0, deadLetters: 0, repeated: 0 }];
  return {
    measure() {
      const { frames, deadLetters, duplicates } = counts();
      const { source, status, ageMs } = feedStatus();
      const oldest = samples[0]!;
      samples.push({ frames, deadLetters, repeated: duplicates });
      if (samples.length > SAMPLES_MAX) samples.shift();
      return {
        source,
        speed,
        connected: status !== 'down',
        frameAgeMs: ageMs,
        frames: frames - oldest.frames,
        deadLetters: deadLetters - oldest.deadLetters,
        repeated: duplicates - oldest.repeated,
      };
    },
  };
}
