// A bet that was first seen on the feed: a linked player placed it on the game's own site without a ticket here. It is made
// whole in one step, since its stake is long taken. The same bet seen again is the same bet.
import { BET_TIMEOUT_MS } from '@/lib/bets/bet';
import type { BetEvent } from '@/lib/bets/bet-event';
import { stakeTaken } from '@/lib/ledger/postings';
import { lamports } from '@/lib/units/lamports';
import { UNADVISED } from '@/server/bets/advise-placement';
import type { EngineParts } from '@/server/bets/engine-parts';
import { sessionForBet } from '@/server/bets/session-for-bet';
import type { Step } from '@/server/bets/store/bet-store';
import type { VenuePort } from '@/server/bets/venue';

type Found = Parameters<VenuePort['found']>[0];

export function findBet(
  { newId, live }: Pick<EngineParts, 'newId' | 'live'>,
  { accountId, gameId, startTick, stakeLamports, payout }: Found,
): Step<null> {
  const clientKey = `found-${gameId}-${startTick}`;
  return {
    asks: { placement: { accountId, venue: 'assisted', clientKey } },
    decide(facts) {
      if (!facts.account(accountId) || facts.betByClientKey(accountId, clientKey))
        return { result: null, changes: null };
      const now = live.clock();
      const betId = newId();
      const { session, sessions } = sessionForBet(facts, { accountId, venue: 'assisted', now, newId });
      const prepared: BetEvent = {
        type: 'prepared',
        occurredAt: now,
        payload: {
          accountId,
          venue: 'assisted',
          clientKey,
          sessionId: session.sessionId,
          strategyId: null,
          stakeLamports: String(stakeLamports),
          payout,
          gameId,
          tick: startTick,
          expiresAt: now + BET_TIMEOUT_MS,
          advice: UNADVISED,
        },
      };
      const events: BetEvent[] = [
        prepared,
        { type: 'submitted', payload: {}, occurredAt: now },
        { type: 'activated', payload: { startTick }, occurredAt: now },
        { type: 'stake-finalized', payload: {}, occurredAt: now },
      ];
      const bet = { betId, accountId, venue: 'assisted' as const };
      const taken = stakeTaken(bet, { lamports: stakeLamports, signature: null, feeLamports: lamports(0n) });
      return {
        result: null,
        changes: { events: events.map((event) => ({ betId, event })), sessions, postings: [taken] },
      };
    },
  };
}
