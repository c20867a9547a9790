// A betting session: from the first bet until 30 idle minutes, or until the player ends it. Pure rules; the store keeps
// one row for each, and the engine asks here which one a bet belongs to.
import { SESSION_IDLE_MS, type VenueId } from '@/lib/bets/bet';
import { epochMs, type EpochMs } from '@/lib/units/time';

export type BetSession = {
  readonly sessionId: string;
  readonly accountId: string;
  readonly venue: VenueId;
  readonly openedAt: EpochMs;
  /** The newest bet placed or settled. */
  readonly lastBetAt: EpochMs;
  readonly closedAt: EpochMs | null;
  readonly closeReason: 'idle' | 'player' | null;
};

export function openSession(who: Pick<BetSession, 'sessionId' | 'accountId' | 'venue'>, now: EpochMs): BetSession {
  return { ...who, openedAt: now, lastBetAt: now, closedAt: null, closeReason: null };
}

/** A bet was placed or settled. A clock that was put back does not shorten the pause. */
export function touchSession(session: BetSession, now: EpochMs): BetSession {
  return now > session.lastBetAt ? { ...session, lastBetAt: now } : session;
}

export function isIdle({ lastBetAt, closedAt }: BetSession, now: EpochMs): boolean {
  return closedAt === null && now - lastBetAt >= SESSION_IDLE_MS;
}

/** It ended when the pause was over, however late that was noticed. */
export function closeIdle(session: BetSession): BetSession {
  return { ...session, closedAt: epochMs(session.lastBetAt + SESSION_IDLE_MS), closeReason: 'idle' };
}

export function closeByPlayer(session: BetSession, now: EpochMs): BetSession {
  return { ...session, closedAt: now, closeReason: 'player' };
}
