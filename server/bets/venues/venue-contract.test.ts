import { createAssistedVenue } from '@/server/bets/venues/assisted/assisted-venue';
import { createPaperVenue } from '@/server/bets/venues/paper/paper-venue';
import { toMemo } from '@/server/bets/venues/practice/memo';
import { openFeedKit, tickFact, toSideBet } from '@/server/bets/venues/test-kit/feed-kit';
import { openPracticeKit } from '@/server/bets/venues/test-kit/practice-kit';
import { describeVenueContract } from '@/server/bets/venues/test-kit/venue-contract';
import { epochMs } from '@/lib/units/time';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();
/** Slots in which anything that was sent is confirmed, final and told. */
const SLOTS = 10;

describeVenueContract('practice', async () => {
  const kit = await openPracticeKit(database());
  return {
    venue: kit.venue,
    port: kit.port,
    owner: kit.player.owner,
    newBet: () => kit.newBet(),
    async submit(bet) {
      await kit.submit(await kit.prepareAndSign(kit.player, bet));
    },
    takeStake: () => kit.slots(SLOTS),
    takePayment: () => kit.slots(SLOTS),
    restart: kit.restart,
    paymentsOf: ({ betId }) => kit.chain.landedWith(toMemo('payout', betId)).length,
    close: kit.close,
  };
});

describeVenueContract('paper', () =>
  openFeedKit(database(), {
    venueId: 'paper',
    create: createPaperVenue,
    show: (bet, _player, at) => tickFact(bet, 7, at),
    retry: (venue) => venue.retry(),
  }),
);

describeVenueContract('assisted', () =>
  openFeedKit(database(), {
    venueId: 'assisted',
    create: createAssistedVenue,
    show: (bet, { owner }, at) => ({
      type: 'side-bet',
      sideBet: { ...toSideBet(bet, owner.playerId!, 12), gameId: bet.gameId },
      at: epochMs(at),
    }),
    retry: (venue) => void venue.look(),
  }),
);
