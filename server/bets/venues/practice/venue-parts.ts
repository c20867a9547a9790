// What the practice venue is made from, for the venue and its wheel.
import type { Clock } from '@/lib/units/time';
import type { Address, Chain } from '@/server/chain/chain';
import type { Funding } from '@/server/bets/venues/practice/house';
import type { VenueKey } from '@/server/bets/venues/practice/venue-key';
import type { RecordDatabase } from '@/server/store/record-database';
import type { StoreLog } from '@/server/store/store-log';

export type PracticeVenueParts = {
  readonly chain: Chain;
  /** A connection of its own. */
  readonly database: RecordDatabase;
  readonly venueKey: VenueKey;
  readonly faucet: Address | null;
  readonly funding: Funding | null;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: StoreLog;
};
