import { expect, it } from 'vitest';
import { epochMs } from '@/lib/units/time';
import type { FeedListener } from '@/server/feed/feed-source';
import { createServiceWatch } from '@/server/ops/service-watch';
import type { DeadLetter } from '@/server/store/store';
import { createServiceMeter } from '@/server/rollups/service-meter';

it('a watched service counts frames, losses and dead letters, and times ticks from their frame', () => {
  const meter = createServiceMeter({ clock: () => epochMs(90_000) });
  let now = 0;
  const watch = createServiceWatch({ meter, nowMs: () => now });
  const told: string[] = [];
  let feed: FeedListener | undefined;
  const source = watch.feed({ name: 'simulator', start: (listener) => (feed = listener), stop: async () => undefined });
  source.start({
    onFrame() {
      now += 3;
      watch.tickSent(true);
      watch.tickSent(false);
      told.push('frame');
    },
    onUnreadable: () => told.push('unreadable'),
    onConnection: (state) => told.push(state),
  });
  feed!.onConnection('connected', '');
  feed!.onFrame({ receivedAt: epochMs(0), event: 'gameStateUpdate', args: [] });
  feed!.onUnreadable({ at: epochMs(0), reason: '', text: '' });
  feed!.onConnection('down', '');
  watch.deadLetters({ writeDeadLetter: (letter: DeadLetter) => void told.push(letter.event) }).writeDeadLetter({
    at: epochMs(0),
    event: 'x',
    reason: '',
    part: null,
  });
  expect(told).toEqual(['connected', 'frame', 'unreadable', 'down', 'x']);
  const [minute] = meter.minutes({ all: true });
  expect(minute).toMatchObject({ frames: 1, ticks: 2, deadLetters: 1, disconnects: 1, errors: 0 });
  expect(minute!.latencyCounts.reduce((sum, count) => sum + count, 0)).toBe(1);
});
