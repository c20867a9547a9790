// The engine of bets: takes commands of players, reports of venues and facts of the game, makes each a step of the store,
// and hands bets to their venues when it is their turn. It keeps no truth of its own: what it remembers is what the record
// said last, and every decision is made again on the record, under its lock. Started by openBets.
import type { Bet, VenueId } from '@/lib/bets/bet';
import { toBetView } from '@/lib/bets/to-bet-view';
import { betProblem, type BetProblem } from '@/lib/protocol/bet-problem';
import type { Recommender } from '@/lib/decision/recommend';
import type { BetEngine } from '@/server/bets/bet-engine';
import { cancelBet } from '@/server/bets/cancel-bet';
import { closeIdleSessions, closeSession } from '@/server/bets/close-sessions';
import type { EngineParts } from '@/server/bets/engine-parts';
import { createHandover } from '@/server/bets/hand-over';
import { createKnownGames } from '@/server/bets/known-games';
import type { LiveSource } from '@/server/bets/live-source';
import { placeBet } from '@/server/bets/place-bet';
import { createVenuePort, type BetAlerts } from '@/server/bets/create-venue-port';
import { expire } from '@/server/bets/settle-steps';
import { createSettler } from '@/server/bets/settler';
import type { BetStore, Step } from '@/server/bets/store/bet-store';
import { submitBet } from '@/server/bets/submit-bet';
import { createUnclosedBets } from '@/server/bets/unclosed-bets';
import type { Venue } from '@/server/bets/venue';
import { epochMs } from '@/lib/units/time';

/** What other nodes changed is seen after this long at the latest. */
const REFRESH_MS = 5_000;
/** Idle sessions end when they should, whenever it is noticed. */
const SESSIONS_MS = 30_000;

export function createBetEngine({
  store,
  venues: venueList,
  live,
  recommender,
  newId,
  alerts,
  onFault,
}: {
  store: BetStore;
  venues: readonly Venue[];
  live: LiveSource;
  recommender: Recommender;
  newId: () => string;
  alerts: BetAlerts;
  /** Told of what failed in the background; it is tried again. */
  onFault: (error: unknown) => void;
}): BetEngine {
  const venues: ReadonlyMap<VenueId, Venue> = new Map(venueList.map((venue) => [venue.id, venue]));
  const unclosed = createUnclosedBets({ onFault });
  const games = createKnownGames();
  const handover = createHandover({ store, venues, onFault });
  const underway = new Set<string>();
  const started = new Set<VenueId>();
  let phase: 'starting' | 'running' | 'stopping' = 'starting';
  let halted: string | null = null;
  let refreshedAt = -Infinity;
  let sessionsAt = -Infinity;

  async function run<T>(step: Step<T>) {
    const ran = await store.run(step);
    for (const stored of ran.changed) if (unclosed.take(stored)) handover.take(stored);
    return ran;
  }

  const parts: EngineParts = {
    store,
    venues,
    live,
    recommender,
    newId,
    closed: () => (phase === 'running' ? (halted === null ? null : haltedBy(halted)) : NOT_RUNNING[phase]),
    run,
  };
  const settler = createSettler({ unclosed, games, store, live, run, inBackground });
  const port = createVenuePort({ parts, alerts });

  /** One at a time for each name; what fails is told, and comes again with the next tick. */
  function inBackground(name: string, work: () => Promise<unknown>): void {
    if (underway.has(name)) return;
    underway.add(name);
    work()
      .catch(onFault)
      .finally(() => underway.delete(name));
  }

  async function refresh(): Promise<void> {
    const found = await store.unclosed();
    const ids = new Set(found.map(({ bet }) => bet.betId));
    const missing = unclosed.all().filter(({ bet }) => !ids.has(bet.betId));
    for (const stored of found) if (unclosed.take(stored)) handover.take(stored);
    if (missing.length > 0) {
      // Closed by another node, or placed since the list was made.
      const betIds = missing.map(({ bet }) => bet.betId);
      const facts = await store.look({ bets: betIds });
      for (const betId of betIds) {
        const stored = facts.bet(betId);
        if (stored && unclosed.take(stored)) handover.take(stored);
      }
    }
    handover.retry(unclosed.all());
    await settler.readResults();
  }

  function expireDue(bet: Bet): void {
    if (live.clock() < bet.expiresAt) return;
    const waits = bet.state === 'prepared';
    const unseen = bet.state === 'submitted' && venues.get(bet.venue)?.submission === 'elsewhere';
    if (!waits && !unseen) return;
    inBackground(`expire ${bet.betId}`, () => run(expire(bet.betId, waits ? 'not-submitted' : 'not-seen', live.clock)));
  }

  return {
    place: (actor, request) => placeBet(parts, actor, request),
    submit: (actor, betId, transaction) => submitBet(parts, actor, { betId, transaction }),
    cancel: (actor, betId) => cancelBet(parts, actor, betId),
    closeSession: (accountId, sessionId) => closeSession(parts, { accountId, sessionId }),
    unclosed: (accountId) =>
      unclosed
        .ofAccount(accountId)
        .toSorted((a, b) => b.bet.preparedAt - a.bet.preparedAt)
        .map(({ bet, transactions }) => toBetView(bet, transactions)),
    async read(accountId, betId) {
      const stored = (await store.look({ bets: [betId] })).bet(betId);
      return stored && stored.bet.accountId === accountId ? toBetView(stored.bet, stored.transactions) : null;
    },
    list: (accountId, query) => store.list(accountId, query),
    halt: (reason) => void (halted = reason),
    resume: () => void (halted = null),
    onChange: unclosed.onChange,
    take(fact) {
      for (const venue of venueList) venue.take?.(fact);
      settler.take(fact);
    },
    tick() {
      const now = live.clock();
      for (const { bet } of unclosed.all()) expireDue(bet);
      settler.tick();
      if (phase !== 'running') return;
      if (now - refreshedAt >= REFRESH_MS || now < refreshedAt) {
        refreshedAt = now;
        inBackground('refresh', refresh);
      }
      if (now - sessionsAt >= SESSIONS_MS || now < sessionsAt) {
        sessionsAt = now;
        inBackground('sessions', () => run(closeIdleSessions(epochMs(now))));
      }
    },
    async start() {
      for (const stored of await store.unclosed()) unclosed.take(stored);
      await settler.start();
      for (const venue of venueList) {
        if (started.has(venue.id)) continue;
        await venue.start(port);
        started.add(venue.id);
      }
      phase = 'running';
      handover.retry(unclosed.all());
      await settler.readResults();
    },
    async stop() {
      phase = 'stopping';
      for (const venue of venueList) await venue.stop();
      await store.stop();
    },
  };
}

const NOT_RUNNING = {
  starting: betProblem('starting', 'Fortytick is still starting. Nothing was placed; try again in a moment.', {
    retryAfterMs: 1_000,
  }),
  stopping: betProblem('starting', 'Fortytick is stopping. Nothing was placed.'),
};

function haltedBy(reason: string): BetProblem {
  return betProblem('venue-halted', `No bets are taken for now: ${reason} What is open goes on. Nothing was placed.`);
}
