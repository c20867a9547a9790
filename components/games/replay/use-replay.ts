'use client';
// The replay's position: which tick is shown, whether it moves, and how fast. It plays at the pace at which the ticks came,
// stalls and bursts included, where that is on record.
import { useCallback, useEffect, useState } from 'react';
import { NOMINAL_TICK_MS } from '@/lib/game/rules';

export const SPEEDS = ['1', '4', '16'] as const;
export type Speed = (typeof SPEEDS)[number];

export type Replay = {
  readonly tick: number;
  readonly lastTick: number;
  readonly isPlaying: boolean;
  readonly speed: Speed;
  /** Anything out of range is brought into it. Stops playing. */
  seek(tick: number): void;
  toggle(): void;
  setSpeed(speed: Speed): void;
};

/** A stall of a minute would look like a broken page. */
const PAUSE_MS_MAX = 3_000;
/** A screen shows no more. */
const PAUSE_MS_MIN = 16;

export function useReplay({
  lastTick,
  firstTick,
  arrivals,
}: {
  lastTick: number;
  /** Where it begins; the end unless given. */
  firstTick: number | null;
  arrivals: readonly (number | null)[];
}): Replay {
  const [tick, setTick] = useState(() => clamp(firstTick ?? lastTick, lastTick));
  const [isPlaying, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>('4');
  const isRunning = isPlaying && tick < lastTick;

  useEffect(() => {
    if (!isRunning) return;
    const timer = setTimeout(() => setTick(tick + 1), pauseAfter(arrivals, tick) / Number(speed));
    return () => clearTimeout(timer);
  }, [isRunning, tick, speed, arrivals]);

  const seek = useCallback(
    (next: number) => {
      setPlaying(false);
      setTick(clamp(next, lastTick));
    },
    [lastTick],
  );
  return {
    tick: Math.min(tick, lastTick),
    lastTick,
    isPlaying: isRunning,
    speed,
    seek,
    toggle() {
      // Playing from the end begins again.
      if (!isRunning && tick >= lastTick) setTick(0);
      setPlaying(!isRunning);
    },
    setSpeed,
  };
}

export function pauseAfter(arrivals: readonly (number | null)[], tick: number): number {
  const [from, to] = [arrivals[tick] ?? null, arrivals[tick + 1] ?? null];
  if (from === null || to === null) return NOMINAL_TICK_MS;
  return Math.min(PAUSE_MS_MAX, Math.max(PAUSE_MS_MIN, to - from));
}

/** What a key does to the position; null for a key that is not the replay's. */
export function tickAfterKey(
  { key, shiftKey }: { key: string; shiftKey: boolean },
  { tick, lastTick }: Pick<Replay, 'tick' | 'lastTick'>,
): number | null {
  const step = shiftKey ? 10 : 1;
  if (key === 'ArrowRight') return tick + step;
  if (key === 'ArrowLeft') return tick - step;
  if (key === 'PageUp') return tick + 40;
  if (key === 'PageDown') return tick - 40;
  if (key === 'Home') return 0;
  return key === 'End' ? lastTick : null;
}

function clamp(tick: number, lastTick: number): number {
  return Math.min(lastTick, Math.max(0, Math.trunc(tick)));
}
