'use client';
// What a bet placed now would cost, pay and cover.
import { useLive } from '@/components/live/live-provider';
import { Figures } from '@/components/ui/figures';
import { Stat, Unknown } from '@/components/ui/stat';
import { isClaiming } from '@/lib/decision/verdict';
import { DEFAULT_PAYOUT_MULTIPLE, WINDOW_TICKS } from '@/lib/game/rules';
import { formatMultiple, formatNumber, formatSeconds, formatSigned } from '@/lib/units/format';

const VALUE = 'text-figure-large font-semibold whitespace-nowrap';

export function BetFigures() {
  const isTrusted = useLive((state) => isClaiming(state.health));
  const expectedValue = useLive((state) => state.assessment?.expectedValue ?? null);
  const payout = useLive((state) => state.payout ?? DEFAULT_PAYOUT_MULTIPLE);
  return (
    <div className="@container">
      <dl className="grid grid-cols-2 gap-x-4 gap-y-4 @min-[28rem]:grid-cols-[8.5rem_7.5rem_1fr] @min-[28rem]:gap-x-5">
        <Stat label="Expected value" note="per 1 SOL staked">
          <dd data-testid="ev" className={VALUE}>
            {isTrusted && expectedValue !== null ? (
              <>
                <span className="text-zone">{formatSigned(expectedValue, 3)}</span>{' '}
                <span className="text-figure leading-none font-normal text-ink-soft">SOL</span>
              </>
            ) : (
              <Unknown because="not known now" />
            )}
          </dd>
        </Stat>
        <Stat label="A win pays" note={isTrusted ? `${formatMultiple(payout - 1)} the stake as profit` : 'the stake'}>
          <dd data-testid="payout" className={VALUE}>
            {isTrusted ? formatMultiple(payout) : <Unknown because="not claimed now" />}
          </dd>
        </Stat>
        <WindowStat />
      </dl>
    </div>
  );
}

function WindowStat() {
  const isTrusted = useLive((state) => isClaiming(state.health));
  const phase = useLive((state) => state.game?.phase ?? null);
  const startTick = useLive((state) => state.assessment?.tick ?? null);
  const windowMs = useLive((state) => state.timing?.windowMs ?? null);
  const isOpen = isTrusted && startTick !== null && windowMs !== null;
  return (
    <Stat label="A bet now covers" className="col-span-2 @min-[28rem]:col-span-1">
      <dd data-testid="window-countdown" data-start-tick={isOpen ? startTick : ''}>
        <span className={`${VALUE} block`}>
          {isOpen ? (
            <>
              <span className="text-figure leading-none font-normal text-ink-soft">ticks </span>
              {startTick + 1}–{startTick + WINDOW_TICKS}
            </>
          ) : (
            <Unknown because="no bet can be placed now" />
          )}
        </span>
        <span className="block text-caption text-ink-faint">
          {isOpen ? (
            <Figures>{windowNote({ isBeforeStart: phase === 'presale', windowMs })}</Figures>
          ) : (
            `${WINDOW_TICKS} ticks from the next one on`
          )}
        </span>
      </dd>
    </Stat>
  );
}

function windowNote({
  isBeforeStart,
  windowMs,
}: {
  isBeforeStart: boolean;
  windowMs: { expected: number; lower: number; upper: number };
}): string {
  const seconds = (durationMs: number) => formatNumber(durationMs / 1_000, 1);
  const range = `${formatSeconds(windowMs.expected)} (${seconds(windowMs.lower)}–${seconds(windowMs.upper)})`;
  return isBeforeStart ? `≈ ${range} from the start` : `ends in ≈ ${range}`;
}
