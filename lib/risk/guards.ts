// One small guard per rule. Each says the largest stake its rule lets through (`headroom`) and, when a stake is above
// it, names the rule and its numbers. No guard can be switched off; the risk manager runs them in this order.
import type { Assessment } from '@/lib/decision/assess';
import { lamports, type Lamports } from '@/lib/units/lamports';
import type { EpochMs } from '@/lib/units/time';
import { largest, timesRoundedDown } from '@/lib/risk/amounts';
import type { Profile } from '@/lib/risk/profile';
import type { Conditions } from '@/lib/risk/venue';
import { count, duration, sol } from '@/lib/risk/words';
import { formatPercent } from '@/lib/units/format';

export type RiskInput = {
  readonly assessment: Assessment;
  readonly profile: Profile;
  readonly conditions: Conditions;
  readonly now: EpochMs;
};

/**
 * What a refusal asks of the player: `wait` passes by itself, `stop` ends the session, `size` asks for another stake.
 */
export type RefusalKind = 'wait' | 'stop' | 'size';

/** Refuses any bet at all, or none. */
export type StateGuard = {
  readonly rule: string;
  readonly kind: RefusalKind;
  refuse(input: RiskInput): string | null;
};

/** Refuses stakes above its headroom, which may be negative. */
export type StakeGuard = {
  readonly rule: string;
  readonly kind: RefusalKind;
  headroomLamports(input: RiskInput): Lamports;
  explain(input: RiskInput, stakeLamports: Lamports): string;
};

/** No frame for this long means the numbers describe the past: the feed's own limits for staleness. */
const FEED_AGE_MS_MAX = { active: 2_000, other: 5_000 } as const;

const pendingSettlement: StateGuard = {
  rule: 'settlement-pending',
  kind: 'wait',
  refuse({ profile: { session } }) {
    const pending = session.pendingSettlement;
    if (!pending) return null;
    const outcome = pending.won ? 'won' : 'lost';
    return `Your ${outcome} bet of ${sol(pending.stakeLamports)} is not settled yet, so your bankroll is not certain.`;
  },
};

const staleFeed: StateGuard = {
  rule: 'stale-feed',
  kind: 'wait',
  refuse({ conditions: { feed, phase } }) {
    const ageMsMax = phase === 'active' ? FEED_AGE_MS_MAX.active : FEED_AGE_MS_MAX.other;
    if (feed.status === 'connected' && feed.ageMs !== null && feed.ageMs <= ageMsMax) return null;
    if (feed.ageMs === null) return `The feed is ${feed.status}: nothing has been received yet.`;
    return `The feed is stale: its last frame came ${(feed.ageMs / 1000).toFixed(1)} s ago, more than ${ageMsMax / 1000} s.`;
  },
};

const bettingClosed: StateGuard = {
  rule: 'betting-closed',
  kind: 'wait',
  refuse({ conditions: { phase } }) {
    if (phase === 'active' || phase === 'presale') return null;
    return phase === 'rugged' ? 'The game has rugged: no bet is taken.' : 'No bet is taken before the presale.';
  },
};

const openBet: StateGuard = {
  rule: 'one-open-bet',
  kind: 'wait',
  refuse({ profile: { session } }) {
    const bet = session.openBet;
    if (!bet) return null;
    return `Your bet of ${sol(bet.stakeLamports)} on ticks ${bet.startTick} to ${bet.endTick} is still open; one at a time.`;
  },
};

const consecutiveLosses: StateGuard = {
  rule: 'consecutive-losses',
  kind: 'stop',
  refuse({ profile: { session, limits } }) {
    if (session.consecutiveLosses < limits.maxConsecutiveLosses) return null;
    return `You lost ${count(session.consecutiveLosses, 'bet')} in a row; your limit is ${limits.maxConsecutiveLosses}.`;
  },
};

const coolingOff: StateGuard = {
  rule: 'cooling-off',
  kind: 'wait',
  refuse({ profile: { session, limits }, now }) {
    if (session.lastLossAt === null) return null;
    // A clock that jumped back must not end the pause early.
    const sinceMs = Math.max(0, now - session.lastLossAt);
    if (sinceMs >= limits.coolingOffMs) return null;
    const leftMs = limits.coolingOffMs - sinceMs;
    return `You pause for ${duration(limits.coolingOffMs)} after a loss; ${duration(leftMs)} are left.`;
  },
};

const reliability: StateGuard = {
  rule: 'low-reliability',
  kind: 'wait',
  refuse({ assessment: { timing }, profile: { limits } }) {
    if (timing.reliability >= limits.minReliability) return null;
    return `Tick timing is unsteady: reliability ${timing.reliability.toFixed(2)}, you ask for ${limits.minReliability.toFixed(2)}.`;
  },
};

export const STATE_GUARDS: readonly StateGuard[] = [
  pendingSettlement,
  staleFeed,
  bettingClosed,
  openBet,
  consecutiveLosses,
  coolingOff,
  reliability,
];

const sessionLoss: StakeGuard = {
  rule: 'session-loss',
  kind: 'stop',
  headroomLamports: ({ profile: { session, limits } }) => lamports(limits.perSessionLossLamports + session.netLamports),
  explain({ profile: { session, limits } }, stake) {
    const result = session.netLamports < 0n ? `lost ${sol(-session.netLamports)}` : `net ${sol(session.netLamports)}`;
    return `Losing ${sol(stake)} more (this session: ${result}) would pass your session limit of ${sol(limits.perSessionLossLamports)}.`;
  },
};

const drawdown: StakeGuard = {
  rule: 'drawdown',
  kind: 'stop',
  headroomLamports({ profile }) {
    const peak = peakBankroll(profile);
    return lamports(profile.bankrollLamports - peak + timesRoundedDown(peak, profile.limits.maxDrawdownFraction));
  },
  explain({ profile }, stake) {
    const limit = formatPercent(profile.limits.maxDrawdownFraction);
    return `Losing ${sol(stake)} would leave ${sol(profile.bankrollLamports - stake)}, more than ${limit} below this session’s high of ${sol(peakBankroll(profile))}.`;
  },
};

const gameLoss: StakeGuard = {
  rule: 'game-loss',
  kind: 'wait',
  headroomLamports: ({ profile: { session, limits } }) =>
    lamports(limits.perGameLossLamports + session.gameNetLamports),
  explain({ profile: { session, limits } }, stake) {
    const result =
      session.gameNetLamports < 0n ? `lost ${sol(-session.gameNetLamports)}` : `net ${sol(session.gameNetLamports)}`;
    return `Losing ${sol(stake)} more (this game: ${result}) would pass your limit of ${sol(limits.perGameLossLamports)} a game.`;
  },
};

const stakeFraction: StakeGuard = {
  rule: 'stake-fraction',
  kind: 'size',
  headroomLamports: ({ profile }) => timesRoundedDown(profile.bankrollLamports, profile.limits.maxStakeFraction),
  explain({ profile }, stake) {
    const share = profile.limits.maxStakeFraction;
    const most = timesRoundedDown(profile.bankrollLamports, share);
    return `A stake of ${sol(stake)} is above ${formatPercent(share)} of your bankroll (${sol(most)}).`;
  },
};

const balance: StakeGuard = {
  rule: 'insufficient-balance',
  kind: 'size',
  headroomLamports: ({ profile }) => lamports(heldLamports(profile) - profile.limits.minBalanceLamports),
  explain({ profile }, stake) {
    const kept = profile.limits.minBalanceLamports;
    const reserve = kept > 0n ? ` and keep ${sol(kept)} back` : '';
    return `You hold ${sol(heldLamports(profile))}${reserve}: not enough for ${sol(stake)}.`;
  },
};

const venueMaximum: StakeGuard = {
  rule: 'venue-maximum',
  kind: 'size',
  headroomLamports: ({ conditions }) => conditions.venue.maxStakeLamports,
  explain: ({ conditions }, stake) =>
    `The venue takes at most ${sol(conditions.venue.maxStakeLamports)} a bet, not ${sol(stake)}.`,
};

export const STAKE_GUARDS: readonly StakeGuard[] = [
  sessionLoss,
  drawdown,
  gameLoss,
  stakeFraction,
  balance,
  venueMaximum,
];

/** The highest the bankroll has been in this session. */
function peakBankroll({ bankrollLamports, session }: Profile): Lamports {
  return lamports(bankrollLamports - session.netLamports + largest(session.peakNetLamports, 0n));
}

/** The smaller of bankroll and balance: neither may be overspent. */
function heldLamports({ bankrollLamports, balanceLamports }: Profile): Lamports {
  return balanceLamports !== null && balanceLamports < bankrollLamports ? balanceLamports : bankrollLamports;
}
