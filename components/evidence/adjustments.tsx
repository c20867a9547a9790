'use client';
// What timing, market and volatility claim at this tick, and whether the record supports it: a claim that is not
// supported is shown, so that nobody need wonder, and counts zero.
import { useLive } from '@/components/live/live-provider';
import { Badge } from '@/components/ui/badge';
import { Figures } from '@/components/ui/figures';
import { Hint } from '@/components/ui/hint';
import { Unknown } from '@/components/ui/stat';
import { describeAdjustment, formatEValue } from '@/components/evidence/describe-evidence';
import type { AdjustmentView } from '@/lib/decision/evidence';
import { isClaiming } from '@/lib/decision/verdict';
import { formatNumber, formatSigned } from '@/lib/units/format';

const GROUPS = [
  { id: 'timing', name: 'Timing', of: 'stalls and the rhythm of the ticks' },
  { id: 'market', name: 'Market', of: 'players, trades, side bets and the games before' },
  { id: 'volatility', name: 'Volatility', of: 'how the price has moved' },
] as const;

export function Adjustments() {
  const isTrusted = useLive((state) => isClaiming(state.health));
  const adjustments = useLive((state) => state.assessment?.adjustments ?? null);
  return (
    <section aria-label="Adjustments" className="flex flex-col border-t border-line pt-3">
      <h3 className="text-caption text-ink-faint">Would the moment change the odds?</h3>
      <dl>
        {GROUPS.map(({ id, name, of }) => (
          <Row key={id} id={id} name={name} of={of} view={isTrusted ? (adjustments?.[id] ?? null) : null} />
        ))}
      </dl>
    </section>
  );
}

function Row({ id, name, of, view }: { id: string; name: string; of: string; view: AdjustmentView | null }) {
  return (
    <div
      data-testid={`adjustment-${id}`}
      data-applied={view?.applied ?? ''}
      className="flex items-baseline justify-between gap-4 border-b border-line/60 py-1.5 last:border-0"
    >
      <dt className="text-ink-soft">
        <Hint
          hint={<Details of={of} view={view} />}
          className="underline decoration-line-strong decoration-dotted underline-offset-4"
        >
          {name}
        </Hint>
      </dt>
      <dd className="text-right">
        {view ? (
          <>
            <span className="whitespace-nowrap text-ink-soft">
              <Figures>{`claims ${formatSigned(view.claimedPoints, 1)} points`}</Figures>
            </span>
            <span className="block text-caption text-ink-faint">
              {view.applied ? (
                <Badge tone="zone" data-zone="positive">
                  {describeAdjustment(view)}
                </Badge>
              ) : (
                describeAdjustment(view)
              )}
            </span>
          </>
        ) : (
          <Unknown because="not known now" />
        )}
      </dd>
    </div>
  );
}

function Details({ of, view }: { of: string; view: AdjustmentView | null }) {
  return (
    <>
      <span className="block">From {of}.</span>
      {view && (
        <span className="mt-1 block text-ink-soft">
          Gain {formatNumber(view.gainNatsPerGame, 4)} nats a game over the published rules, on games it had not seen;
          e-value {formatEValue(view.eValue)}, 100 needed.
        </span>
      )}
    </>
  );
}
