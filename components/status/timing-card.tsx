'use client';
// What the figures rest on: the clock, the model, the record.
import type { ReactNode } from 'react';
import { useLive } from '@/components/live/live-provider';
import { Card } from '@/components/ui/card';
import { Figures } from '@/components/ui/figures';
import { Unknown } from '@/components/ui/stat';
import { isClaiming } from '@/lib/decision/verdict';
import type { StatusPush } from '@/lib/protocol/push';
import { formatNumber, formatPercent, formatSeconds } from '@/lib/units/format';
import { describeReliability } from '@/components/status/describe-reliability';

const RECORD: Record<StatusPush['store'], string> = {
  ok: 'up to date',
  behind: 'catching up; nothing lost',
  down: 'not recording',
};

export function TimingCard({ className }: { className?: string }) {
  return (
    <Card title="What this rests on" className={className}>
      <dl className="grid grid-cols-1 sm:grid-cols-2 sm:gap-x-10 xl:grid-cols-1">
        <TimingRows />
        <ModelRows />
        <RecordRows />
      </dl>
    </Card>
  );
}

function Row({ label, testId, children }: { label: string; testId?: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-4 border-b border-line/60 py-1.5 last:border-0">
      <dt className="shrink-0 text-ink-faint">{label}</dt>
      <dd data-testid={testId} className="text-right text-ink-soft">
        {children}
      </dd>
    </div>
  );
}

function TimingRows() {
  const isTrusted = useLive((state) => isClaiming(state.health));
  const intervalMs = useLive((state) => state.timing?.intervalMs ?? null);
  const reliability = useLive((state) => state.timing?.reliability ?? null);
  const windowMs = useLive((state) => state.timing?.windowMs.expected ?? null);
  const accept = useLive((state) => state.assessment?.timing.acceptProbability ?? null);
  const unknown = <Unknown because="not known now" />;
  return (
    <>
      <Row label="Tick interval" testId="tick-interval">
        {isTrusted && intervalMs !== null ? <Figures>{`${formatNumber(intervalMs, 0)} ms`}</Figures> : unknown}
      </Row>
      <Row label="Rhythm" testId="reliability">
        {isTrusted && reliability !== null ? describeReliability(reliability) : unknown}
      </Row>
      <Row label="40 ticks last">
        {isTrusted && windowMs !== null ? <Figures>{`≈ ${formatSeconds(windowMs)}`}</Figures> : unknown}
      </Row>
      <Row label="Accepted if sent now">
        {isTrusted && accept !== null ? <Figures>{formatPercent(accept)}</Figures> : unknown}
      </Row>
    </>
  );
}

function ModelRows() {
  const isTrusted = useLive((state) => isClaiming(state.health));
  const model = useLive((state) => state.assessment?.model ?? null);
  const hazard = useLive((state) => state.assessment?.hazard ?? null);
  const samples = useLive((state) => state.assessment?.winProbability.samples ?? null);
  const isKnown = isTrusted && model !== null && hazard !== null;
  return (
    <>
      <Row label="Model" testId="model">
        {isKnown ? describeModel(model, samples) : <Unknown because="no assessment now" />}
      </Row>
      <Row label="Hazard">
        {isKnown ? <Figures>{`${formatPercent(hazard, 2)} a tick`}</Figures> : <Unknown because="no assessment now" />}
      </Row>
    </>
  );
}

function describeModel(model: { id: string; version: string }, samples: number | null): string {
  if (model.id === 'published') return `published rule, v${model.version}`;
  return `${model.id} v${model.version}${samples === null ? '' : `, ${samples} games`}`;
}

function RecordRows() {
  const store = useLive((state) => (state.connection === 'open' ? state.store : null));
  const rejected = useLive((state) => state.rejectedPushes);
  return (
    <>
      <Row label="Record" testId="store-status">
        {store ? RECORD[store] : <Unknown because="not known now" />}
      </Row>
      {rejected > 0 && <Row label="Messages not understood">{rejected}</Row>}
    </>
  );
}
