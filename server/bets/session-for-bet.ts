// The betting session a new bet belongs to: the running one, or a new one where none runs or it has been idle for too long.
// Pure but for the id of a new one.
import type { VenueId } from '@/lib/bets/bet';
import { closeIdle, isIdle, openSession, touchSession, type BetSession } from '@/lib/bets/bet-session';
import type { EpochMs } from '@/lib/units/time';
import type { BetFacts } from '@/server/bets/store/bet-store';

export type SessionForBet = {
  readonly session: BetSession;
  /** What to write: the one that ended comes before the one that begins, since only one may run. */
  readonly sessions: readonly BetSession[];
};

export function sessionForBet(
  facts: BetFacts,
  {
    accountId,
    venue,
    now,
    newId,
  }: { readonly accountId: string; readonly venue: VenueId; readonly now: EpochMs; readonly newId: () => string },
): SessionForBet {
  const running = facts.runningSession(accountId, venue);
  if (running && !isIdle(running, now)) {
    const session = touchSession(running, now);
    return { session, sessions: [session] };
  }
  const session = openSession({ sessionId: newId(), accountId, venue }, now);
  return { session, sessions: running ? [closeIdle(running), session] : [session] };
}
