// The game as the bets see it: what runs now, what is said of it, and whether the feed is live. Read at the moment a bet is
// decided, never kept.
import type { Assessment } from '@/lib/decision/assess';
import type { LiveGame } from '@/lib/bets/judge-stake';
import type { FeedStatus } from '@/lib/protocol/push';
import type { Clock } from '@/lib/units/time';

export type LiveSource = {
  readonly clock: Clock;
  /** `feedLive` false: the newest tick says nothing of now. */
  game(): { readonly game: LiveGame | null; readonly feedLive: boolean };
  assessment(): Assessment | null;
  feedStatus(): Pick<FeedStatus, 'status' | 'ageMs'>;
};
