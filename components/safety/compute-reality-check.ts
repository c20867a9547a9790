// When the next reality check comes and what it says, from the account as the server told it. Pure; the server decides by
// the same rule whether a bet is placed.
import type { VenueId } from '@/lib/bets/bet';
import { VENUE_IDS } from '@/lib/bets/bet';
import type { AccountView } from '@/lib/protocol/account-api';

export type RealityCheck = {
  readonly intervalMs: number;
  /** Until it is due; not above 0 when it is. */
  readonly waitMs: number;
  readonly isDue: boolean;
  readonly sessions: readonly {
    readonly venue: VenueId;
    readonly name: string;
    readonly playedMs: number;
    readonly bets: number;
    readonly netLamports: bigint;
  }[];
};

const NAMES: Record<VenueId, string> = {
  practice: 'Practice chain',
  paper: 'Paper, no money',
  assisted: 'On rugs.fun',
};

/** Null while none is to come: no interval, or no session runs. */
export function computeRealityCheck({ account, activity }: AccountView, nowMs: number): RealityCheck | null {
  const { realityCheckMs, realityCheckedAt } = account.safety;
  const running = VENUE_IDS.flatMap((venue) => {
    const { sessionOpenedAt, sessionBets, sessionNetLamports } = activity[venue];
    return sessionOpenedAt === null ? [] : [{ venue, sessionOpenedAt, sessionBets, sessionNetLamports }];
  });
  if (realityCheckMs === null || running.length === 0) return null;
  const openedAt = Math.min(...running.map((session) => session.sessionOpenedAt));
  const waitMs = Math.max(openedAt, realityCheckedAt ?? 0) + realityCheckMs - nowMs;
  return {
    intervalMs: realityCheckMs,
    waitMs,
    isDue: waitMs <= 0,
    sessions: running.map(({ venue, sessionOpenedAt, sessionBets, sessionNetLamports }) => ({
      venue,
      name: NAMES[venue],
      playedMs: Math.max(0, nowMs - sessionOpenedAt),
      bets: sessionBets,
      netLamports: BigInt(sessionNetLamports),
    })),
  };
}
