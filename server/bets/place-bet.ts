// Places a bet: checks, prepares with the venue, and puts it on record under the lock, where everything is checked again.
// The same command again, even at the same moment from another tab, is the same bet and the same answer.
import { toOwner } from '@/server/account/accounts';
import { BET_TIMEOUT_MS, type Bet } from '@/lib/bets/bet';
import type { BetAdvice } from '@/lib/bets/bet-advice';
import type { BetEvent } from '@/lib/bets/bet-event';
import { applyBetEvent } from '@/lib/bets/fold-bet';
import { parseStake } from '@/lib/bets/parse-stake';
import { toBetView } from '@/lib/bets/to-bet-view';
import { betProblem, type BetProblem } from '@/lib/protocol/bet-problem';
import type { PlaceBetRequest, PlacedBet } from '@/lib/protocol/bets-api';
import { strategyById } from '@/lib/strategy/registry';
import { err, ok, type Result } from '@/lib/units/result';
import type { Actor } from '@/server/auth/actor';
import { advisePlacement } from '@/server/bets/advise-placement';
import { checkMoment, checkRules, type Moment, type Placement } from '@/server/bets/check-placement';
import { answering, type EngineParts } from '@/server/bets/engine-parts';
import { sessionForBet } from '@/server/bets/session-for-bet';
import type { BetFacts, Decision, KeptPreparation, StoredBet } from '@/server/bets/store/bet-store';
import type { Preparation } from '@/server/bets/venue';

type Placed = Result<StoredBet, BetProblem>;

export function placeBet(
  parts: EngineParts,
  actor: Actor,
  request: PlaceBetRequest,
): Promise<Result<PlacedBet, BetProblem>> {
  return answering(async () => {
    const parsed = parsePlacement(parts, actor, request);
    if (!parsed.ok) return parsed;
    const placed = await place(parts, parsed.value);
    return placed.ok ? ok(toPlacedBet(placed.value)) : placed;
  });
}

async function place(parts: EngineParts, placement: Placement): Promise<Placed> {
  const { store, live, recommender } = parts;
  const { accountId, venue, clientKey, stakeLamports, strategyId } = placement;
  const asked = { placement: { accountId, venue: venue.id, clientKey } };
  const facts = await store.look(asked);
  const known = facts.betByClientKey(accountId, clientKey);
  if (known) return answerKnown(known, placement);
  const moment = checkMoment(placement, { facts, live, closed: parts.closed() });
  if (!moment.ok) return moment;
  const owner = toOwner(moment.value.account);
  const balance = await venue.balance(owner);
  if (!balance.ok) return balance;
  const profile = checkRules(placement, moment.value, balance.value);
  if (!profile.ok) return profile;
  const advice = advisePlacement({
    moment: moment.value,
    profile: profile.value,
    strategyId,
    stakeLamports,
    recommender,
  });
  const betId = parts.newId();
  const bet = draft(betId, prepared(placement, { moment: moment.value, sessionId: betId, advice }));
  const preparation = await venue.prepare(bet, owner, { balanceLamports: balance.value });
  if (!preparation.ok) return preparation;

  const { result, changed } = await parts.run<Placed | null>({
    isUrgent: true,
    asks: asked,
    decide: (now) => {
      const again = now.betByClientKey(accountId, clientKey);
      if (again) return unchanged(answerKnown(again, placement));
      const still = checkMoment(placement, { facts: now, live, closed: parts.closed() });
      if (!still.ok) return unchanged(still);
      if (still.value.game.gameId !== bet.gameId) return unchanged(err(GAME_OVER));
      const allowed = checkRules(placement, still.value, balance.value);
      if (!allowed.ok) return unchanged(allowed);
      return record({
        parts,
        placement,
        moment: still.value,
        facts: now,
        betId,
        advice,
        preparation: preparation.value,
      });
    },
  });
  return result ?? ok(changed[0]!);
}

function parsePlacement(
  { venues }: EngineParts,
  { accountId, by }: Actor,
  request: PlaceBetRequest,
): Result<Placement, BetProblem> {
  if (
    by.kind === 'key' &&
    !by.permissions.includes('bet') &&
    !(request.venue === 'paper' && by.permissions.includes('bet-paper'))
  ) {
    return err(betProblem('key-not-allowed', 'This key may not place bets there. Nothing was placed.'));
  }
  const stake = parseStake(request);
  if (!stake.ok) return stake;
  const venue = venues.get(request.venue);
  if (!venue) {
    return err(betProblem('venue-unavailable', `The venue ${request.venue} is not open here. Nothing was placed.`));
  }
  const { clientKey, strategyId = null, confirmed = false } = request;
  if (strategyId !== null && !strategyById(strategyId)) {
    return err(betProblem('bad-request', `There is no strategy "${strategyId}". Nothing was placed.`));
  }
  return ok({ accountId, venue, stakeLamports: stake.value, clientKey, strategyId, confirmed });
}

function answerKnown(known: StoredBet, { venue, stakeLamports, strategyId }: Placement): Placed {
  const { bet } = known;
  if (bet.venue === venue.id && bet.stakeLamports === stakeLamports && bet.strategyId === strategyId) return ok(known);
  return err(
    betProblem(
      'client-key-reused',
      'You named another bet with this client key before. Nothing was placed; use a new one.',
    ),
  );
}

const GAME_OVER = betProblem('betting-closed', 'The game ended while your bet was being prepared. Nothing was placed.');

function record({
  parts,
  placement,
  moment,
  facts,
  betId,
  advice,
  preparation,
}: {
  parts: EngineParts;
  placement: Placement;
  moment: Moment;
  facts: BetFacts;
  betId: string;
  advice: BetAdvice;
  preparation: Preparation;
}): Decision<Placed | null> {
  const { accountId, venue } = placement;
  const { session, sessions } = sessionForBet(facts, {
    accountId,
    venue: venue.id,
    now: moment.now,
    newId: parts.newId,
  });
  const first = prepared(placement, { moment, sessionId: session.sessionId, advice });
  const submitted: BetEvent = { type: 'submitted', payload: {}, occurredAt: moment.now };
  const events = venue.submission === 'sign' ? [first] : [first, submitted];
  return {
    result: null,
    changes: {
      events: events.map((event) => ({ betId, event })),
      preparation: toKept(preparation),
      sessions,
    },
  };
}

function prepared(
  { accountId, venue, clientKey, strategyId, stakeLamports }: Placement,
  { moment: { game, assessment, now }, sessionId, advice }: { moment: Moment; sessionId: string; advice: BetAdvice },
): BetEvent {
  return {
    type: 'prepared',
    occurredAt: now,
    payload: {
      accountId,
      venue: venue.id,
      clientKey,
      sessionId,
      strategyId,
      stakeLamports: String(stakeLamports),
      payout: assessment.payout,
      gameId: game.gameId,
      tick: game.phase === 'active' ? game.liveTick : null,
      expiresAt: now + BET_TIMEOUT_MS,
      advice,
    },
  };
}

/** The bet as the venue needs it to prepare; it is not on record yet. */
function draft(betId: string, event: BetEvent): Bet {
  const applied = applyBetEvent(null, { betId, event });
  if (!applied.ok) throw new Error(`a bet cannot begin with "${event.type}"`);
  return applied.value;
}

function toKept({ transaction, words, feeLamports, balanceAfterLamports, kept }: Preparation): KeptPreparation {
  return {
    ...(transaction !== undefined && { transaction }),
    words,
    feeLamports: String(feeLamports),
    balanceAfterLamports: balanceAfterLamports === null ? null : String(balanceAfterLamports),
    kept,
  };
}

function toPlacedBet({ bet, transactions, preparation }: StoredBet): PlacedBet {
  const { transaction, words = [], feeLamports = '0', balanceAfterLamports = null } = preparation ?? {};
  return {
    bet: toBetView(bet, transactions),
    ...(transaction !== undefined && { transaction }),
    words: [...words],
    feeLamports,
    balanceAfterLamports,
  };
}

function unchanged(result: Placed): Decision<Placed> {
  return { result, changes: null };
}
