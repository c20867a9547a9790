// What the practice venue reads and writes of the record: its paying transactions before they are sent, how far it has read
// its address, and what it must know of a bet to tell whose money arrived. Stakes' rows are the engine's.
import type { RawSql } from '@/db/connect';
import type { BetTransaction } from '@/lib/bets/bet-transaction';
import { lamports, type Lamports } from '@/lib/units/lamports';
import type { EpochMs } from '@/lib/units/time';
import type { Signature } from '@/server/chain/chain';
import {
  BET_TRANSACTIONS,
  toBetTransaction,
  TRANSACTION_COLUMNS,
  type TransactionRecord,
} from '@/server/bets/store/bet-columns';
import { insertRows, toArrayLiteral, toInstant } from '@/server/store/insert-rows';

export type PayingTransaction = BetTransaction & {
  readonly role: 'payout' | 'refund';
  readonly bytes: Uint8Array;
  readonly lastValidBlockHeight: number;
};

export type BetOfMemo = {
  readonly betId: string;
  readonly stakeLamports: Lamports;
  /** Null once the player has deleted the account. */
  readonly publicKey: string | null;
};

export type Cursor = { readonly signature: Signature; readonly slot: number };

/** Every transaction with one of these signatures, or of one of these bets. */
export async function readTransactions(
  sql: RawSql,
  { signatures, betIds }: { signatures: readonly Signature[]; betIds: readonly string[] },
): Promise<readonly BetTransaction[]> {
  // A union of two index scans; the planner would not make them of one condition with "or".
  const rows = await sql.unsafe<TransactionRecord[]>(
    `select ${TRANSACTION_COLUMNS} from bet_transactions where signature = any($1::text[])
     union select ${TRANSACTION_COLUMNS} from bet_transactions where bet_id = any($2::text[])`,
    [toArrayLiteral(signatures), toArrayLiteral(betIds)],
    { prepare: true },
  );
  return rows.map(toBetTransaction);
}

export async function readBetsOfMemos(sql: RawSql, betIds: readonly string[]): Promise<readonly BetOfMemo[]> {
  const rows = await sql`
    select bet_id, stake_lamports, public_key from bets join accounts using (account_id)
    where venue = 'practice' and bet_id = any(${toArrayLiteral(betIds)}::text[])`;
  return rows.map((row) => ({
    betId: row.bet_id,
    stakeLamports: lamports(BigInt(row.stake_lamports)),
    publicKey: row.public_key,
  }));
}

/** All or none: an index refuses a second transaction that could pay the same bet. */
export function insertPaying(sql: RawSql, rows: readonly PayingTransaction[]): Promise<void> {
  return insertRows(sql, { table: BET_TRANSACTIONS, rows, onConflict: 'fail' });
}

/** A paying transaction was seen on the chain. `finalized` is written by the engine with `paid`. */
export async function markPayingConfirmed(
  sql: RawSql,
  { signatures, at }: { signatures: readonly Signature[]; at: EpochMs },
): Promise<void> {
  await sql`
    update bet_transactions set status = 'confirmed', confirmed_at = ${toInstant(at)}
    where signature = any(${toArrayLiteral(signatures)}::text[]) and role <> 'stake' and status = 'sent'`;
}

/** It will never pay: the next attempt may be made. */
export async function markPayingOver(
  sql: RawSql,
  { signature, status }: { signature: Signature; status: 'failed' | 'dead' },
): Promise<void> {
  await sql`
    update bet_transactions set status = ${status}
    where signature = ${signature} and role <> 'stake' and status in ('sent', 'confirmed')`;
}

export async function readCursor(sql: RawSql, address: string): Promise<Cursor | null> {
  const [row] = await sql`select signature, slot from chain_cursors where address = ${address}`;
  return row ? { signature: row.signature, slot: Number(row.slot) } : null;
}

export async function writeCursor(
  sql: RawSql,
  { address, cursor, at }: { address: string; cursor: Cursor; at: EpochMs },
): Promise<void> {
  await sql`
    insert into chain_cursors (address, signature, slot, read_at)
    values (${address}, ${cursor.signature}, ${cursor.slot}, ${toInstant(at)})
    on conflict (address) do update set signature = excluded.signature, slot = excluded.slot, read_at = excluded.read_at
    where chain_cursors.slot <= excluded.slot`;
}

export type HouseAccounts = { readonly houseLamports: Lamports; readonly owedLamports: Lamports };

/** What the house has, and what it would have to add if every bet that may still win won. */
export async function readHouse(sql: RawSql): Promise<HouseAccounts> {
  const [row] = await sql`
    select
      coalesce((select lamports from ledger_balances where account = 'house'), 0)::text as house,
      coalesce(sum(ceil(stake_lamports * (payout::numeric - 1))), 0)::text as owed
    from bets
    where venue = 'practice' and closed_at is null and state in ('prepared', 'submitted', 'active', 'won', 'lost')`;
  return { houseLamports: lamports(BigInt(row!.house)), owedLamports: lamports(BigInt(row!.owed)) };
}
