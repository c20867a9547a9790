// Everything the ticket says before a bet is placed: what it can win and lose, whether it is worth it, when it would run,
// every rule that would refuse it, and what the one button does. Pure. The rules are those of the server (lib/risk,
// lib/safety), held against what this browser knows; the server asks them again and its word is final.
import { findOpenBet, sumBets, type BetsSummary } from '@/components/bet/sum-bets';
import { computeFigures, type TicketFigures } from '@/components/bet/compute-figures';
import type { Account } from '@/lib/account/account';
import type { VenueId } from '@/lib/bets/bet';
import { parseStake } from '@/lib/bets/parse-stake';
import type { Assessment } from '@/lib/decision/assess';
import type { Recommendation, RecommendationSet } from '@/lib/decision/recommend';
import type { Verdict } from '@/lib/decision/verdict';
import type { BetView } from '@/lib/protocol/bets-api';
import { largest } from '@/lib/risk/amounts';
import type { Profile } from '@/lib/risk/profile';
import { checkRisk } from '@/lib/risk/risk-manager';
import type { Conditions } from '@/lib/risk/venue';
import { sol } from '@/lib/risk/words';
import { checkSafety, checkSafetyStop } from '@/lib/safety/check-safety';
import { LAMPORTS_MAX, type Lamports } from '@/lib/units/lamports';
import type { EpochMs } from '@/lib/units/time';

export type TicketInput = {
  readonly venue: VenueId;
  readonly amountText: string;
  /** What may be claimed of this moment; nothing while the feed is not live. */
  readonly assessment: Assessment | null;
  readonly verdict: Verdict;
  readonly gameId: string | null;
  readonly conditions: Conditions | null;
  readonly profile: Profile | null;
  readonly advice: RecommendationSet | null;
  /** Null for a reader who is not signed in. */
  readonly player: TicketPlayer | null;
  readonly now: EpochMs;
};

export type TicketPlayer = {
  /** Null until it is known; nothing can be placed before. */
  readonly account: Pick<Account, 'settings' | 'safety' | 'playerId'> | null;
  readonly bets: readonly BetView[];
  /** Before the server has told which bets are open, none can be placed. */
  readonly isKnown: boolean;
  /** What the player holds at the venue; null where it is not known. */
  readonly balanceLamports: Lamports | null;
};

export type TicketRule = { readonly rule: string; readonly message: string };

export type TicketView = {
  readonly stakeLamports: Lamports | null;
  /** Of an amount that was written and cannot be read. */
  readonly amountError: string | null;
  readonly advised: { readonly stakeLamports: Lamports; readonly strategyId: string } | null;
  readonly adviceSentence: string;
  readonly figures: TicketFigures | null;
  /** Every rule that would refuse it; what stops all betting comes first. */
  readonly rules: readonly TicketRule[];
  readonly isHighRisk: boolean;
  readonly action: TicketAction;
};

/** What the one button does now. */
export type TicketAction =
  | { readonly kind: 'connect' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'write-amount' }
  /** A bet of the player's is open: it is shown instead. */
  | { readonly kind: 'open-bet' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'place'; readonly strategyId: string | null };

export function computeTicket(input: TicketInput): TicketView {
  const { amountText, player, venue } = input;
  const written = amountText.trim().replace(',', '.');
  const parsed = written === '' ? null : parseStake({ sol: written });
  const stakeLamports = parsed?.ok ? parsed.value : null;
  const advised = findAdvised(input.advice);
  const summary = player && sumBets({ bets: player.bets, venue, gameId: input.gameId, now: input.now });
  const rules = player || stakeLamports !== null ? findRules(input, { stakeLamports, summary }) : [];
  return {
    stakeLamports,
    amountError: parsed && !parsed.ok ? parsed.error.message.replace(' Nothing was placed.', '') : null,
    advised,
    adviceSentence: adviceSentence(input, advised),
    figures: computeFigures({ ...input, stakeLamports }),
    rules,
    isHighRisk: stakeLamports !== null && stakeLamports > (player?.account?.safety.highRiskLamports ?? LAMPORTS_MAX),
    action: decideAction({ player, venue, stakeLamports, rules, advised }),
  };
}

/** What stops all betting, whatever the amount (lib/safety/check-safety). */
export const STOPS: ReadonlySet<string> = new Set(['stopped', 'cooling-off', 'excluded']);

/** The stake of the advice on top, when it is to bet. */
function findAdvised(advice: RecommendationSet | null): TicketView['advised'] {
  const top: Recommendation | undefined = advice?.recommendations[0];
  if (top?.action !== 'bet' || top.stakeLamports === 0n) return null;
  return { stakeLamports: top.stakeLamports, strategyId: top.strategyId };
}

function adviceSentence({ advice, verdict }: TicketInput, advised: TicketView['advised']): string {
  if (advised) return `The advice is to bet ${sol(advised.stakeLamports)}.`;
  if (!advice) return `No advice: ${verdict.reason}.`;
  return 'The advice is not to bet: nothing is filled in for you.';
}

function decideAction({
  player,
  venue,
  stakeLamports,
  rules,
  advised,
}: Pick<TicketView, 'stakeLamports' | 'rules' | 'advised'> & {
  player: TicketPlayer | null;
  venue: VenueId;
}): TicketAction {
  if (!player) return { kind: 'connect' };
  if (!player.isKnown || !player.account) return { kind: 'loading' };
  if (findOpenBet(player.bets, venue)) return { kind: 'open-bet' };
  if (rules.some(({ rule }) => STOPS.has(rule))) return { kind: 'refused' };
  if (stakeLamports === null) return { kind: 'write-amount' };
  if (rules.length > 0) return { kind: 'refused' };
  return { kind: 'place', strategyId: advised?.strategyId ?? null };
}

function findRules(
  input: TicketInput,
  { stakeLamports, summary }: { stakeLamports: Lamports | null; summary: BetsSummary | null },
): readonly TicketRule[] {
  const { now, venue } = input;
  const account = input.player?.account ?? null;
  const rules: TicketRule[] = [];
  if (account && summary) {
    const stop = checkSafetyStop(account.safety, now, summary.activity.sessionOpenedAt);
    // The reality check is a question, and has a dialog of its own.
    if (stop && stop.code !== 'reality-check') rules.push({ rule: stop.code, message: stop.message });
    if (venue === 'assisted' && account.playerId === null) rules.push(NOT_LINKED);
  }
  if (stakeLamports === null) return rules;
  rules.push(...checkMoment(input, stakeLamports, summary));
  if (account && summary) {
    const known = new Set(rules.map(({ rule }) => rule));
    const limits = checkSafety({ safety: account.safety, activity: summary.activity, stakeLamports, now });
    rules.push(...limits.filter(({ rule }) => !known.has(rule)).map(({ rule, message }) => ({ rule, message })));
  }
  return rules;
}

const NOT_LINKED: TicketRule = {
  rule: 'not-linked',
  message: 'Link your rugs.fun player id in the settings first, so that the feed can tell which bet is yours.',
};

/** The risk manager's rules; without an assessment there is no moment to bet in. */
function checkMoment(
  { assessment, conditions, profile, player, verdict, now }: TicketInput,
  stakeLamports: Lamports,
  summary: BetsSummary | null,
): readonly TicketRule[] {
  if (!assessment || !conditions || !profile) {
    // Between games it opens by itself; without the feed nobody can say when.
    const rule = verdict.word === 'No advice' ? 'stale-feed' : 'betting-closed';
    return [{ rule, message: `No bet can be placed now: ${verdict.reason}.` }];
  }
  const checked =
    player?.account && summary ? toCheckedProfile(profile, { ...player, account: player.account }, summary) : profile;
  const refusals = checkRisk({ assessment, conditions, profile: checked, now }, stakeLamports);
  return refusals.map(({ rule, message }) => ({ rule, message }));
}

/** The profile as the server sees it (server/bets/placement-profile.ts): limits, running session, what is really held. */
function toCheckedProfile(
  profile: Profile,
  { account, balanceLamports }: TicketPlayer & { readonly account: NonNullable<TicketPlayer['account']> },
  { session }: BetsSummary,
): Profile {
  return {
    ...profile,
    bankrollLamports: largest(account.safety.limits.bankrollLamports + session.netLamports, 1n),
    limits: account.safety.limits,
    balanceLamports,
    session,
    position: null,
  };
}
