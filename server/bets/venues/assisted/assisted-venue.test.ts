import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Bet } from '@/lib/bets/bet';
import type { GameFact } from '@/lib/game/events';
import { PRACTICE_COIN_ADDRESS } from '@/lib/game/rules';
import type { HistorySideBet } from '@/lib/protocol/feed';
import { scriptGame, toFinished } from '@/lib/test-kit/frames';
import { lamports } from '@/lib/units/lamports';
import { createAssistedVenue } from '@/server/bets/venues/assisted/assisted-venue';
import { openFeedKit, toSideBet, type FeedKit } from '@/server/bets/venues/test-kit/feed-kit';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();

let kit: Omit<FeedKit, 'venue'> & { venue(): ReturnType<typeof createAssistedVenue> };
beforeEach(async () => {
  kit = await openFeedKit(database(), {
    venueId: 'assisted',
    create: createAssistedVenue,
    show: () => {
      throw new Error('shown by each test');
    },
    retry: (venue) => void venue.look(),
  });
});
afterEach(() => kit.close());

/** The bet's game as the feed's history tells of it. */
const game = { ...toFinished(scriptGame(1)) };

function sideBet(bet: Bet, more: Partial<HistorySideBet> = {}): GameFact {
  const seen = { ...toSideBet(bet, kit.owner.playerId!, 12), gameId: bet.gameId, ...more };
  return { type: 'side-bet', sideBet: seen, at: kit.clock() };
}

function finished(bet: Bet, sideBets: readonly HistorySideBet[]): GameFact {
  return {
    type: 'game-finished',
    game: { ...game, gameId: bet.gameId, sideBets },
    at: kit.clock(),
    rugTick: 50,
    verification: { status: 'verified' } as never,
    commitmentKept: true,
    watched: true,
    ticksRepaired: 0,
    ticksCorrected: 0,
  };
}

describe('a side bet of a linked player', () => {
  it('is the bet of the ticket when game and amount are the same, at the tick the feed names', async () => {
    const bet = await kit.newBet();
    await kit.submit(bet);
    await kit.take(sideBet(bet));
    expect(kit.port().find('confirmed')).toMatchObject([
      { betId: bet.betId, signature: null, seen: { gameId: bet.gameId, startTick: 12 } },
    ]);
    expect(kit.port().find('found')).toEqual([]);
  });

  it('is found by itself without a ticket, or with one for another amount, and once', async () => {
    const bet = await kit.newBet();
    await kit.submit(bet);
    const other = sideBet(bet, { stakeLamports: lamports(7_000_000n) });
    for (let i = 0; i < 3; i++) await kit.take(other);
    expect(kit.port().find('found')).toMatchObject([
      { accountId: kit.owner.accountId, gameId: bet.gameId, startTick: 12, stakeLamports: 7_000_000n, payout: 5 },
    ]);
    expect(kit.port().find('confirmed')).toEqual([]);
  });

  it('is learnt from the history when the live message was missed', async () => {
    const bet = await kit.newBet();
    await kit.submit(bet);
    const rows = [toSideBet(bet, kit.owner.playerId!, 3), toSideBet(bet, kit.owner.playerId!, 90)];
    await kit.take(finished(bet, rows));
    expect(kit.port().find('confirmed')).toMatchObject([{ betId: bet.betId, seen: { startTick: 3 } }]);
    expect(kit.port().find('found')).toMatchObject([{ startTick: 90 }]);
  });

  it('that began before the ticket was written is another one, though game and amount are the same', async () => {
    const bet = { ...(await kit.newBet()), preparedTick: 60 };
    await kit.submit(bet);
    await kit.take(
      finished(
        bet,
        [10, 59, 60].map((tick) => toSideBet(bet, kit.owner.playerId!, tick)),
      ),
    );
    expect(kit.port().find('confirmed')).toMatchObject([{ betId: bet.betId, seen: { startTick: 60 } }]);
    expect(kit.port().find('found')).toMatchObject([{ startTick: 10 }, { startTick: 59 }]);
  });

  it('that is shown after the 30 s of its ticket, and before anybody looked, is found on its own', async () => {
    const bet = await kit.newBet();
    await kit.submit(bet);
    kit.pass(30_000);
    await kit.take(sideBet(bet));
    expect(kit.port().find('confirmed')).toEqual([]);
    expect(kit.port().find('found')).toHaveLength(1);
  });

  it('that the record has is not found again after a restart', async () => {
    const bet = await kit.newBet();
    await database().sql`update bets set start_tick = 12, end_tick = 52 where bet_id = ${bet.betId}`;
    await kit.take(sideBet(bet));
    expect(kit.port().told).toEqual([]);
    await kit.take(sideBet(bet, { startTick: 60 }));
    expect(kit.port().find('found')).toHaveLength(1);
  });

  it('in the site’s practice currency, or of another player, is none of ours', async () => {
    const bet = await kit.newBet();
    await kit.submit(bet);
    await kit.take(sideBet(bet, { coinAddress: PRACTICE_COIN_ADDRESS }));
    await kit.take(sideBet(bet, { playerId: 'somebody else' }));
    expect(kit.port().told).toEqual([]);
  });
});

describe('a ticket', () => {
  it('says what to copy, and needs a linked player', async () => {
    const bet = await kit.newBet();
    const prepared = await kit.venue().prepare(bet, kit.owner);
    expect(prepared.ok && prepared.value.words[0]).toBe('Copy 0.05 and place a side bet of 0.05 SOL on rugs.fun now.');
    const unlinked = await kit.venue().prepare(bet, { ...kit.owner, playerId: null });
    expect(unlinked).toMatchObject({ error: { code: 'refused', rules: [{ rule: 'player-not-linked' }] } });
  });

  it('that the feed does not show within 30 s fails, and the bet is then found on its own', async () => {
    const bet = await kit.newBet();
    await kit.submit(bet);
    kit.pass(29_999);
    await kit.venue().look();
    expect(kit.port().told).toEqual([]);
    kit.pass(1);
    await kit.venue().look();
    await kit.settle();
    expect(kit.port().find('failed')).toMatchObject([{ betId: bet.betId, reason: 'not-seen' }]);
    await kit.take(sideBet(bet));
    expect(kit.port().find('found')).toHaveLength(1);
  });
});

it('a player who links is known within seconds', async () => {
  const bet = await kit.newBet();
  await database().sql`update accounts set player_id = 'did:new' where account_id = ${kit.owner.accountId}`;
  await kit.take(sideBet(bet, { playerId: 'did:new' }));
  expect(kit.port().told).toEqual([]);
  kit.pass(10_000);
  await kit.venue().look();
  await kit.take(sideBet(bet, { playerId: 'did:new' }));
  expect(kit.port().find('found')).toHaveLength(1);
});
