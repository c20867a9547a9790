// A bet and its transactions as the API and the live channel tell them. Pure.
import type { Bet } from '@/lib/bets/bet';
import type { BetTransaction } from '@/lib/bets/bet-transaction';
import { reasonWords } from '@/lib/bets/reason-words';
import { ZONES } from '@/lib/decision/zone';
import type { BetView } from '@/lib/protocol/bets-api';

/** Where the zone stands among a packed assessment's figures. */
const ZONE_FIGURE = 5;
/** A view says at most this many; the newest. More attempts than that mean a chain that is down for an hour. */
const TRANSACTIONS_MAX = 20;

export function toBetView(bet: Bet, transactions: readonly BetTransaction[]): BetView {
  const { advice } = bet;
  const zone = advice?.assessment?.a[ZONE_FIGURE];
  return {
    id: bet.betId,
    venue: bet.venue,
    state: bet.state,
    clientKey: bet.clientKey,
    sessionId: bet.sessionId,
    strategyId: bet.strategyId,
    stakeLamports: String(bet.stakeLamports),
    payout: bet.payout,
    gameId: bet.gameId,
    preparedTick: bet.preparedTick,
    startTick: bet.startTick,
    endTick: bet.endTick,
    rugTick: bet.rugTick,
    preparedAt: bet.preparedAt,
    expiresAt: bet.expiresAt,
    submittedAt: bet.submittedAt,
    activeAt: bet.activeAt,
    settledAt: bet.settledAt,
    closedAt: bet.closedAt,
    stakeFinal: bet.stakeFinal,
    paidLamports: bet.paidLamports === null ? null : String(bet.paidLamports),
    reason: bet.reason === null ? null : { code: bet.reason, message: reasonWords(bet)! },
    stance: advice?.stance ?? null,
    winProbability: advice?.winProbability ?? null,
    expectedValue: advice?.expectedValue ?? null,
    zone: zone === undefined ? null : (ZONES[zone] ?? null),
    transactions: transactions
      .toSorted((a, b) => a.sentAt - b.sentAt)
      .slice(-TRANSACTIONS_MAX)
      .map(({ role, signature, status, feeLamports }) => ({
        role,
        signature,
        status,
        feeLamports: feeLamports === null ? null : String(feeLamports),
      })),
    version: bet.version,
  };
}
