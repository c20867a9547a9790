'use client';
// How the record came by the game's ticks: which frames told them, what was repaired afterwards, and how regularly they came.
import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { Stat } from '@/components/ui/stat';
import type { GameDetail } from '@/lib/protocol/games-api';
import { formatSeconds } from '@/lib/units/format';

type Stretch = GameDetail['stretches'][number];

const SOURCES: Record<Stretch['source'], { words: string; tone: string }> = {
  frame: { words: 'in their own frame', tone: 'bg-ink-soft' },
  partial: { words: 'in the tail of a later frame', tone: 'bg-warning' },
  path: { words: 'from the path a later frame carried', tone: 'bg-zone-positive' },
  history: { words: 'from the history, after the game', tone: 'bg-down' },
};

/** More stretches than this are summed up by their source only. */
const NAMED_MAX = 12;

export function ArrivalPanel({ detail, className }: { detail: GameDetail; className?: string }) {
  const { stretches, prices, intervals, game } = detail;
  const missing = prices.filter((price) => price === null).length;
  return (
    <Card title="How the ticks came" className={className} data-testid="arrival">
      <p className="text-ink-soft">
        {prices.length - missing} of {prices.length} ticks are on record
        {game.ticksRepaired > 0 && `; ${game.ticksRepaired} were missed and repaired`}
        {game.ticksCorrected > 0 && `; ${game.ticksCorrected} were corrected by the history`}.
      </p>
      <Bar stretches={stretches} length={prices.length} />
      <ul className="flex flex-col gap-1">
        {sumUp(stretches).map(({ source, ticks, parts }) => (
          <li key={source} className="flex gap-2 text-ink-soft">
            <span aria-hidden className={cn('mt-1.5 size-2.5 shrink-0', SOURCES[source].tone)} />
            <span className="min-w-0">
              {ticks} {SOURCES[source].words}
              {source !== 'frame' && <span className="text-caption text-ink-faint"> ({describeParts(parts)})</span>}
            </span>
          </li>
        ))}
      </ul>
      {intervals ? (
        <dl className="grid grid-cols-3 gap-4">
          <Figure label="Interval, median" note={`mean ${ms(intervals.meanMs)}`}>
            {ms(intervals.medianMs)}
          </Figure>
          <Figure label="Nine of ten within" note={`99 % under ${ms(intervals.p99Ms)}`}>
            {Math.round(intervals.p5Ms)}–{ms(intervals.p95Ms)}
          </Figure>
          <Figure label="Longest" note={`${intervals.stalls} over 1 s, ${intervals.bursts} under 50 ms`}>
            {intervals.maxMs >= 1_000 ? formatSeconds(intervals.maxMs) : ms(intervals.maxMs)}
          </Figure>
        </dl>
      ) : (
        <p className="text-caption text-ink-faint">
          No two neighbouring ticks came in frames of their own, so nothing is known of their intervals.
        </p>
      )}
    </Card>
  );
}

/** Drawn to scale; the list below says the same in words. */
function Bar({ stretches, length }: { stretches: readonly Stretch[]; length: number }) {
  return (
    <div aria-hidden className="relative h-3 overflow-hidden rounded-small bg-line">
      {stretches.map(({ from, to, source }) => (
        <span
          key={from}
          className={cn('absolute inset-y-0', SOURCES[source].tone)}
          style={{ left: `${(from / length) * 100}%`, width: `${((to - from + 1) / length) * 100}%` }}
        />
      ))}
    </div>
  );
}

function sumUp(stretches: readonly Stretch[]) {
  const sums = new Map<Stretch['source'], { source: Stretch['source']; ticks: number; parts: Stretch[] }>();
  for (const stretch of stretches) {
    const sum = sums.get(stretch.source) ?? { source: stretch.source, ticks: 0, parts: [] };
    sum.ticks += stretch.to - stretch.from + 1;
    sum.parts.push(stretch);
    sums.set(stretch.source, sum);
  }
  return [...sums.values()].sort((a, b) => b.ticks - a.ticks);
}

function describeParts(parts: readonly Stretch[]): string {
  const named = parts.slice(0, NAMED_MAX).map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`));
  const rest = parts.length - named.length;
  return `ticks ${named.join(', ')}${rest > 0 ? ` and ${rest} more stretches` : ''}`;
}

function ms(duration: number): string {
  return `${Math.round(duration)} ms`;
}

function Figure({ label, note, children }: { label: string; note: string; children: ReactNode }) {
  return (
    <Stat label={label} note={note}>
      <dd className="text-figure font-semibold">{children}</dd>
    </Stat>
  );
}
