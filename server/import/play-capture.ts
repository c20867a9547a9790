// Drives the frames of a capture through ingest, as live does: the replay and the import command run this same loop, and
// differ in what they do with the facts.
import { setTimeout as wait } from 'node:timers/promises';
import type { RawFrame } from '@/lib/protocol/decode-feed';
import { epochMs, type EpochMs } from '@/lib/units/time';
import { readCapture } from '@/server/feed/read-capture';
import type { Ingest } from '@/server/ingest/ingest';

export type UnusableLine = { readonly line: number; readonly reason: string };

export type PlayedCapture = {
  readonly unusable: readonly UnusableLine[];
  readonly unusableCount: number;
  /** Where the file ends in a line that cannot be read; null for one that is whole. */
  readonly cutAtLine: number | null;
};

/** Lines named one by one; further ones are dead letters all the same. */
const UNUSABLE_MAX = 100;

export async function playCapture({
  file,
  ingest,
  speed = 'max',
  ready = async () => {},
  signal,
  onFrame = () => {},
}: {
  file: string;
  ingest: Ingest;
  /** A factor of the recorded pace. */
  speed?: number | 'max';
  /** Waited for before each frame: a capture can outrun the database; a live feed never may be held up like this. */
  ready?: () => Promise<void>;
  signal?: AbortSignal;
  onFrame?: (frame: RawFrame) => void;
}): Promise<PlayedCapture> {
  const started = performance.now();
  const unusable: UnusableLine[] = [];
  let recordedStart: EpochMs | null = null;
  let unusableCount = 0;
  let cutAtLine: number | null = null;
  for await (const line of readCapture(file)) {
    if (signal?.aborted) break;
    cutAtLine = line.ok ? null : line.line;
    if (!line.ok) {
      unusableCount++;
      if (unusable.length < UNUSABLE_MAX) unusable.push({ line: line.line, reason: line.reason });
      const reason = `line ${line.line}: ${line.reason}`;
      ingest.takeUnreadable({ at: recordedStart ?? epochMs(0), reason, text: line.text });
      continue;
    }
    recordedStart ??= line.frame.receivedAt;
    if (speed !== 'max') {
      const dueMs = (line.frame.receivedAt - recordedStart) / speed - (performance.now() - started);
      if (dueMs > 0) await wait(dueMs, undefined, { signal });
    }
    await ready();
    ingest.take(line.frame);
    onFrame(line.frame);
  }
  return { unusable, unusableCount, cutAtLine };
}
