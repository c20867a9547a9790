'use client';
import { Problem } from '@/components/safety/safety-dialog';
import { useAccountChange } from '@/components/safety/use-account';
import { Card } from '@/components/ui/card';
import { Segmented } from '@/components/ui/segmented';
import type { AccountView } from '@/lib/protocol/account-api';
import { span } from '@/lib/safety/words';

const MINUTE_MS = 60_000;
const OPTIONS = [
  { value: String(15 * MINUTE_MS), text: '15 min' },
  { value: String(30 * MINUTE_MS), text: '30 min' },
  { value: String(60 * MINUTE_MS), text: '1 h' },
  { value: String(120 * MINUTE_MS), text: '2 h' },
  { value: String(240 * MINUTE_MS), text: '4 h' },
  { value: 'never', text: 'Never' },
] as const;

export function RealityCheckCard({ view, className }: { view: AccountView; className?: string }) {
  const { isBusy, problem, run } = useAccountChange();
  const { realityCheckMs } = view.account.safety;
  const value = realityCheckMs === null ? 'never' : String(realityCheckMs);
  const isListed = OPTIONS.some((option) => option.value === value);
  const choose = (next: string) =>
    void (
      isBusy ||
      run({ method: 'PUT', path: 'reality-check', body: { intervalMs: next === 'never' ? null : Number(next) } })
    );
  return (
    <Card title="Reality check" className={className} data-testid="reality-check-setting">
      <p className="text-ink-soft">
        At this interval of a session you are shown your time and result, and no bet is placed until you answer.
      </p>
      <div className="-mx-1 overflow-x-auto px-1 py-0.5">
        <Segmented<string> label="Interval of the reality check" value={value} options={OPTIONS} onChange={choose} />
      </div>
      {!isListed && realityCheckMs !== null && (
        <p className="text-caption text-ink-faint">{`Now every ${span(realityCheckMs)}.`}</p>
      )}
      <Problem text={problem} />
    </Card>
  );
}
