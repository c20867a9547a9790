'use client';
import { ChevronFirst, ChevronLast, Pause, Play, StepBack, StepForward } from 'lucide-react';
import type { ReactNode } from 'react';
import { SPEEDS, type Replay, type Speed } from '@/components/games/replay/use-replay';
import { Button } from '@/components/ui/button';
import { Segmented } from '@/components/ui/segmented';

/** Play, step and scrub. The keys that do the same are named by the panel around them. */
export function ReplayControls({ replay }: { replay: Replay }) {
  const { tick, lastTick, isPlaying, speed, seek, toggle, setSpeed } = replay;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <div className="flex items-center">
        <Control label="To the start" onClick={() => seek(0)}>
          <ChevronFirst aria-hidden />
        </Control>
        <Control label="One tick back" onClick={() => seek(tick - 1)}>
          <StepBack aria-hidden />
        </Control>
        <Control label={isPlaying ? 'Pause' : 'Play'} onClick={toggle} testId="replay-toggle">
          {isPlaying ? <Pause aria-hidden /> : <Play aria-hidden />}
        </Control>
        <Control label="One tick on" onClick={() => seek(tick + 1)}>
          <StepForward aria-hidden />
        </Control>
        <Control label="To the end" onClick={() => seek(lastTick)}>
          <ChevronLast aria-hidden />
        </Control>
      </div>
      <input
        type="range"
        aria-label="Tick shown"
        aria-valuetext={`tick ${tick} of ${lastTick}`}
        data-testid="replay-scrub"
        min={0}
        max={lastTick}
        value={tick}
        onChange={(event) => seek(Number(event.target.value))}
        className="h-6 min-w-40 grow accent-ink"
      />
      <Segmented<Speed> label="Speed of the replay" value={speed} options={SPEED_OPTIONS} onChange={setSpeed} />
    </div>
  );
}

const SPEED_OPTIONS = SPEEDS.map((value) => ({ value, text: `${value}×` }));

function Control({
  label,
  testId,
  onClick,
  children,
}: {
  label: string;
  testId?: string;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <Button variant="quiet" size="icon" aria-label={label} title={label} data-testid={testId} onClick={onClick}>
      {children}
    </Button>
  );
}
