// A practice venue over a fake chain and a real database, with as much of an engine as it takes: rows of accounts, sessions
// and bets, the stake's row with `submitted` and its status with each report.
import { Keypair, Transaction } from '@solana/web3.js';
import type { RawSql } from '@/db/connect';
import type { Bet, BetState, VenueId } from '@/lib/bets/bet';
import { gameId } from '@/lib/units/game-id';
import { lamports, type Lamports } from '@/lib/units/lamports';
import { epochMs } from '@/lib/units/time';
import type { BetOwner } from '@/server/bets/venue';
import { createPracticeVenue, type PracticeVenue } from '@/server/bets/venues/practice/practice-venue';
import { toVenueKey } from '@/server/bets/venues/practice/venue-key';
import { createFakeChain, FAKE_FAUCET } from '@/server/bets/venues/test-kit/fake-chain';
import { createRecordingPort, type RecordingPort } from '@/server/bets/venues/test-kit/recording-port';
import { createRecordDatabase, type RecordDatabase } from '@/server/store/record-database';
import type { TestDatabase } from '@/server/test-kit/postgres';

export const SLOT_MS = 400;
export const STAKE = lamports(50_000_000n);
const HOUSE = 1_000_000_000_000n;
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

export type PracticeKit = Awaited<ReturnType<typeof openPracticeKit>>;

let made = 0;

export async function openPracticeKit({ databaseUrl, sql }: TestDatabase) {
  const number = ++made;
  const chain = createFakeChain();
  const venueKeypair = Keypair.generate();
  const player = await createPlayer(sql, `a${number}`);
  chain.give(player.owner.publicKey, 2_000_000_000n);
  chain.give(venueKeypair.publicKey.toBase58(), HOUSE);
  await sql`delete from ledger_balances`;
  await sql`insert into ledger_balances (account, lamports, entries) values ('house', ${HOUSE.toString()}, 1)`;
  let now = 1_767_225_600_000;
  let running = await open();

  async function open() {
    const database: RecordDatabase = createRecordDatabase({ databaseUrl });
    const venue: PracticeVenue = createPracticeVenue({
      chain,
      database,
      venueKey: toVenueKey(venueKeypair),
      faucet: FAKE_FAUCET,
      funding: null,
      clock: () => epochMs(now),
      random: () => 0.5,
      log: SILENT,
    });
    const port = createRecordingPort();
    await venue.start(withRows(port, sql));
    await venue.idle();
    return { database, venue, port };
  }

  async function settle(): Promise<void> {
    // Sends and reports go on by themselves: as many turns of the event loop as the longest of them takes.
    for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
    await running.venue.idle();
  }

  const kit = {
    chain,
    sql,
    player,
    venueAddress: venueKeypair.publicKey.toBase58(),
    venue: () => running.venue,
    port: (): RecordingPort => running.port,
    now: () => now,
    async slots(count = 1): Promise<void> {
      for (let i = 0; i < count; i++) {
        await settle();
        now += SLOT_MS;
        chain.advance();
        await settle();
      }
    },
    /** The process ends and starts again; what is not on record is forgotten. */
    async restart(): Promise<void> {
      await kit.close();
      running = await open();
    },
    async close(): Promise<void> {
      await running.venue.stop();
      await running.database.end();
    },
    newBet: () => insertBet(sql, player, now),
    /** Prepared by the venue, and signed by its player. */
    async prepareAndSign(of: Player = player, known?: Bet): Promise<{ bet: Bet; transaction: string }> {
      const bet = known ?? (await insertBet(sql, of, now));
      const prepared = await running.venue.prepare(bet, of.owner);
      if (!prepared.ok) throw new Error(prepared.error.message);
      const { transaction, kept } = prepared.value;
      const signing = Transaction.from(Buffer.from(transaction!, 'base64'));
      signing.partialSign(of.keypair);
      await sql`update bets set preparation = ${JSON.stringify(kept)}::text::json where bet_id = ${bet.betId}`;
      return { bet, transaction: signing.serialize().toString('base64') };
    },
    /** As the engine does: checked, on record, followed. */
    async submit({ bet, transaction }: { bet: Bet; transaction: string }, of: Player = player): Promise<void> {
      const [row] = await sql`select preparation from bets where bet_id = ${bet.betId}`;
      const { venue } = running;
      const checked = venue.check!({ bet, owner: of.owner, kept: row!.preparation, transaction });
      if (!checked.ok) throw new Error(checked.error.code);
      const { signature, bytes, lastValidBlockHeight } = checked.value;
      await sql`
        insert into bet_transactions
          (signature, bet_id, role, attempt, status, bytes, last_valid_block_height, sent_at)
        values (${signature}, ${bet.betId}, 'stake', 1, 'sent', ${Buffer.from(bytes)}, ${lastValidBlockHeight},
          ${new Date(now).toISOString()})`;
      venue.follow(bet, of.owner);
    },
    async place(of: Player = player): Promise<Bet> {
      const signed = await kit.prepareAndSign(of);
      await kit.submit(signed, of);
      return signed.bet;
    },
    payBack(bet: Bet, state: 'won' | 'void', amount: Lamports, of: Player = player): void {
      running.venue.payBack({ ...bet, state }, of.owner, amount);
    },
    transactions: (betId: string) => sql`
      select role, attempt, status from bet_transactions where bet_id = ${betId} order by role, attempt`,
  };
  return kit;
}

export type Player = { readonly keypair: Keypair; readonly owner: BetOwner };

export async function createPlayer(sql: RawSql, accountId: string, venue: VenueId = 'practice'): Promise<Player> {
  const keypair = Keypair.generate();
  const publicKey = keypair.publicKey.toBase58();
  await sql`
    insert into accounts (account_id, public_key, created_at, last_seen_at) values (${accountId}, ${publicKey}, now(), now())`;
  await sql`
    insert into bet_sessions (session_id, account_id, venue, opened_at, last_bet_at)
    values (${`session ${accountId}`}, ${accountId}, ${venue}, now(), now())`;
  return { keypair, owner: { accountId, publicKey, playerId: null, latencyMs: 0 } };
}

const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
let bets = 0;

/** A bet in the record, `closed` to the index of open ones. */
export async function insertBet(
  sql: RawSql,
  { owner }: Player,
  now: number,
  venue: VenueId = 'practice',
): Promise<Bet> {
  const betId = `Test${[...String(++bets).padStart(14, '0')].map((digit) => ALPHABET[Number(digit)]).join('')}`;
  const at = new Date(now).toISOString();
  await sql`
    insert into bets (bet_id, account_id, venue, client_key, session_id, state, stake_lamports, payout, game_id,
      prepared_at, expires_at, stake_final, version)
    values (${betId}, ${owner.accountId}, ${venue}, ${betId}, ${`session ${owner.accountId}`}, 'expired',
      ${STAKE.toString()}, 5, '20260101-0000000000000001', ${at}, ${at}, false, 1)`;
  return toBet(betId, owner.accountId, now, venue);
}

function toBet(betId: string, accountId: string, now: number, venue: VenueId): Bet {
  return {
    betId,
    accountId,
    venue,
    clientKey: betId,
    sessionId: `session ${accountId}`,
    strategyId: null,
    state: 'submitted' satisfies BetState,
    stakeLamports: STAKE,
    payout: 5,
    gameId: gameId('20260101-0000000000000001'),
    preparedTick: 0,
    preparedAt: epochMs(now),
    expiresAt: epochMs(now + 30_000),
    submittedAt: epochMs(now),
    activeAt: null,
    startTick: null,
    endTick: null,
    rugTick: null,
    settledAt: null,
    closedAt: null,
    stakeFinal: false,
    paidLamports: null,
    reason: null,
    advice: null,
    version: 2,
  };
}

/** What the engine writes of bet_transactions. */
function withRows(port: RecordingPort, sql: RawSql): RecordingPort {
  return {
    ...port,
    get told() {
      return port.told;
    },
    async confirmed(report) {
      await port.confirmed(report);
      await sql`
        insert into bet_transactions (signature, bet_id, role, attempt, status, sent_at)
        values (${report.signature}, ${report.betId}, 'stake',
          (select 1 + count(*) from bet_transactions where bet_id = ${report.betId} and role = 'stake'), 'confirmed', now())
        on conflict (signature) do update set status = 'confirmed'`;
    },
    async finalized(report) {
      await port.finalized(report);
      await sql`update bet_transactions set status = 'finalized' where signature = ${report.signature}`;
    },
    async paid(report) {
      await port.paid(report);
      await sql`update bet_transactions set status = 'finalized' where signature = ${report.signature}`;
    },
  };
}
