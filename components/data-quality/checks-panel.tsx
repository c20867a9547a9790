'use client';
// Every check: its judgement, what was found in words, the value against its limit, and why it matters.
import { GROUP_WORDS, limitText, valueText } from '@/components/data-quality/describe-check';
import { StatusMark } from '@/components/data-quality/status-mark';
import { Fetched, LoadingRows } from '@/components/data/fetched';
import { mapState, type FetchState } from '@/components/data/fetch-state';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { Figures } from '@/components/ui/figures';
import { Unknown } from '@/components/ui/stat';
import type { DataQuality, QualityCheck } from '@/lib/protocol/data-quality';
import { CHECK_GROUPS } from '@/lib/quality/expectation';

export function ChecksPanel({ state, className }: { state: FetchState<DataQuality>; className?: string }) {
  return (
    <Card title="Checks" className={className} data-testid="checks-panel">
      <Fetched
        state={mapState(state, ({ report }) => report?.checks ?? [])}
        isEmpty={(checks) => checks.length === 0}
        empty="The first report is made within a minute of the start."
        loading={<LoadingRows rows={12} />}
      >
        {(checks) => (
          <div className="flex flex-col gap-6">
            {CHECK_GROUPS.map((group) => (
              <Group key={group} title={GROUP_WORDS[group]} checks={checks.filter((check) => check.group === group)} />
            ))}
          </div>
        )}
      </Fetched>
    </Card>
  );
}

function Group({ title, checks }: { title: string; checks: readonly QualityCheck[] }) {
  if (checks.length === 0) return null;
  return (
    <section aria-label={title} className="flex flex-col">
      <h3 className="pb-1 text-caption font-medium text-ink-faint">{title}</h3>
      <ul>
        {checks.map((check) => (
          <Check key={check.id} check={check} />
        ))}
      </ul>
    </section>
  );
}

function Check({ check }: { check: QualityCheck }) {
  const { id, status, title, why, detail, value, limits, unit } = check;
  return (
    <li
      data-testid="check"
      data-check={id}
      data-status={status}
      className="grid grid-cols-[1fr_auto] gap-x-6 gap-y-1 border-t border-line/60 py-2.5 lg:grid-cols-[6rem_minmax(0,2fr)_minmax(0,3fr)_11rem]"
    >
      <StatusMark status={status} className="order-2 self-start lg:order-none" />
      <div className="order-1 flex min-w-0 flex-col gap-0.5 lg:order-none">
        <span className="font-medium text-ink">{title}</span>
        {/* On a phone only where it matters now: nineteen reasons are a long way down. */}
        <span className={cn('text-caption text-ink-faint', status === 'good' && 'max-lg:hidden')}>{why}</span>
      </div>
      <p className="order-3 col-span-full text-ink-soft [overflow-wrap:anywhere] lg:order-none lg:col-span-1">
        <Figures>{detail}</Figures>
      </p>
      <p className="order-4 col-span-full text-ink lg:order-none lg:col-span-1 lg:text-right">
        {value === null ? <Unknown because="not measured" /> : valueText(value, unit)}
        <span className="text-caption text-ink-faint lg:block"> {limitText(limits, unit)}</span>
      </p>
    </li>
  );
}
