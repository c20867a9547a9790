// The paper venue: no chain and no money, but the same bet in every other respect. The stake counts as taken at the first
// live tick that comes at least the player's latency after placement, as it would on the game's own site.
import type { BetOwner, Venue, VenuePort } from '@/server/bets/venue';
import type { Bet } from '@/lib/bets/bet';
import type { GameFact } from '@/lib/game/events';
import { betProblem } from '@/lib/protocol/bet-problem';
import { DEFAULT_VENUE } from '@/lib/risk/venue';
import { sol } from '@/lib/risk/words';
import { lamports, type Lamports } from '@/lib/units/lamports';
import { err, ok } from '@/lib/units/result';
import { epochMs, type Clock, type EpochMs } from '@/lib/units/time';
import { ensurePaperBalance } from '@/server/bets/venues/paper/paper-account';
import { createReportQueue } from '@/server/bets/venues/report-queue';
import type { RecordDatabase } from '@/server/store/record-database';
import type { StoreLog } from '@/server/store/store-log';

const NOTHING = lamports(0n);
const RETRY_EVERY_MS = 1_000;
/** As many as can be open, one for each player; the engine follows anew after a start. */
const PENDING_MAX = 20_000;

export function createPaperVenue({
  database,
  clock,
  log,
}: {
  database: RecordDatabase;
  clock: Clock;
  log: StoreLog;
}): Venue & { idle(): Promise<void>; retry(): void } {
  const reports = createReportQueue({ log });
  const pending = new Map<string, { readonly bet: Bet; readonly dueAt: EpochMs }>();
  let port: VenuePort | null = null;
  let timer: NodeJS.Timeout | undefined;

  const balanceOf = ({ accountId }: BetOwner) => ensurePaperBalance(database, { accountId, now: clock() });

  function confirm(bet: Bet, at: EpochMs): void {
    const { betId, stakeLamports } = bet;
    pending.delete(betId);
    reports.push(betId, async () => {
      await port?.confirmed({ betId, signature: null, stakeLamports, feeLamports: NOTHING, at });
    });
    finalize(betId);
  }

  function finalize(betId: string): void {
    reports.push(betId, async () => port?.finalized({ betId, signature: null }));
  }

  function take(fact: GameFact): void {
    if (pending.size === 0) return;
    const [gameId, at] = momentOf(fact);
    if (gameId === null || at === null) return;
    for (const { bet, dueAt } of [...pending.values()]) {
      // Once its game is over there is nothing to wait for: the engine says void.
      const isOver = fact.type !== 'tick' ? bet.gameId === gameId : bet.gameId !== gameId;
      if (isOver || (fact.type === 'tick' && at >= dueAt)) confirm(bet, at);
    }
  }

  return {
    id: 'paper',
    name: 'Paper',
    submission: 'none',
    rules: () => DEFAULT_VENUE,
    problem: () => null,
    async balance(owner) {
      try {
        return ok(await balanceOf(owner));
      } catch {
        return err(recordIsAway());
      }
    },
    async prepare(bet, owner) {
      let balance: Lamports | null;
      try {
        balance = await balanceOf(owner);
      } catch {
        return err(recordIsAway());
      }
      if (balance === null) return err(betProblem('not-found', 'There is no such account.'));
      const after = balance - bet.stakeLamports;
      if (after < 0n) {
        const message = `Your paper balance is ${sol(balance)}; the stake is ${sol(bet.stakeLamports)}. Nothing moved.`;
        return err(betProblem('insufficient-balance', message));
      }
      return ok({
        words: [`Stake ${sol(bet.stakeLamports)} of paper money. Nothing is signed, and no real money moves.`],
        feeLamports: NOTHING,
        balanceAfterLamports: lamports(after),
        kept: null,
      });
    },
    follow(bet, owner) {
      // Taken before a restart, and not final on record yet.
      if (bet.state !== 'submitted') return finalize(bet.betId);
      if (pending.size >= PENDING_MAX) return log.error({ betId: bet.betId }, 'too many paper bets wait for a tick');
      const dueAt = epochMs((bet.submittedAt ?? clock()) + owner.latencyMs);
      if (!pending.has(bet.betId)) pending.set(bet.betId, { bet, dueAt });
    },
    payBack({ betId }, _owner, amount) {
      reports.push(betId, async () => port?.paid({ betId, signature: null, lamports: amount, feeLamports: NOTHING }));
    },
    take,
    idle: reports.idle,
    retry: reports.retry,
    async start(to) {
      if (port) return;
      port = to;
      timer = setInterval(reports.retry, RETRY_EVERY_MS);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      await reports.idle();
    },
  };
}

/** Of the facts that say where a game stands: the game, and when. */
function momentOf(fact: GameFact): [string | null, EpochMs | null] {
  if (fact.type === 'tick') return fact.live ? [fact.gameId, fact.at] : [null, null];
  return fact.type === 'game-rugged' ? [fact.gameId, fact.at] : [null, null];
}

function recordIsAway() {
  return betProblem('record-unavailable', 'The record cannot be reached, and paper money stands in it. Try again.', {
    retryAfterMs: 2_000,
  });
}
