// Kits of the venues without a chain: the outside world is the feed.
import type { Bet } from '@/lib/bets/bet';
import type { GameFact } from '@/lib/game/events';
import { SOL_COIN_ADDRESS } from '@/lib/game/rules';
import type { HistorySideBet } from '@/lib/protocol/feed';
import { defaultSafety } from '@/lib/account/default-account';
import { safetyToJson } from '@/lib/safety/safety-json';
import { epochMs, type Clock } from '@/lib/units/time';
import type { Venue } from '@/server/bets/venue';
import type { ContractKit } from '@/server/bets/venues/test-kit/venue-contract';
import { createPlayer, insertBet, type Player } from '@/server/bets/venues/test-kit/practice-kit';
import { createRecordingPort, type RecordingPort } from '@/server/bets/venues/test-kit/recording-port';
import { createRecordDatabase, type RecordDatabase } from '@/server/store/record-database';
import type { StoreLog } from '@/server/store/store-log';
import type { TestDatabase } from '@/server/test-kit/postgres';

type FeedVenue = Venue & { idle(): Promise<void> };
const SILENT: StoreLog = { debug() {}, info() {}, warn() {}, error() {} };
let made = 0;

export type FeedKit = ContractKit & {
  readonly player: Player;
  readonly clock: Clock;
  pass(ms: number): void;
  take(fact: GameFact): Promise<void>;
  settle(): Promise<void>;
};

/** The clock stands still but for `pass`, and no timer runs but by the kit. */
export async function openFeedKit<V extends FeedVenue>(
  { databaseUrl, sql }: TestDatabase,
  {
    venueId,
    create,
    show,
    retry,
  }: {
    venueId: 'paper' | 'assisted';
    create: (parts: { database: RecordDatabase; clock: Clock; log: StoreLog }) => V;
    /** The fact by which the feed shows that a bet was taken. */
    show: (bet: Bet, player: Player, at: number) => GameFact;
    retry: (venue: V) => void;
  },
): Promise<Omit<FeedKit, 'venue'> & { venue(): V }> {
  const accountId = `${venueId}${++made}`;
  const created = await createPlayer(sql, accountId, venueId);
  const playerId = `did:${accountId}`;
  const safety = JSON.stringify(safetyToJson(defaultSafety(epochMs(0))));
  await sql`
    update accounts set player_id = ${playerId}, safety = ${safety}::text::json where account_id = ${accountId}`;
  const player: Player = { ...created, owner: { ...created.owner, playerId, latencyMs: 300 } };
  let now = 1_767_225_600_000;
  const clock = () => epochMs(now);
  let running = await open();

  async function open(): Promise<{ venue: V; port: RecordingPort; database: RecordDatabase }> {
    const database = createRecordDatabase({ databaseUrl });
    const venue = create({ database, clock, log: SILENT });
    const port = createRecordingPort();
    await venue.start(port);
    return { venue, port, database };
  }

  const kit = {
    player,
    clock,
    owner: player.owner,
    venue: () => running.venue,
    port: () => running.port,
    pass: (ms: number) => void (now += ms),
    async settle() {
      await running.venue.idle();
    },
    async take(fact: GameFact) {
      running.venue.take!(fact);
      await kit.settle();
    },
    newBet: () => insertBet(sql, player, now, venueId),
    async submit(bet: Bet) {
      const prepared = await running.venue.prepare(bet, player.owner);
      if (!prepared.ok) throw new Error(prepared.error.message);
      running.venue.follow(bet, player.owner);
      // A venue that reads who is linked has done so once the database has answered what was asked after it.
      await running.database.use((own) => own`select 1`);
    },
    async takeStake(bet: Bet) {
      now += 1_000;
      await kit.take(show(bet, player, now));
      retry(running.venue);
      await kit.settle();
    },
    async takePayment() {
      retry(running.venue);
      await kit.settle();
    },
    async restart() {
      await kit.close();
      running = await open();
    },
    paymentsOf: () => null,
    async close() {
      await running.venue.stop();
      await running.database.end();
    },
  };
  return kit;
}

export function tickFact(bet: Pick<Bet, 'gameId'>, tick: number, at: number, live = true): GameFact {
  return { type: 'tick', gameId: bet.gameId, tick, price: 1, at: epochMs(at), source: 'frame', live };
}

export function toSideBet(bet: Pick<Bet, 'stakeLamports'>, playerId: string, startTick: number): HistorySideBet {
  return {
    playerId,
    username: null,
    stakeLamports: bet.stakeLamports,
    payoutMultiple: 5,
    coinAddress: SOL_COIN_ADDRESS,
    startTick,
    endTick: startTick + 40,
    placedAt: null,
  };
}
