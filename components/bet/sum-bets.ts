// What the player's bets, as this browser knows them, mean for the rules: the running session and what was won and lost
// lately. Pure. The server counts again from its own record when a bet is placed, and its word is final: a browser keeps
// the newest bets only.
import { OPEN_STATES, SESSION_IDLE_MS, type VenueId } from '@/lib/bets/bet';
import { netOf } from '@/lib/bets/bet-amounts';
import { windowEndTick } from '@/lib/game/rules';
import type { BetView } from '@/lib/protocol/bets-api';
import { EMPTY_SESSION, type OpenBet, type Session } from '@/lib/risk/session';
import type { BettingActivity } from '@/lib/safety/safety';
import { lamports, type Lamports } from '@/lib/units/lamports';
import { epochMs, type EpochMs } from '@/lib/units/time';

export type BetsSummary = { readonly session: Session; readonly activity: BettingActivity };

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

export function sumBets({
  bets,
  venue,
  gameId,
  now,
}: {
  bets: readonly BetView[];
  venue: VenueId;
  gameId: string | null;
  now: EpochMs;
}): BetsSummary {
  const here = bets.filter((bet) => bet.venue === venue);
  const settled = here.flatMap(toSettled).toSorted((a, b) => a.at - b.at);
  const running = runningSession(here, now);
  const inSession = settled.filter(({ bet }) => bet.sessionId === running);
  const netSince = (sinceMs: number) => sum(settled.filter(({ at }) => at > now - sinceMs).map(({ net }) => net));
  const open = here.filter(isOpen);
  const openedAt = Math.min(...here.filter(({ sessionId }) => sessionId === running).map((bet) => bet.preparedAt));
  return {
    session: { ...foldSession(inSession, gameId), openBet: toOpenBet(bets.find(isOpen)) },
    activity: {
      hourNetLamports: netSince(HOUR_MS),
      dayNetLamports: netSince(DAY_MS),
      sessionNetLamports: sum(inSession.map(({ net }) => net)),
      openStakeLamports: sum(open.map(stakeOf)),
      sessionOpenedAt: running === null ? null : epochMs(openedAt),
    },
  };
}

/** One at a time, whatever the venue. */
export function isOpen({ state }: Pick<BetView, 'state'>): boolean {
  return OPEN_STATES.includes(state);
}

export function stakeOf({ stakeLamports }: Pick<BetView, 'stakeLamports'>): Lamports {
  return lamports(BigInt(stakeLamports));
}

export function netOfView(bet: Pick<BetView, 'state' | 'stakeLamports' | 'payout'>): Lamports | null {
  return netOf({ state: bet.state, stakeLamports: stakeOf(bet), payout: bet.payout });
}

type Settled = { readonly bet: BetView; readonly net: Lamports; readonly at: EpochMs };

function toSettled(bet: BetView): Settled[] {
  const net = netOfView(bet);
  return net === null ? [] : [{ bet, net, at: epochMs(bet.settledAt ?? bet.preparedAt) }];
}

/** The session of the newest bet, unless it has been idle too long. */
function runningSession(bets: readonly BetView[], now: EpochMs): string | null {
  const lastAt = (bet: BetView) => Math.max(bet.preparedAt, bet.settledAt ?? 0);
  const newest = bets.toSorted((a, b) => lastAt(b) - lastAt(a))[0];
  return newest && now - lastAt(newest) < SESSION_IDLE_MS ? newest.sessionId : null;
}

function foldSession(settled: readonly Settled[], gameId: string | null): Session {
  let session = EMPTY_SESSION;
  for (const { bet, net, at } of settled) {
    const total = lamports(session.netLamports + net);
    const won = net > 0n;
    session = {
      ...session,
      bets: session.bets + 1,
      wins: session.wins + (won ? 1 : 0),
      netLamports: total,
      peakNetLamports: total > session.peakNetLamports ? total : session.peakNetLamports,
      gameNetLamports: bet.gameId === gameId ? lamports(session.gameNetLamports + net) : session.gameNetLamports,
      consecutiveLosses: won ? 0 : session.consecutiveLosses + 1,
      streakLossLamports: lamports(won ? 0n : session.streakLossLamports - net),
      lastLossAt: won ? session.lastLossAt : at,
    };
  }
  return session;
}

function toOpenBet(bet: BetView | undefined): OpenBet | null {
  if (!bet) return null;
  const startTick = bet.startTick ?? bet.preparedTick ?? 0;
  return { stakeLamports: stakeOf(bet), startTick, endTick: bet.endTick ?? windowEndTick(startTick) };
}

function sum(amounts: readonly Lamports[]): Lamports {
  return lamports(amounts.reduce((total, amount) => total + amount, 0n));
}
