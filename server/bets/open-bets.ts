// Opens bets: store, venues and engine, put together and kept going. Called by server/main.ts; tests and simulations call
// createBetEngine themselves.
import bs58 from 'bs58';
import type { VenueId } from '@/lib/bets/bet';
import type { Assessment } from '@/lib/decision/assess';
import { createRecommender } from '@/lib/decision/recommend';
import type { TrackedGame } from '@/lib/game/state';
import type { FeedStatus } from '@/lib/protocol/push';
import type { Clock } from '@/lib/units/time';
import type { BetEngine } from '@/server/bets/bet-engine';
import { createBetEngine } from '@/server/bets/create-bet-engine';
import type { BetAlerts } from '@/server/bets/create-venue-port';
import type { ReadAccounts } from '@/server/bets/store/load-rows';
import { createPostgresBetStore } from '@/server/bets/store/postgres-bet-store';
import { RecordUnavailableError } from '@/server/bets/store/bet-store';
import type { Venue } from '@/server/bets/venue';
import type { Log } from '@/server/ops/log';
import { describeError } from '@/server/store/database-errors';
import type { Record } from '@/server/store/open-record';

/** Timeouts and settlements are noticed this soon. */
const TICK_MS = 250;
/** How soon a record that could not be read is asked again. */
const RETRY_MS = 1_000;
const ID_BYTES = 16;

export type LiveView = {
  game(): TrackedGame | null;
  assessment(): Assessment | null;
  feedStatus(): FeedStatus;
};

export type Bets = {
  readonly engine: BetEngine;
  readonly venues: ReadonlyMap<VenueId, Venue>;
  /** Starts in the background; until the record could be read, bets are refused. */
  start(): void;
  stop(): Promise<void>;
};

export function openBets({
  record,
  venues,
  live,
  readAccounts,
  alerts,
  clock,
  randomBytes,
  log,
}: {
  record: Pick<Record, 'connect'>;
  venues: readonly Venue[];
  live: LiveView;
  readAccounts: ReadAccounts;
  alerts: BetAlerts;
  clock: Clock;
  randomBytes: (count: number) => Uint8Array;
  log: Pick<Log, 'warn' | 'info'>;
}): Bets {
  const store = createPostgresBetStore({
    writer: record.connect({ plans: 'once' }),
    reader: record.connect({ plans: 'once' }),
    readAccounts,
    clock,
  });
  const onFault = (error: unknown) => {
    // While the record is away everything fails with the same words.
    if (error instanceof RecordUnavailableError) log.warn({ error: error.message }, 'bets wait for the record');
    else log.warn({ error: describeError(error) }, 'a step of a bet failed; it is tried again');
  };
  const engine = createBetEngine({
    store,
    venues,
    live: {
      clock,
      game: () => ({ game: live.game(), feedLive: live.feedStatus().status === 'connected' }),
      assessment: live.assessment,
      feedStatus: live.feedStatus,
    },
    recommender: createRecommender(),
    newId: () => bs58.encode(randomBytes(ID_BYTES)),
    alerts,
    onFault,
  });
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  function start(): void {
    engine.start().then(
      () => {
        if (!stopped) timer = setInterval(() => engine.tick(), TICK_MS);
      },
      (error: unknown) => {
        onFault(error);
        if (!stopped) timer = setTimeout(start, RETRY_MS);
      },
    );
  }

  return {
    engine,
    venues: new Map(venues.map((venue) => [venue.id, venue])),
    start,
    async stop() {
      stopped = true;
      clearInterval(timer);
      await engine.stop();
    },
  };
}
