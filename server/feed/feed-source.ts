// Where frames come from. The simulator and the live site are reached by the same socket.io source, a capture by its
// own; everything behind this interface is the same for all three.
import type { RawFrame } from '@/lib/protocol/decode-feed';
import type { EpochMs } from '@/lib/units/time';

export type FeedListener = {
  /** Called for each frame, in order of arrival. Must not block: it only hands the frame to ingest. */
  onFrame(frame: RawFrame): void;
  /** Something that is not even a frame, such as a torn line of a capture. */
  onUnreadable(problem: { readonly at: EpochMs; readonly reason: string; readonly text: string }): void;
  onConnection(state: 'connected' | 'down', reason: string): void;
};

export type FeedSource = {
  readonly name: 'simulator' | 'live' | 'replay';
  /** Starts delivering; returns at once and reconnects for ever by itself. */
  start(listener: FeedListener): void;
  stop(): Promise<void>;
};
