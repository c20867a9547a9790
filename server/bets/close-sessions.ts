// Ends betting sessions: by hand, or because nothing was bet for 30 minutes. Bets that are still open settle in the session
// they were placed in.
import { SESSION_IDLE_MS } from '@/lib/bets/bet';
import { closeByPlayer, closeIdle, isIdle } from '@/lib/bets/bet-session';
import { betProblem, type BetProblem } from '@/lib/protocol/bet-problem';
import { err, ok, type Result } from '@/lib/units/result';
import { epochMs, type EpochMs } from '@/lib/units/time';
import { answering, type EngineParts } from '@/server/bets/engine-parts';
import type { Step } from '@/server/bets/store/bet-store';

export function closeSession(
  parts: EngineParts,
  { accountId, sessionId }: { readonly accountId: string; readonly sessionId: string },
): Promise<Result<null, BetProblem>> {
  return answering(async () => {
    const { result } = await parts.run<Result<null, BetProblem>>({
      asks: { sessions: [sessionId] },
      decide(facts) {
        const session = facts.session(sessionId);
        if (!session || session.accountId !== accountId) return { result: err(NO_SESSION), changes: null };
        if (session.closedAt !== null) return { result: ok(null), changes: null };
        const now = parts.live.clock();
        const closed = isIdle(session, now) ? closeIdle(session) : closeByPlayer(session, now);
        return { result: ok(null), changes: { sessions: [closed] } };
      },
    });
    return result;
  });
}

const NO_SESSION = betProblem('not-found', 'You have no such session.');

/** All that are idle by now; the number of them. */
export function closeIdleSessions(now: EpochMs): Step<number> {
  const idleSince = epochMs(now - SESSION_IDLE_MS);
  return {
    asks: { idleSince },
    decide(facts) {
      const sessions = facts.idleSessions(idleSince).map(closeIdle);
      return { result: sessions.length, changes: sessions.length > 0 ? { sessions } : null };
    },
  };
}
