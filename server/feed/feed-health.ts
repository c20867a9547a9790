// What the feed's silence means. Pure: connection, last frame and phase in, one status out.
import type { FeedStatus } from '@/lib/protocol/push';
import type { EpochMs } from '@/lib/units/time';

/** Active frames come four a second: eight lost in a row are no jitter (0.02 % of intervals exceed 1 s). */
export const STALE_ACTIVE_MS = 2_000;
/** Between a rug and the next cooldown up to about 5 s pass without a frame. */
export const STALE_OTHERWISE_MS = 5_000;

export function computeFeedStatus({
  source,
  connected,
  lastFrameAt,
  active,
  now,
}: {
  source: FeedStatus['source'];
  connected: boolean;
  lastFrameAt: EpochMs | null;
  active: boolean;
  now: EpochMs;
}): FeedStatus {
  // A clock that was set back must not make a frame look like it comes from the future.
  const ageMs = lastFrameAt === null ? null : Math.max(0, now - lastFrameAt);
  const limitMs = active ? STALE_ACTIVE_MS : STALE_OTHERWISE_MS;
  if (!connected) return { source, status: 'down', lastFrameAt, ageMs };
  return { source, status: ageMs === null || ageMs > limitMs ? 'stale' : 'connected', lastFrameAt, ageMs };
}
