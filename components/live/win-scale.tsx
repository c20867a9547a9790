'use client';
// Forty marks from zero to twice break-even, so that break-even stands in the middle: how often the bet wins, how often
// it must, and the distance between the two.
import { ChevronDown, ChevronsDown, ChevronUp, Equal, type LucideIcon } from 'lucide-react';
import { useLive } from '@/components/live/live-provider';
import { Badge } from '@/components/ui/badge';
import { cn } from '@/components/ui/cn';
import { Unknown } from '@/components/ui/stat';
import { isClaiming } from '@/lib/decision/verdict';
import type { Zone } from '@/lib/decision/zone';
import { DEFAULT_PAYOUT_MULTIPLE } from '@/lib/game/rules';
import type { Estimate } from '@/lib/hazard/hazard-model';
import { formatNumber, formatPercent, formatPercentPair } from '@/lib/units/format';

const MARKS = 40;
const LONG_MARK_EVERY = 10;

const ZONES: Record<Zone, { Icon: LucideIcon; words: string }> = {
  'deep-negative': { Icon: ChevronsDown, words: 'far below break-even' },
  negative: { Icon: ChevronDown, words: 'below break-even' },
  'break-even': { Icon: Equal, words: 'at break-even' },
  positive: { Icon: ChevronUp, words: 'above break-even' },
};

export function WinScale() {
  const isTrusted = useLive((state) => isClaiming(state.health));
  const win = useLive((state) => state.assessment?.winProbability ?? null);
  const zone = useLive((state) => state.assessment?.zone ?? null);
  const payout = useLive((state) => state.payout ?? DEFAULT_PAYOUT_MULTIPLE);
  const shown = isTrusted ? win : null;
  const breakEven = 1 / payout;
  // Beyond twice break-even the scale grows rather than pin the pointer to its end.
  const end = Math.max(2 * breakEven, (shown?.upper ?? 0) * 1.1);
  const [winText, breakEvenText] = shown ? formatPercentPair(shown.value, breakEven) : [null, formatPercent(breakEven)];
  return (
    <div className="@container flex flex-col gap-1.5">
      <div className="flex items-end justify-between gap-3">
        <p>
          <span className="block text-caption text-ink-faint">A bet now wins</span>
          <span data-testid="win-probability" className="text-figure-large font-semibold whitespace-nowrap text-zone">
            {winText ?? <Unknown because="not known now" />}
          </span>
        </p>
        {shown && zone && <ZoneBadge zone={zone} distance={shown.value - breakEven} />}
        <p className="text-right">
          <span className="block text-caption text-ink-faint">To break even it needs</span>
          <span data-testid="break-even" className="text-figure-large font-semibold whitespace-nowrap text-ink">
            {isTrusted ? breakEvenText : <Unknown because="not claimed now" />}
          </span>
        </p>
      </div>
      <Marks win={shown} breakEven={breakEven} end={end} />
      <div aria-hidden className="relative flex justify-between text-caption text-ink-faint">
        <span>0 %</span>
        <span className="absolute -translate-x-1/2" style={{ left: `${(breakEven / end) * 100}%` }}>
          break-even
        </span>
        <span>{formatPercent(end, 0)}</span>
      </div>
    </div>
  );
}

function ZoneBadge({ zone, distance }: { zone: Zone; distance: number }) {
  const { Icon, words } = ZONES[zone];
  return (
    <Badge tone="zone" className="mb-1 @max-[26rem]:hidden">
      <Icon aria-hidden />
      {formatNumber(Math.abs(distance) * 100, 1)} points {words}
    </Badge>
  );
}

function Marks({ win, breakEven, end }: { win: Estimate | null; breakEven: number; end: number }) {
  const at = (share: number) => `${Math.min(100, Math.max(0, (share / end) * 100))}%`;
  return (
    <div aria-hidden className="relative h-12">
      {win && win.upper > win.lower && (
        <div
          className="absolute inset-y-0 bg-zone/20"
          style={{ left: at(win.lower), width: `calc(${at(win.upper)} - ${at(win.lower)})` }}
        />
      )}
      {Array.from({ length: MARKS + 1 }, (_, mark) => {
        const share = (mark / MARKS) * end;
        const isWon = win !== null && share <= win.value + 1e-9;
        const isMissing = win !== null && !isWon && share < breakEven - 1e-9;
        return (
          <span
            key={mark}
            className={cn(
              'absolute bottom-0 w-0.5 -translate-x-1/2',
              mark % LONG_MARK_EVERY === 0 ? 'h-8' : 'h-6',
              isWon ? 'bg-zone' : isMissing ? 'bg-zone/35' : 'bg-line-strong/70',
            )}
            style={{ left: at(share) }}
          />
        );
      })}
      <span className="absolute inset-y-0 w-0.5 -translate-x-1/2 bg-ink" style={{ left: at(breakEven) }} />
      {win && (
        <span
          className="absolute top-0 size-0 -translate-x-1/2 border-x-[6px] border-t-[9px] border-x-transparent border-t-zone"
          style={{ left: at(win.value) }}
        />
      )}
    </div>
  );
}
