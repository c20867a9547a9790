// Reads of the ledger for comparing and for the summary.
import type { RawSql } from '@/db/connect';
import { lamports, type Lamports } from '@/lib/units/lamports';
import type { EpochMs } from '@/lib/units/time';
import { toInstant } from '@/server/store/insert-rows';

export type LedgerTotals = {
  /** Escrow, house and unidentified: what stands at the venue's address. */
  readonly venueLamports: bigint;
  readonly unidentifiedLamports: bigint;
  /** Of every account there is. */
  readonly sumLamports: bigint;
};

export async function readTotals(sql: RawSql): Promise<LedgerTotals> {
  const [row] = await sql`
    select
      coalesce(sum(lamports) filter (where account in ('escrow', 'house', 'unidentified')), 0)::text as venue,
      coalesce(sum(lamports) filter (where account = 'unidentified'), 0)::text as unidentified,
      coalesce(sum(lamports), 0)::text as total
    from ledger_balances`;
  const { venue, unidentified, total } = row!;
  return {
    venueLamports: BigInt(venue),
    unidentifiedLamports: BigInt(unidentified),
    sumLamports: BigInt(total),
  };
}

/** Accounts whose balance is not the sum of their entries: a whole scan, so not often. At most `limit` of them. */
export async function findWrongBalances(sql: RawSql, limit: number): Promise<readonly string[]> {
  const rows = await sql`
    select account
    from (select account, sum(lamports) as lamports from ledger_entries group by account) entries
    full join ledger_balances balances using (account)
    where coalesce(entries.lamports, 0) <> coalesce(balances.lamports, 0)
    limit ${limit}`;
  return rows.map(({ account }) => account);
}

export type BookedSignature = { readonly entryId: number; readonly signature: string };

/** Booked before `before`, in the order they were; those that the chain took back for good left out. */
export async function readBookedSignatures(
  sql: RawSql,
  { after, before, limit }: { after: number; before: EpochMs; limit: number },
): Promise<readonly BookedSignature[]> {
  const rows = await sql`
    select entry_id, signature from ledger_entries entry
    where entry_id > ${after} and signature is not null and line = 0 and at < ${toInstant(before)}::timestamptz
      and posting not like 'vanished:%'
      and not exists (select 1 from ledger_entries gone where gone.posting = 'vanished:' || entry.signature)
    order by entry_id limit ${limit}`;
  return rows.map((row) => ({ entryId: Number(row.entry_id), signature: row.signature }));
}

export async function readNewestEntry(sql: RawSql): Promise<number> {
  const [row] = await sql`select coalesce(max(entry_id), 0) as newest from ledger_entries`;
  return Number(row!.newest);
}

export type AccountTotal = { readonly account: string; readonly holders: number; readonly lamports: Lamports };

/** Players' accounts by their kind: "wallet:<id>" counts as "wallet". */
export async function readAccountTotals(sql: RawSql): Promise<readonly AccountTotal[]> {
  const rows = await sql`
    select split_part(account, ':', 1) as kind, count(*)::int as holders, sum(lamports)::text as lamports
    from ledger_balances group by kind order by kind`;
  return rows.map(({ kind, holders, lamports: sum }) => ({ account: kind, holders, lamports: lamports(BigInt(sum)) }));
}

export type OwnTotal = { readonly account: 'wallet' | 'paper' | 'site'; readonly lamports: Lamports };

export async function readOwnTotals(sql: RawSql, accountId: string): Promise<readonly OwnTotal[]> {
  const rows = await sql`
    select split_part(account, ':', 1) as kind, lamports::text from ledger_balances
    where account in (${`wallet:${accountId}`}, ${`paper:${accountId}`}, ${`site:${accountId}`}) order by kind`;
  return rows.map((row) => ({ account: row.kind, lamports: lamports(BigInt(row.lamports)) }));
}

export async function readPublicKey(sql: RawSql, accountId: string): Promise<string | null> {
  const [row] = await sql`select public_key from accounts where account_id = ${accountId}`;
  return row?.public_key ?? null;
}
