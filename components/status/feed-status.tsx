'use client';
// Where the data comes from and whether it is coming: in the header of every page. Told by words and shape, not colour
// alone. Simulated and replayed games are named as such wherever figures are shown.
import { Circle, CircleDashed, CircleOff, CirclePause, Unplug, type LucideIcon } from 'lucide-react';
import { AlertHint } from '@/components/status/alert-hint';
import { useLive } from '@/components/live/live-provider';
import { Badge } from '@/components/ui/badge';
import { cn } from '@/components/ui/cn';
import type { FeedHealth } from '@/lib/decision/verdict';
import type { FeedStatus as FeedStatusPush } from '@/lib/protocol/push';

const LOOKS: Record<FeedHealth['kind'], { Icon: LucideIcon; words: string; tone: string }> = {
  connected: { Icon: Circle, words: 'Feed live', tone: 'text-up [&_svg]:fill-current' },
  stale: { Icon: CirclePause, words: 'Feed silent', tone: 'text-warning' },
  down: { Icon: CircleOff, words: 'Feed down', tone: 'text-danger' },
  offline: { Icon: Unplug, words: 'No connection', tone: 'text-danger' },
  connecting: { Icon: CircleDashed, words: 'Connecting', tone: 'text-ink-faint' },
};

const SOURCES: Record<FeedStatusPush['source'], string> = {
  simulator: 'Simulated games',
  replay: 'Replayed games',
  live: 'rugs.fun',
};

export function FeedStatus() {
  const health = useLive((state) => state.health);
  const source = useLive((state) => state.feed?.source ?? null);
  const { Icon, words, tone } = LOOKS[health.kind];
  return (
    <span
      data-testid="feed-status"
      data-status={health.kind}
      data-source={source ?? ''}
      className="flex items-center gap-2 whitespace-nowrap"
    >
      {source && <Badge className="max-sm:hidden">{SOURCES[source]}</Badge>}
      <span className={cn('flex items-center gap-1.5 font-medium', tone)}>
        <Icon aria-hidden className={health.kind === 'connected' ? 'size-2.5' : 'size-4'} />
        <span>{words}</span>
        {health.silentSeconds !== null && <span>{health.silentSeconds} s</span>}
      </span>
      <AlertHint />
      {/* A phone has room for one of the two: what is wrong comes before where it comes from. */}
      {source && health.kind === 'connected' && (
        <span className="text-caption text-ink-faint sm:hidden">{SOURCES[source].split(' ')[0]}</span>
      )}
    </span>
  );
}
