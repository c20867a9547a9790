// How far the numbers on screen can be trusted right now, from the server's word and from what this browser itself has
// heard and when. Pure; called by the reducer on every action.
import type { LiveState } from '@/components/live/live-state';
import type { FeedHealth } from '@/lib/decision/verdict';

/** The server calls an active feed stale after 2 s; a second more and the browser says so itself. */
export const ACTIVE_SILENCE_MS_MAX = 3_000;
/** The server sends its status every 5 s; two of them missed and the server itself is gone, whatever the socket says. */
export const SERVER_SILENCE_MS_MAX = 12_000;

type Heard = Pick<LiveState, 'connection' | 'feed' | 'game' | 'frameHeardAtMs' | 'pushHeardAtMs'>;

export function computeFeedHealth(heard: Heard, nowMs: number): FeedHealth {
  const kind = kindOf(heard, nowMs);
  const tellsSilence = kind !== 'connected' && kind !== 'connecting' && heard.frameHeardAtMs !== null;
  return { kind, silentSeconds: tellsSilence ? Math.floor(elapsed(heard.frameHeardAtMs, nowMs) / 1_000) : null };
}

function kindOf({ connection, feed, game, frameHeardAtMs, pushHeardAtMs }: Heard, nowMs: number): FeedHealth['kind'] {
  if (connection === 'lost') return 'offline';
  if (connection === 'connecting' || !feed) return 'connecting';
  if (feed.status !== 'connected') return feed.status;
  if (game?.phase === 'active' && elapsed(frameHeardAtMs, nowMs) > ACTIVE_SILENCE_MS_MAX) return 'stale';
  return elapsed(pushHeardAtMs, nowMs) > SERVER_SILENCE_MS_MAX ? 'stale' : 'connected';
}

/** Zero when nothing was heard yet or the clock was set back. */
function elapsed(sinceMs: number | null, nowMs: number): number {
  return sinceMs === null ? 0 : Math.max(0, nowMs - sinceMs);
}
