// Laws, over some hundred bets on the practice chain itself, LiteSVM and its RPC included, while it drops sends, calls
// blockhashes unknown, loses answers, takes blocks back, refuses by rate and goes down, and the process is killed: the
// ledger sums to zero and so does escrow; the venue's address and every wallet hold what the ledger says, to the lamport;
// every bet is closed; whatever was sent for a bet and is not its stake went back; nothing was paid twice.
import { describe, expect, it, onTestFinished } from 'vitest';
import { payoutOf } from '@/lib/bets/bet-amounts';
import { sideBetWins } from '@/lib/game/rules';
import { lamports } from '@/lib/units/lamports';
import { STRAY_MEMO } from '@/server/bets/simulation/practice-players';
import { createPracticeWorld, PLAYER_LAMPORTS, type PracticeWorld } from '@/server/bets/simulation/practice-world';
import { readAddress } from '@/server/bets/venues/practice/read-address';
import type { LandedTransaction } from '@/server/chain/chain';
import { useTestDatabase, type TestDatabase } from '@/server/test-kit/postgres';

const BETTING_BLOCKS = 250;
const PLAYERS = 24;
/** A blockhash that runs out and a game nobody confirms are what takes longest. */
const RESTS_MAX = 700;
const FEE = 5_000n;

/** What occurred in all worlds together. */
const ends = new Set<string>();
const counts = { bets: 0, kills: 0, forks: 0 };

describe.each([1, 2, 3])('world %d on the practice chain', (seed) => {
  const database = useTestDatabase();

  it('ends right, to the lamport', { timeout: 180_000 }, async () => {
    const world = await createPracticeWorld({ ...database(), seed: `practice chain ${seed}`, playerCount: PLAYERS });
    onTestFinished(() => world.stop());
    Object.assign(world.feed.faults, { silent: 0.001, late: 0.1, never: 0.05 });
    for (let block = 0; block < BETTING_BLOCKS; block++) await world.bet();
    Object.assign(world.feed.faults, { silent: 0, late: 0, never: 0 });
    // What players hold in their hands, a late or another stake, comes first.
    for (let n = 0; n < RESTS_MAX && (n < 80 || (await world.store.unclosed()).length > 0); n++) await world.rest();
    const landed = await readLanded(world);
    const bets = await readBets(database());
    expect(bets.flatMap((bet) => checkBet(bet, landed, world))).toEqual([]);
    await checkMoney(database(), world, landed);
    expect(world.faults).toEqual([]);
    for (const { state, reason } of bets) ends.add(reason === null ? state : `${state} ${reason}`);
    counts.bets += bets.length;
    counts.kills += world.kills();
    counts.forks += world.forks();
  });
});

it('what matters occurred in these worlds: the rest was not tried', () => {
  expect([...ends]).toEqual(expect.arrayContaining(OCCURRING));
  expect(counts.bets).toBeGreaterThan(200);
  expect(counts.kills).toBeGreaterThan(2);
  expect(counts.forks).toBeGreaterThan(9);
});

const OCCURRING = [
  'paid',
  'lost',
  'refunded second-stake',
  'refunded wrong-amount',
  'refunded late-stake',
  'refunded stake-gone',
  'expired never-landed',
];

type BetRecord = {
  readonly bet_id: string;
  readonly state: string;
  readonly reason: string | null;
  readonly closed_at: Date | null;
  readonly stake_lamports: string;
  readonly game_id: string;
  readonly start_tick: number | null;
  readonly taken: string;
};

function readBets({ sql }: TestDatabase): Promise<BetRecord[]> {
  return sql<BetRecord[]>`
    select bet_id, state, reason, closed_at, stake_lamports::text, game_id, start_tick, (
      select coalesce(sum(lamports), 0)::text from ledger_entries e
      where e.bet_id = b.bet_id and account = 'escrow' and (posting like 'stake:%' or posting like 'vanished:%')) as taken
    from bets b`;
}

/** Everything that stands on the chain and touched the venue's address. */
async function readLanded({ chain, venueAddress }: PracticeWorld): Promise<readonly LandedTransaction[]> {
  const entries = await readAddress(chain, { address: venueAddress, until: null });
  return Promise.all(entries.map(async ({ signature }) => (await chain.transaction(signature))!));
}

function checkBet(
  bet: BetRecord,
  landed: readonly LandedTransaction[],
  { feed, venueAddress }: PracticeWorld,
): string[] {
  const stake = lamports(BigInt(bet.stake_lamports));
  const paid = landed
    .filter(
      ({ memos, failed }) =>
        !failed && /^fortytick:(payout|refund):/.test(memos[0] ?? '') && memos[0]!.endsWith(`:${bet.bet_id}`),
    )
    .map(({ changes }) => -changes.get(venueAddress)! - FEE);
  const taken = BigInt(bet.taken);
  const owed =
    bet.state === 'paid' ? payoutOf({ stakeLamports: stake, payout: 5 }) : bet.state === 'refunded' ? taken : 0n;
  const wrong: string[] = [];
  if (bet.closed_at === null) wrong.push('is not closed');
  if (String(paid) !== (owed === 0n ? '' : String(owed))) wrong.push(`is owed ${owed} and was paid ${paid}`);
  if ((bet.state === 'paid' || bet.state === 'lost') && taken !== stake) wrong.push(`holds ${taken} of ${stake}`);
  if (bet.state === 'expired' && taken !== 0n) wrong.push(`expired, and ${taken} were taken`);
  if (bet.state === 'paid' || bet.state === 'lost') {
    const wins = sideBetWins({ startTick: bet.start_tick!, rugTick: feed.truthOf(bet.game_id as never) });
    if (wins !== (bet.state === 'paid')) wrong.push(`the game says it ${wins ? 'won' : 'lost'}`);
  }
  return wrong.map((what) => `${bet.bet_id} (${bet.state} ${bet.reason ?? ''}) ${what}`);
}

async function checkMoney(
  { sql }: TestDatabase,
  { chain, venueAddress, players }: PracticeWorld,
  landed: readonly LandedTransaction[],
): Promise<void> {
  const rows = await sql<{ account: string; lamports: string }[]>`select account, lamports::text from ledger_balances`;
  const balance = (account: string) => BigInt(rows.find((row) => row.account === account)?.lamports ?? 0);
  const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);
  expect(sum(rows.map((row) => BigInt(row.lamports)))).toBe(0n);
  expect(balance('escrow')).toBe(0n);
  expect(balance('house') + balance('unidentified')).toBe(await chain.balance(venueAddress, 'finalized'));
  // Money without a word what it is for is the only that stays where it is.
  const strays = landed.filter(({ memos }) => memos[0] === STRAY_MEMO);
  expect(balance('unidentified')).toBe(sum(strays.map(({ changes }) => changes.get(venueAddress)!)));
  for (const { accountId, address } of players) {
    const moved = (await chain.balance(address, 'finalized')) - PLAYER_LAMPORTS;
    const own = strays.filter(({ feePayer }) => feePayer === address);
    expect(balance(`wallet:${accountId}`) + sum(own.map(({ changes }) => changes.get(address)!)), accountId).toBe(
      moved,
    );
  }
}
