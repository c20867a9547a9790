// A player's paper money: where it stands in the ledger, how it begins, and how it is set back. Begins at the bankroll of
// the player's settings, taken from the paper house; no chain stands behind it.
import { transact, type RawSql } from '@/db/connect';
import { WRITER_LOCK } from '@/db/locks';
import { paperReset } from '@/lib/ledger/postings';
import { betProblem, type BetProblem } from '@/lib/protocol/bet-problem';
import { lamports, type Lamports } from '@/lib/units/lamports';
import { err, ok, type Result } from '@/lib/units/result';
import type { EpochMs } from '@/lib/units/time';
import { readAccount } from '@/server/account/accounts';
import { bookPostings } from '@/server/bets/store/write-changes';
import type { RecordDatabase } from '@/server/store/record-database';

/** Null where the account has never had paper money. */
export async function readPaperBalance(sql: RawSql, accountId: string): Promise<Lamports | null> {
  const [row] = await sql`select lamports from ledger_balances where account = ${`paper:${accountId}`}`;
  return row ? lamports(BigInt(row.lamports)) : null;
}

/** What the player has, beginning at the bankroll when this is the first look. Null for an account that is gone. */
export async function ensurePaperBalance(
  database: RecordDatabase,
  { accountId, now }: { accountId: string; now: EpochMs },
): Promise<Lamports | null> {
  const known = await database.use((sql) => readPaperBalance(sql, accountId));
  if (known !== null) return known;
  return database.use((sql) =>
    transact(sql, async () => {
      await sql`select pg_advisory_xact_lock(${WRITER_LOCK})`;
      const begun = await readPaperBalance(sql, accountId);
      return begun ?? setPaperBalance(sql, { accountId, from: lamports(0n), n: 0, now });
    }),
  );
}

/** Back to the bankroll. Refused while a paper bet is not settled: its stake would come back on top. */
export async function resetPaperBalance(
  database: RecordDatabase,
  { accountId, now }: { accountId: string; now: EpochMs },
): Promise<Result<Lamports, BetProblem>> {
  return database.use((sql) =>
    transact(sql, async () => {
      await sql`select pg_advisory_xact_lock(${WRITER_LOCK})`;
      const [open] = await sql`
        select 1 from bets where account_id = ${accountId} and venue = 'paper' and closed_at is null limit 1`;
      if (open) {
        return err(betProblem('bet-open', 'A paper bet is still running. Its result comes first; nothing was reset.'));
      }
      const from = (await readPaperBalance(sql, accountId)) ?? lamports(0n);
      const [resets] = await sql`
        select count(distinct posting)::int as n from ledger_entries
        where account = ${`paper:${accountId}`} and posting like ${`paper:${accountId}:%`}`;
      const balance = await setPaperBalance(sql, { accountId, from, n: resets!.n, now });
      return balance === null ? err(betProblem('not-found', 'There is no such account.')) : ok(balance);
    }),
  );
}

async function setPaperBalance(
  sql: RawSql,
  { accountId, from, n, now }: { accountId: string; from: Lamports; n: number; now: EpochMs },
): Promise<Lamports | null> {
  const account = await readAccount(sql, accountId, now);
  if (!account) return null;
  const to = account.settings.bankrollLamports;
  await bookPostings(sql, [paperReset(accountId, { from, to, n })], now);
  return to;
}
