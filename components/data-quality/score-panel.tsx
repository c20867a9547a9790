'use client';
// The score as a number, or as a range while something is unknown, and the points each group of checks brings.
import { GROUP_WORDS, scoreText } from '@/components/data-quality/describe-check';
import { ScoreBar } from '@/components/data-quality/score-bar';
import { splitScore, type ScorePart } from '@/components/data-quality/split-score';
import { StatusMark } from '@/components/data-quality/status-mark';
import { Fetched, LoadingRows } from '@/components/data/fetched';
import { mapState, type FetchState } from '@/components/data/fetch-state';
import { Time } from '@/components/time/time';
import { Card } from '@/components/ui/card';
import type { DataQuality } from '@/lib/protocol/data-quality';
import { ageText } from '@/lib/quality/words';

type Report = NonNullable<DataQuality['report']>;

/** Two reports missed are no coincidence. */
const LATE_MS = 150_000;

export function ScorePanel({ state, className }: { state: FetchState<DataQuality>; className?: string }) {
  return (
    <Card title="Quality score" className={className} data-testid="score-panel">
      <Fetched
        state={mapState(state, ({ report, serverTime }) => ({ report, serverTime }))}
        isEmpty={({ report }) => report === null}
        empty="The first report is made within a minute of the start."
        loading={<LoadingRows rows={8} />}
      >
        {({ report, serverTime }) => <Score report={report!} ageMs={serverTime - report!.at} />}
      </Fetched>
    </Card>
  );
}

function Score({ report, ageMs }: { report: Report; ageMs: number }) {
  const parts = splitScore(report.checks);
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
        <p className="text-figure-large font-semibold text-ink" data-testid="score">
          {scoreText(report)}
          <span className="text-body font-normal text-ink-faint"> of 100</span>
        </p>
        <StatusMark status={report.status} />
      </div>
      <p className="text-ink-soft">{tellCounts(report)}</p>
      <ul className="flex flex-col gap-3">
        {parts.map((part) => (
          <li key={part.group} className="flex flex-col gap-1">
            <span className="flex justify-between gap-4">
              <span className="text-ink-soft">{GROUP_WORDS[part.group]}</span>
              <span className="text-ink-faint">{tellPoints(part)}</span>
            </span>
            <ScoreBar part={part} />
          </li>
        ))}
      </ul>
      <p className="text-caption text-ink-faint">
        Points are earned by what is known to be good; a warning earns half, the unknown none. A critical fault caps the
        score at 50, any other at 75.
      </p>
      <p className={ageMs > LATE_MS ? 'text-caption text-warning' : 'text-caption text-ink-faint'}>
        Report of <Time at={report.at} form="seconds" />
        {ageMs > LATE_MS && `: ${ageText(ageMs)} old, though one is due every minute`}.
      </p>
    </div>
  );
}

function tellCounts({ checks }: Report): string {
  const count = (status: string) => checks.filter((check) => check.status === status).length;
  const parts = [
    count('bad') > 0 && `${count('bad')} bad`,
    count('warning') > 0 && `${count('warning')} with a warning`,
    count('unknown') > 0 && `${count('unknown')} that cannot be measured now`,
  ].filter(Boolean);
  const good = `${count('good')} of ${checks.length} checks are good`;
  return parts.length === 0 ? `All ${checks.length} checks are good.` : `${good}; ${parts.join(', ')}.`;
}

function tellPoints({ earned, unknown, possible }: ScorePart): string {
  const open = unknown > 0 ? `, ${points(unknown)} unknown` : '';
  return `${points(earned)} of ${points(possible)}${open}`;
}

function points(value: number): string {
  return String(Number(value.toFixed(1)));
}
