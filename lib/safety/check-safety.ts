// What a bet meets of the player's protection: first what stops all betting, then the losses of the session, the hour and
// the day with everything open counted as lost. Pure; the bet engine calls both at placement, the ticket shows the same.
import type { Refusal } from '@/lib/risk/risk-manager';
import { sol } from '@/lib/risk/words';
import { betProblem, type BetProblem } from '@/lib/protocol/bet-problem';
import { FOR_GOOD, isRealityCheckDue, realityCheckStop } from '@/lib/safety/pauses';
import type { BettingActivity, SafetyState } from '@/lib/safety/safety';
import { span, when } from '@/lib/safety/words';
import type { Lamports } from '@/lib/units/lamports';
import type { EpochMs } from '@/lib/units/time';

/** Null lets betting go on. The longest of what stops it comes first: that is what the player has to wait for. */
export function checkSafetyStop(
  safety: SafetyState,
  now: EpochMs,
  /** See isRealityCheckDue. */
  bettingSince: EpochMs | null,
): BetProblem | null {
  const { excludedUntil, coolingOffUntil, stoppedSince } = safety;
  if (excludedUntil !== null && excludedUntil > now) return excludedStop(excludedUntil, now);
  if (coolingOffUntil !== null && coolingOffUntil > now) {
    return betProblem(
      'cooling-off',
      `You are in a cooling-off until ${when(coolingOffUntil)}, ${span(coolingOffUntil - now)} from now. No bet was placed and nothing was staked. Betting opens again by itself then.`,
      { retryAfterMs: coolingOffUntil - now },
    );
  }
  if (stoppedSince !== null) {
    return betProblem(
      'stopped',
      `You stopped all betting at ${when(stoppedSince)}. Nothing was staked. It stays stopped until you resume it yourself; there is no hurry.`,
    );
  }
  return isRealityCheckDue(safety, now, bettingSince) ? realityCheckStop(safety) : null;
}

function excludedStop(until: EpochMs, now: EpochMs): BetProblem {
  if (until >= FOR_GOOD) {
    return betProblem(
      'excluded',
      'You excluded yourself from betting for good. No bet was placed and nothing was staked. The rest of Fortytick stays open to you.',
    );
  }
  return betProblem(
    'excluded',
    `You excluded yourself from betting until ${when(until)}, ${span(until - now)} from now. No bet was placed and nothing was staked. Nobody can shorten this; the rest of Fortytick stays open to you.`,
    { retryAfterMs: until - now },
  );
}

type Period = {
  readonly rule: string;
  readonly kind: Refusal['kind'];
  readonly name: string;
  readonly then: string;
  readonly netLamports: Lamports;
  readonly limitLamports: Lamports;
};

/**
 * Every limit that this stake could break if it and everything open were lost. The session's is the risk manager's as well,
 * under the same rule name; here open stakes of the venue count too.
 */
export function checkSafety({
  safety: { limits },
  activity,
  stakeLamports,
}: {
  safety: SafetyState;
  activity: BettingActivity;
  stakeLamports: Lamports;
  now: EpochMs;
}): readonly Refusal[] {
  const periods: readonly Period[] = [
    {
      rule: 'session-loss',
      kind: 'stop',
      name: 'this session',
      then: 'This session is over; a new one begins after 30 minutes without a bet.',
      netLamports: activity.sessionNetLamports,
      limitLamports: limits.perSessionLossLamports,
    },
    {
      rule: 'hour-loss',
      kind: 'wait',
      name: 'the last 60 minutes',
      then: 'Room comes back as losses grow older than an hour.',
      netLamports: activity.hourNetLamports,
      limitLamports: limits.perHourLossLamports,
    },
    {
      rule: 'day-loss',
      kind: 'stop',
      name: 'the last 24 hours',
      then: 'Room comes back as losses grow older than a day.',
      netLamports: activity.dayNetLamports,
      limitLamports: limits.perDayLossLamports,
    },
  ];
  const refusals: Refusal[] = [];
  for (const { rule, kind, name, then, netLamports, limitLamports } of periods) {
    const worst = netLamports - activity.openStakeLamports - stakeLamports;
    if (-worst <= limitLamports) continue;
    const open = activity.openStakeLamports > 0n ? `, with ${sol(activity.openStakeLamports)} still open` : '';
    const so = `Result of ${name}: ${sol(netLamports)}${open}.`;
    const message = `${so} Losing ${sol(stakeLamports)} more would pass your limit of ${sol(limitLamports)}. ${then}`;
    refusals.push({ rule, kind, message });
  }
  return refusals;
}
