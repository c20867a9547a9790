'use client';
// The replayed tick as players saw it, and what came of it. Numbers are those that were sent then, not worked out anew.
import { ChevronDown, ChevronsDown, ChevronUp, Equal, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Moment } from '@/components/games/replay/moment';
import { describeReliability } from '@/components/status/describe-reliability';
import { Time } from '@/components/time/time';
import { Badge } from '@/components/ui/badge';
import { Figures } from '@/components/ui/figures';
import { Stat, Unknown } from '@/components/ui/stat';
import type { Zone } from '@/lib/decision/zone';
import { WINDOW_TICKS } from '@/lib/game/rules';
import { count } from '@/lib/risk/words';
import { formatNumber, formatPercent, formatPrice, formatSeconds, formatSigned } from '@/lib/units/format';

const VALUE = 'text-figure-large font-semibold whitespace-nowrap';
const NOT_MADE = 'no assessment was made at this tick';

/** What the panel needs of whatever was said: an assessment of the tick, else the newest prediction. */
type Said = {
  readonly win: { readonly value: number; readonly lower: number; readonly upper: number };
  readonly payout: number;
  readonly expectedValue: number;
  readonly zone: Zone;
  readonly model: string;
  readonly madeAtTick: number;
};

export function MomentPanel({ moment, rugTick }: { moment: Moment; rugTick: number | null }) {
  const said = saidAt(moment);
  return (
    <div data-testid="moment" data-tick={moment.tick} data-zone={said?.zone ?? 'none'} className="flex flex-col gap-4">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4 text-ink-soft">
        <span>
          <span className="text-figure font-semibold text-ink">Tick {moment.tick}</span>
          {moment.price !== null && <> at {formatPrice(moment.price)}</>}
        </span>
        {moment.arrival === null ? 'arrival not on record' : <Time at={moment.arrival} form="seconds" />}
      </p>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-4">
        <Stat label="Win probability" note={said && <Figures>{intervalOf(said)}</Figures>}>
          <dd data-testid="moment-win" className={`${VALUE} text-zone`}>
            {said ? formatPercent(said.win.value) : <Unknown because={NOT_MADE} />}
          </dd>
        </Stat>
        <Stat label="Expected value" note={said && `per 1 SOL, needs ${formatPercent(1 / said.payout)}`}>
          <dd className={`${VALUE} text-zone`}>
            {said ? formatSigned(said.expectedValue, 3) : <Unknown because={NOT_MADE} />}
          </dd>
        </Stat>
      </dl>
      {said && <ZoneBadge zone={said.zone} />}
      <Outcome moment={moment} rugTick={rugTick} />
      <dl className="grid grid-cols-1">
        <Timing moment={moment} />
        {moment.prediction && <PredictedEnd moment={moment} rugTick={rugTick} />}
        <Row label="Model">{said ? said.model : <Unknown because={NOT_MADE} />}</Row>
      </dl>
      {said && said.madeAtTick !== moment.tick && (
        <p className="text-caption text-ink-faint">
          No assessment of this very tick is on record: these are the figures of the prediction at tick{' '}
          {said.madeAtTick}.
        </p>
      )}
    </div>
  );
}

function saidAt({ assessment, prediction, tick }: Moment): Said | null {
  if (assessment) {
    const { winProbability: win, payout, expectedValue, zone, model } = assessment;
    return { win, payout, expectedValue, zone, model: `${model.id} v${model.version}`, madeAtTick: tick };
  }
  if (!prediction) return null;
  const { winProbability: value, lower, upper, payout, zone, model } = prediction;
  const expectedValue = payout * value - 1;
  return { win: { value, lower, upper }, payout, expectedValue, zone, model, madeAtTick: prediction.tick };
}

function intervalOf({ win }: Said): string {
  return win.upper > win.lower
    ? `between ${formatPercent(win.lower)} and ${formatPercent(win.upper)}`
    : 'by the published rule, exactly';
}

const ZONES: Record<Zone, { Icon: LucideIcon; words: string }> = {
  'deep-negative': { Icon: ChevronsDown, words: 'far below break-even' },
  negative: { Icon: ChevronDown, words: 'below break-even' },
  'break-even': { Icon: Equal, words: 'at break-even' },
  positive: { Icon: ChevronUp, words: 'above break-even' },
};

function ZoneBadge({ zone }: { zone: Zone }) {
  const { Icon, words } = ZONES[zone];
  return (
    <Badge tone="zone" className="self-start">
      <Icon aria-hidden /> {words}
    </Badge>
  );
}

/** The one line that was not known then. */
function Outcome({ moment, rugTick }: { moment: Moment; rugTick: number | null }) {
  return (
    <p data-testid="moment-outcome" className="border-l-2 border-line-strong pl-3 text-ink-soft">
      {rugTick === null
        ? 'What came of it is not known yet: the game has not ended.'
        : moment.isRug
          ? 'The game rugged here.'
          : `What came of it: the game rugged ${count(rugTick - moment.tick, 'tick')} later, so a bet on ticks ${moment.tick + 1}–${moment.tick + WINDOW_TICKS} ${moment.outcome === 'won' ? 'won' : 'lost'}.`}
    </p>
  );
}

function Timing({ moment: { assessment } }: { moment: Moment }) {
  const timing = assessment?.timing ?? null;
  const unknown = <Unknown because={NOT_MADE} />;
  return (
    <>
      <Row label="Tick interval">
        {timing ? (
          <Figures>{`${formatNumber(timing.intervalMs, 0)} ms, ${describeReliability(timing.reliability)}`}</Figures>
        ) : (
          unknown
        )}
      </Row>
      <Row label="40 ticks were to last">
        {timing ? <Figures>{`≈ ${formatSeconds(timing.windowMs.expected)}`}</Figures> : unknown}
      </Row>
      <Row label="Accepted if sent then">{timing ? formatPercent(timing.acceptProbability) : unknown}</Row>
      <Row label="Hazard">{assessment ? `${formatPercent(assessment.hazard, 2)} a tick` : unknown}</Row>
    </>
  );
}

function PredictedEnd({ moment, rugTick }: { moment: Moment; rugTick: number | null }) {
  const { medianTick, lower50, upper50, tick } = moment.prediction!;
  const missed = rugTick === null ? '' : `; it came ${describeMiss(rugTick - medianTick)}`;
  return (
    <Row label={`End predicted at tick ${tick}`}>
      <Figures>{`tick ${medianTick} (${lower50}–${upper50} half the time)${missed}`}</Figures>
    </Row>
  );
}

function describeMiss(ticks: number): string {
  if (ticks === 0) return 'exactly then';
  return ticks > 0 ? `${count(ticks, 'tick')} later` : `${count(-ticks, 'tick')} sooner`;
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-4 border-b border-line/60 py-1.5 last:border-0">
      <dt className="shrink-0 text-ink-faint">{label}</dt>
      <dd className="text-right text-ink-soft">{children}</dd>
    </div>
  );
}
