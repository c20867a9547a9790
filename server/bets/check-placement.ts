// Whether a bet may be placed now: every check in its order, each with its own typed refusal, and nothing moved by any. Run
// once before the venue prepares, so that a refusal costs nothing, and again under the lock, on what is true then. Pure.
import type { Account } from '@/lib/account/account';
import type { Bet, VenueId } from '@/lib/bets/bet';
import { bettingSince, countActivity, type ActivityBet } from '@/lib/bets/betting-activity';
import type { LiveGame } from '@/lib/bets/judge-stake';
import type { Assessment } from '@/lib/decision/assess';
import { betProblem, type BetProblem } from '@/lib/protocol/bet-problem';
import type { Profile } from '@/lib/risk/profile';
import { checkRisk, type Refusal } from '@/lib/risk/risk-manager';
import type { Conditions } from '@/lib/risk/venue';
import { sol } from '@/lib/risk/words';
import { checkSafety, checkSafetyStop } from '@/lib/safety/check-safety';
import type { Lamports } from '@/lib/units/lamports';
import { err, ok, type Result } from '@/lib/units/result';
import type { EpochMs } from '@/lib/units/time';
import type { LiveSource } from '@/server/bets/live-source';
import { placementProfile } from '@/server/bets/placement-profile';
import type { BetFacts } from '@/server/bets/store/bet-store';
import type { Venue } from '@/server/bets/venue';

export type Placement = {
  readonly accountId: string;
  readonly venue: Venue;
  readonly stakeLamports: Lamports;
  readonly clientKey: string;
  readonly strategyId: string | null;
  /** The player said yes to a stake above the limit of their own. */
  readonly confirmed: boolean;
};

/** What the moment is, once nothing of the first checks stands in the way. */
export type Moment = {
  readonly account: Account;
  /** Of this venue. */
  readonly activity: readonly ActivityBet[];
  readonly game: LiveGame;
  readonly assessment: Assessment;
  readonly conditions: Conditions;
  readonly now: EpochMs;
};

/** Everything that can be said without asking the venue what the player holds. */
export function checkMoment(
  { accountId, venue }: Placement,
  { facts, live, closed }: { readonly facts: BetFacts; readonly live: LiveSource; readonly closed: BetProblem | null },
): Result<Moment, BetProblem> {
  const now = live.clock();
  const account = facts.account(accountId);
  if (!account) return refuse('not-signed-in', 'This account is not there any more. Sign in again.');
  if (account.oddsAcceptedAt === null) {
    return refuse('odds-not-accepted', 'Read what the odds are, and accept them, before your first bet.');
  }
  const lately = facts.activity(accountId);
  const stopped = checkSafetyStop(account.safety, now, bettingSince(lately, now));
  if (stopped) return err(stopped);
  const unusable = closed ?? venue.problem();
  if (unusable) return err(unusable);
  const feed = checkFeed(live);
  if (!feed.ok) return feed;
  const open = checkOpen(facts.openBets(accountId), venue.id);
  if (open) return err(open);
  const { game, assessment } = feed.value;
  const conditions = { venue: venue.rules(), feed: live.feedStatus(), phase: game.phase };
  const activity = lately.filter((bet) => bet.venue === venue.id);
  return ok({ account, activity, game, assessment, conditions, now });
}

/** What the rules say of this stake: the risk manager's, and the player's own. */
export function checkRules(
  { stakeLamports, confirmed }: Placement,
  moment: Moment,
  balanceLamports: Lamports | null,
): Result<Profile, BetProblem> {
  const { account, activity, game, assessment, conditions, now } = moment;
  const profile = placementProfile({ account, activity, now, gameId: game.gameId, balanceLamports });
  const refusals = [
    ...checkRisk({ assessment, profile, conditions, now }, stakeLamports),
    ...checkSafety({ safety: account.safety, activity: countActivity(activity, now), stakeLamports, now }),
  ];
  if (refusals.length > 0) return err(refusedBy(refusals));
  const { highRiskLamports } = account.safety;
  if (stakeLamports > highRiskLamports && !confirmed) {
    return refuse(
      'confirmation-needed',
      `${sol(stakeLamports)} is above ${sol(highRiskLamports)}, where you asked to be asked twice. Place it again to confirm.`,
    );
  }
  return ok(profile);
}

function checkFeed(live: LiveSource): Result<{ game: LiveGame; assessment: Assessment }, BetProblem> {
  const { game, feedLive } = live.game();
  if (!feedLive || !game) {
    return refuse('feed-stale', 'The feed is not live, so that nobody can say which tick it is.', 1_000);
  }
  const assessment = live.assessment();
  if ((game.phase === 'active' || game.phase === 'presale') && assessment) return ok({ game, assessment });
  return refuse(
    'betting-closed',
    game.phase === 'rugged'
      ? 'The game has rugged. Bets open again in the presale of the next one.'
      : 'Bets open in the last 10 s before a game.',
  );
}

function checkOpen(open: readonly Bet[], venue: VenueId): BetProblem | null {
  // The game's own site may hold a bet of the player beside one of ours.
  const [bet] = open.filter((other) => (other.venue === 'assisted') === (venue === 'assisted'));
  if (!bet) return null;
  const words = { prepared: 'waits for your signature', submitted: 'is on its way', active: 'is running' };
  const how = words[bet.state as keyof typeof words];
  return betProblem('bet-open', `Your bet of ${sol(bet.stakeLamports)} ${how}; one at a time. ${NOTHING}`);
}

function refusedBy(refusals: readonly Refusal[]): BetProblem {
  const rules = new Map<string, string>();
  for (const { rule, message } of refusals) if (!rules.has(rule)) rules.set(rule, message);
  const [first] = rules;
  const [rule, message] = first!;
  const code = rule === 'insufficient-balance' && rules.size === 1 ? rule : 'refused';
  return betProblem(code, `${message} ${NOTHING}`, {
    rules: [...rules].map(([name, words]) => ({ rule: name, message: words })),
  });
}

const NOTHING = 'Nothing was placed.';

function refuse(code: BetProblem['code'], message: string, retryAfterMs?: number): Result<never, BetProblem> {
  const more = retryAfterMs === undefined ? {} : { retryAfterMs };
  return err(betProblem(code, code === 'not-signed-in' ? message : `${message} ${NOTHING}`, more));
}
