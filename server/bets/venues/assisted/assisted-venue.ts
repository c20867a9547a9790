// The assisted venue: the player places the bet on the game's own site, from a ticket with the amount to copy, and the feed
// shows it. A side bet of a linked player is the one of their open ticket when game and amount are the same; any other is
// found and followed as a bet of its own. Nothing is signed and no money of ours moves.
import type { BetOwner, Venue, VenuePort } from '@/server/bets/venue';
import { BET_TIMEOUT_MS, type Bet } from '@/lib/bets/bet';
import type { GameFact } from '@/lib/game/events';
import { PRACTICE_COIN_ADDRESS } from '@/lib/game/rules';
import { betProblem } from '@/lib/protocol/bet-problem';
import type { HistorySideBet } from '@/lib/protocol/feed';
import { DEFAULT_VENUE } from '@/lib/risk/venue';
import { duration, sol } from '@/lib/risk/words';
import type { GameId } from '@/lib/units/game-id';
import { formatSol, lamports } from '@/lib/units/lamports';
import { err, ok } from '@/lib/units/result';
import type { Clock, EpochMs } from '@/lib/units/time';
import { createLinkedPlayers } from '@/server/bets/venues/assisted/linked-players';
import { createReportQueue } from '@/server/bets/venues/report-queue';
import type { RecordDatabase } from '@/server/store/record-database';
import type { StoreLog } from '@/server/store/store-log';

const NOTHING = lamports(0n);
const LOOK_EVERY_MS = 1_000;
const REFRESH_EVERY_MS = 10_000;
const TICKETS_MAX = 20_000;
/** Side bets told lately; the feed's history names those of the last ten games again and again. */
const TOLD_MAX = 20_000;

export function createAssistedVenue({
  database,
  clock,
  log,
}: {
  database: RecordDatabase;
  clock: Clock;
  log: StoreLog;
}): Venue & { idle(): Promise<void>; look(): Promise<void> } {
  const reports = createReportQueue({ log });
  const linked = createLinkedPlayers({ database });
  const tickets = new Map<string, Bet>();
  const told = new Set<string>();
  let port: VenuePort | null = null;
  let timer: NodeJS.Timeout | undefined;
  let refreshedAt = -Infinity;

  function seen(accountId: string, gameId: GameId, sideBet: HistorySideBet, at: EpochMs): void {
    const { startTick, stakeLamports } = sideBet;
    const key = `${accountId} ${gameId} ${startTick}`;
    if (told.has(key)) return;
    told.add(key);
    if (told.size > TOLD_MAX) told.delete(told.values().next().value!);
    expire();
    const ticket = [...tickets.values()].find((bet) => bet.accountId === accountId && isOf(bet, gameId, sideBet));
    if (!ticket) return found(accountId, gameId, sideBet, at);
    const { betId } = ticket;
    tickets.delete(betId);
    reports.push(betId, async () => {
      const where = { gameId, startTick };
      await port?.confirmed({ betId, signature: null, stakeLamports, feeLamports: NOTHING, at, seen: where });
    });
    finalize(betId);
  }

  function finalize(betId: string): void {
    reports.push(betId, async () => port?.finalized({ betId, signature: null }));
  }

  function found(accountId: string, gameId: GameId, sideBet: HistorySideBet, at: EpochMs): void {
    const { startTick, stakeLamports, payoutMultiple: payout } = sideBet;
    reports.push(`${accountId} ${gameId} ${startTick}`, async () => {
      // The history shows it again after a restart.
      const [known] = await database.use(
        (sql) => sql`
          select 1 from bets where account_id = ${accountId} and venue = 'assisted' and game_id = ${gameId}
            and start_tick = ${startTick} limit 1`,
      );
      if (!known) await port?.found({ accountId, gameId, startTick, stakeLamports, payout, at });
    });
  }

  function takeSideBet(gameId: GameId, sideBet: HistorySideBet, at: EpochMs): void {
    // The site's own practice currency: no money, and no bet of the player's.
    if (sideBet.coinAddress === PRACTICE_COIN_ADDRESS) return;
    for (const accountId of linked.accountsOf(sideBet.playerId)) seen(accountId, gameId, sideBet, at);
  }

  function expire(): void {
    for (const bet of [...tickets.values()]) {
      if (clock() < bet.expiresAt) continue;
      const { betId } = bet;
      tickets.delete(betId);
      reports.push(betId, async () =>
        port?.failed({ betId, reason: 'not-seen', feeLamports: NOTHING, signature: null }),
      );
    }
  }

  async function look(): Promise<void> {
    expire();
    reports.retry();
    if (clock() - refreshedAt < REFRESH_EVERY_MS) return;
    refreshedAt = clock();
    await linked.refresh().catch((error: unknown) => {
      log.warn({ error: String(error) }, 'the linked players could not be read');
    });
  }

  return {
    id: 'assisted',
    name: 'rugs.fun',
    submission: 'elsewhere',
    rules: () => DEFAULT_VENUE,
    problem: () => null,
    balance: async () => ok(null),
    async prepare(bet, owner: BetOwner) {
      if (owner.playerId === null) {
        const message = 'Link your rugs.fun player id in the settings first: it is how your bet is recognised.';
        return err(betProblem('refused', message, { rules: [{ rule: 'player-not-linked', message }] }));
      }
      return ok({
        words: [
          `Copy ${formatSol(bet.stakeLamports)} and place a side bet of ${sol(bet.stakeLamports)} on rugs.fun now.`,
          `It is followed as soon as the feed shows it; after ${duration(BET_TIMEOUT_MS)} this ticket is void.`,
          'Nothing is signed here.',
        ],
        feeLamports: NOTHING,
        balanceAfterLamports: null,
        kept: null,
      });
    },
    follow(bet) {
      // Seen before a restart, and not final on record yet.
      if (bet.state !== 'submitted') return finalize(bet.betId);
      if (tickets.size < TICKETS_MAX) tickets.set(bet.betId, bet);
      else log.error({ betId: bet.betId }, 'too many tickets are open');
      // A player who linked a moment ago must be known before the bet comes.
      refreshedAt = -Infinity;
      void look();
    },
    payBack({ betId }, _owner, amount) {
      // The site pays; here it is only booked.
      reports.push(betId, async () => port?.paid({ betId, signature: null, lamports: amount, feeLamports: NOTHING }));
    },
    take(fact: GameFact) {
      if (fact.type === 'side-bet') takeSideBet(fact.sideBet.gameId, fact.sideBet, fact.at);
      else if (fact.type === 'game-finished') {
        for (const sideBet of fact.game.sideBets) takeSideBet(fact.game.gameId, sideBet, fact.at);
      }
    },
    look,
    idle: reports.idle,
    async start(to) {
      if (port) return;
      port = to;
      await look();
      timer = setInterval(() => void look(), LOOK_EVERY_MS);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      await reports.idle();
    },
  };
}

/** A side bet that began before the ticket was written is another one: the history of a game names those too. */
function isOf(ticket: Bet, gameId: GameId, { stakeLamports, startTick }: HistorySideBet): boolean {
  return ticket.gameId === gameId && ticket.stakeLamports === stakeLamports && startTick >= (ticket.preparedTick ?? 0);
}
