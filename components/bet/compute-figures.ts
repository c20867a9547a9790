// What a stake can win and lose, what it is worth on average, and when it would run. Pure. The network's fee is counted
// against the player in the average and in break-even, since it is paid whatever the game does.
import { VENUE_WORDS } from '@/components/bet/venue-words';
import type { VenueId } from '@/lib/bets/bet';
import type { Assessment } from '@/lib/decision/assess';
import { DEFAULT_PAYOUT_MULTIPLE, WINDOW_TICKS } from '@/lib/game/rules';
import type { BetView } from '@/lib/protocol/bets-api';
import { ratioOf, timesRoundedDown, winningsOf } from '@/lib/risk/amounts';
import type { Profile } from '@/lib/risk/profile';
import type { Conditions } from '@/lib/risk/venue';
import { computeAcceptProbability } from '@/lib/timing/accept-probability';
import { lamports, type Lamports } from '@/lib/units/lamports';

export type TicketFigures = {
  readonly payout: number;
  readonly feeLamports: Lamports;
  /** Of the stake; null while no amount is written. */
  readonly money: {
    readonly winLamports: Lamports;
    readonly returnLamports: Lamports;
    readonly loseLamports: Lamports;
    /** How often it must win to break even, fee included. */
    readonly breakEven: number;
    /** Null without an assessment: there is nothing to average over. */
    readonly expected: { readonly lamports: Lamports; readonly share: number } | null;
  } | null;
  /** Of this moment; null while no bet can be placed. */
  readonly moment: {
    readonly winProbability: number;
    readonly breakEven: number;
    readonly acceptProbability: number;
    /** The tick at which it would start, as far as it can be told. */
    readonly startTick: number;
    readonly endTick: number;
    readonly isFromStart: boolean;
    readonly windowMs: number;
  } | null;
};

export function computeFigures({
  stakeLamports,
  venue,
  assessment,
  conditions,
  profile,
  player,
}: {
  stakeLamports: Lamports | null;
  venue: VenueId;
  assessment: Assessment | null;
  conditions: Conditions | null;
  profile: Profile | null;
  player: { readonly bets: readonly BetView[] } | null;
}): TicketFigures {
  const { feeLamports } = VENUE_WORDS[venue];
  const payout = assessment?.payout ?? DEFAULT_PAYOUT_MULTIPLE;
  const delayMs = (profile?.latencyMs ?? 0) + confirmMsOf(venue, player?.bets ?? []);
  return {
    payout,
    feeLamports,
    money: stakeLamports === null ? null : computeMoney({ stakeLamports, feeLamports, payout, assessment }),
    moment:
      assessment && conditions && computeMoment({ assessment, delayMs, isFromStart: conditions.phase === 'presale' }),
  };
}

/** Worked value: 0.01 SOL at 5× and 18.17 %, fee 0.000005 SOL: −0.000915 − 0.000005 = −0.00092 SOL, −9.2 %. */
function computeMoney({
  stakeLamports,
  feeLamports,
  payout,
  assessment,
}: {
  stakeLamports: Lamports;
  feeLamports: Lamports;
  payout: number;
  assessment: Assessment | null;
}): NonNullable<TicketFigures['money']> {
  const winLamports = winningsOf(stakeLamports, payout);
  const returnLamports = lamports(stakeLamports + winLamports);
  const average = assessment && timesRoundedDown(stakeLamports, payout * assessment.winProbability.value - 1);
  const expected = average === null ? null : lamports(average - feeLamports);
  return {
    winLamports,
    returnLamports,
    loseLamports: stakeLamports,
    breakEven: ratioOf(stakeLamports + feeLamports, returnLamports),
    expected: expected === null ? null : { lamports: expected, share: ratioOf(expected, stakeLamports) },
  };
}

function computeMoment({
  assessment,
  delayMs,
  isFromStart,
}: {
  assessment: Assessment;
  delayMs: number;
  isFromStart: boolean;
}): NonNullable<TicketFigures['moment']> {
  const { tick, timing, winProbability, breakEven, hazard } = assessment;
  const startTick = isFromStart ? 0 : tick + Math.round(delayMs / Math.max(1, timing.intervalMs));
  return {
    winProbability: winProbability.value,
    breakEven,
    // In the presale nothing can rug yet.
    acceptProbability: isFromStart
      ? 1
      : computeAcceptProbability({ hazard, latencyMs: delayMs, intervalMs: timing.intervalMs }),
    startTick,
    endTick: startTick + WINDOW_TICKS,
    isFromStart,
    windowMs: timing.windowMs.expected,
  };
}

/** Newest bets of the venue whose way to confirmation is known: their median is the best guess of the next. */
const CONFIRMED_BETS = 9;

export function confirmMsOf(venue: VenueId, bets: readonly BetView[]): number {
  const known = bets
    .flatMap((bet) =>
      bet.venue === venue && bet.submittedAt !== null && bet.activeAt !== null ? [bet.activeAt - bet.submittedAt] : [],
    )
    .slice(0, CONFIRMED_BETS)
    .toSorted((a, b) => a - b);
  // A paper bet waits for the player's own latency, which is counted already.
  if (venue !== 'practice') return 0;
  return known[Math.floor(known.length / 2)] ?? VENUE_WORDS[venue].confirmMs;
}
