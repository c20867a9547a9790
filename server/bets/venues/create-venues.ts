// Every venue there is: adding one is a folder beside this file and a line here. Called by server/main.ts before the bets.
import { join } from 'node:path';
import type { Venue } from '@/server/bets/venue';
import type { Clock } from '@/lib/units/time';
import type { Address, Chain } from '@/server/chain/chain';
import { createFaucet } from '@/server/chain/practice/core/genesis';
import { createAssistedVenue } from '@/server/bets/venues/assisted/assisted-venue';
import { createPaperVenue } from '@/server/bets/venues/paper/paper-venue';
import { PRACTICE_FUNDING } from '@/server/bets/venues/practice/house';
import { createPracticeVenue, type PracticeVenue } from '@/server/bets/venues/practice/practice-venue';
import { loadVenueKey, readVenueKey, type VenueKey } from '@/server/bets/venues/practice/venue-key';
import type { Config } from '@/server/config';
import { StartError } from '@/server/ops/start-error';
import type { RecordDatabase } from '@/server/store/record-database';
import type { StoreLog } from '@/server/store/store-log';

export type Venues = {
  readonly all: readonly Venue[];
  /** Its address and its rounds are what the ledger is reconciled with. */
  readonly practice: PracticeVenue;
};

type VenueConfig = Pick<Config, 'DATA_DIR' | 'SOLANA_RPC_URL' | 'VENUE_KEY'>;

/** Throws StartError for a cluster or a key that is not for practice. */
export async function createVenues({
  config,
  chain,
  connect,
  clock,
  random,
  log,
}: {
  config: VenueConfig;
  chain: Chain & { identify?(): Promise<Chain['cluster']> };
  /** Connections of their own: one venue's writes never wait for another's. */
  connect: () => RecordDatabase;
  clock: Clock;
  random: () => number;
  log: StoreLog;
}): Promise<Venues> {
  const onPractice = config.SOLANA_RPC_URL === undefined;
  if (!onPractice) await refuseMainnet(chain, log);
  const venueKey = openKey(config);
  const faucet: Address | null = onPractice ? createFaucet().publicKey.toBase58() : null;
  const funding = onPractice ? PRACTICE_FUNDING : null;
  const practice = createPracticeVenue({ chain, database: connect(), venueKey, faucet, funding, clock, random, log });
  return {
    practice,
    all: [
      practice,
      createPaperVenue({ database: connect(), clock, log }),
      createAssistedVenue({ database: connect(), clock, log }),
    ],
  };
}

/** A cluster that is away cannot say who it is; the venue then takes no bet until it has. */
async function refuseMainnet(chain: Chain & { identify?(): Promise<Chain['cluster']> }, log: StoreLog): Promise<void> {
  let cluster = chain.cluster;
  try {
    cluster = (await chain.identify?.()) ?? cluster;
  } catch (error) {
    log.warn({ error: String(error) }, 'the cluster has not said who it is');
  }
  if (cluster !== 'mainnet-beta') return;
  throw new StartError(
    'SOLANA_RPC_URL names mainnet-beta. The practice venue is for practice: it takes stakes to an address of its own and ' +
      'never real money. Name a devnet or testnet node, or leave it out for the practice chain.',
  );
}

function openKey({ DATA_DIR, SOLANA_RPC_URL, VENUE_KEY }: VenueConfig): VenueKey {
  if (VENUE_KEY !== undefined) return readVenueKey(VENUE_KEY);
  if (SOLANA_RPC_URL === undefined) return loadVenueKey(join(DATA_DIR, 'chain', 'venue.json'));
  throw new StartError(
    'VENUE_KEY is not set: on a real cluster the practice venue needs the secret key of its address.',
  );
}
