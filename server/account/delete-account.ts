// Deletes a player's data for good: what goes and what stays is told before (previewDeletion) and after. Refused while money
// is on its way, since a payout needs to know where to go.
import { transact, type RawSql } from '@/db/connect';
import type { AccountContents } from '@/lib/account/deletion-words';
import { pauseAfterDeletion, whatGoes, whatStays } from '@/lib/account/deletion-words';
import type { DeletionView } from '@/lib/protocol/account-api';
import { betProblem, type BetProblem } from '@/lib/protocol/bet-problem';
import { count } from '@/lib/risk/words';
import { RAISE_WAITS_MS } from '@/lib/safety/pauses';
import { err, ok, type Result } from '@/lib/units/result';
import { epochMs, type EpochMs } from '@/lib/units/time';
import type { Ended } from '@/server/auth/auth';
import type { AccountContext } from '@/server/account/account-context';
import { beginChange, Refused, undoable } from '@/server/account/change-account';
import { NO_ACCOUNT, readAccountView } from '@/server/account/get-account';
import { retainSafety } from '@/server/account/retained-safety';
import { writeSafety } from '@/server/account/write-safety';
import { toInstant } from '@/server/store/insert-rows';

/** A signed stake may reach the chain until its blockhash is too old: about a minute; twice that is safe. */
const LATE_STAKE_MS = 120_000;

export async function previewDeletion(
  { database, clock }: Pick<AccountContext, 'database' | 'clock'>,
  accountId: string,
): Promise<Result<DeletionView, BetProblem>> {
  const now = clock();
  return database.use(async (sql) => {
    const view = await readAccountView(sql, accountId, now);
    if (!view) return err(NO_ACCOUNT);
    const problem = await whyNot(sql, accountId, now);
    const contents = await readContents(sql, accountId);
    const { coolingOffUntil, excludedUntil } = view.account.safety;
    const retainedUntil = epochMs(Math.max(now + RAISE_WAITS_MS, coolingOffUntil ?? 0, excludedUntil ?? 0));
    const stays = whatStays({ contents, retainedUntil, now });
    return ok({ problem: problem?.message ?? null, goes: [...whatGoes(contents)], stays: [...stays] });
  });
}

export async function deleteAccount(ctx: AccountContext, accountId: string): Promise<Result<DeletionView, BetProblem>> {
  const removed = await ctx.database.use((sql) => undoable(() => transact(sql, () => remove(sql, ctx, accountId))));
  if (!removed.ok) return removed;
  ctx.auth.tellEnded(removed.value.ended);
  return ok(removed.value.view);
}

async function remove(
  sql: RawSql,
  { clock, hashWallet }: AccountContext,
  accountId: string,
): Promise<{ readonly view: DeletionView; readonly ended: readonly Ended[] }> {
  const moment = await beginChange(sql, { accountId, now: clock() });
  const [row] = await sql<{ public_key: string | null }[]>`
    select public_key from accounts where account_id = ${accountId}`;
  if (!moment || !row?.public_key) throw new Refused(NO_ACCOUNT);
  const { now, safety, before, version, due } = moment;
  const problem = await whyNot(sql, accountId, now);
  if (problem) throw new Refused(problem);
  const contents = await readContents(sql, accountId);
  const pausedUntil = Math.max(safety.coolingOffUntil ?? 0, pauseAfterDeletion(contents, now) ?? 0);
  const retainedUntil = await retainSafety(sql, {
    walletHash: hashWallet(row.public_key),
    safety: { ...safety, coolingOffUntil: pausedUntil > 0 ? epochMs(pausedUntil) : null },
    now,
  });
  await writeSafety(sql, { accountId, before, version, events: [...due, { type: 'deleted', payload: {} }], now });
  await sql`
    delete from bet_transactions where bet_id in (select bet_id from bets where account_id = ${accountId})`;
  await sql`delete from bets where account_id = ${accountId}`;
  await sql`delete from bet_sessions where account_id = ${accountId}`;
  const ended = await sql<Ended[]>`
    with keys as (delete from api_keys where account_id = ${accountId} returning key_id),
      gone as (delete from sign_ins where account_id = ${accountId} returning sign_in_id)
    select 'key' as kind, key_id as id from keys union all select 'sign-in', sign_in_id from gone`;
  await sql`
    update accounts set public_key = null, deleted_at = ${toInstant(now)}::timestamptz, odds_accepted_at = null,
      player_id = null, profile = null, safety = null
    where account_id = ${accountId}`;
  const stays = [...whatStays({ contents, retainedUntil, now })];
  return { view: { problem: null, goes: [...whatGoes(contents)], stays }, ended };
}

async function whyNot(sql: RawSql, accountId: string, now: EpochMs): Promise<BetProblem | null> {
  const recent = toInstant(epochMs(now - LATE_STAKE_MS));
  const [row] = await sql<{ open: number; late_ms: number | null }[]>`
    select count(*) filter (where closed_at is null)::integer as open,
      (extract(epoch from max(prepared_at) filter (where state = 'expired' and venue = 'practice'
        and prepared_at > ${recent}::timestamptz)) * 1000)::float8 as late_ms
    from bets where account_id = ${accountId}`;
  const { open, late_ms: lateMs } = row!;
  if (open > 0) {
    const are = open === 1 ? 'is' : 'are';
    return betProblem(
      'bet-open',
      `${count(open, 'bet')} ${are} still open, or not yet paid out. Your data can be deleted once that is done, usually within a minute of the end of the game. Nothing was deleted.`,
    );
  }
  if (lateMs === null) return null;
  const retryAfterMs = Math.max(1, lateMs + LATE_STAKE_MS - now);
  return betProblem(
    'bet-open',
    'A bet of yours expired less than two minutes ago, and its transaction could still arrive and would have to be refunded. Try again in two minutes. Nothing was deleted.',
    { retryAfterMs },
  );
}

async function readContents(sql: RawSql, accountId: string): Promise<AccountContents> {
  const [row] = await sql<(Omit<AccountContents, 'lastBetAt'> & { lastBetAt: Date | null })[]>`
    select
      (select max(prepared_at) from bets where account_id = ${accountId} and state <> 'expired') as "lastBetAt",
      (select count(*)::integer from bets where account_id = ${accountId}) as bets,
      (select count(*)::integer from bet_transactions t join bets b on b.bet_id = t.bet_id
        where b.account_id = ${accountId}) as transactions,
      (select count(*)::integer from bet_sessions where account_id = ${accountId}) as sessions,
      (select count(*)::integer from sign_ins where account_id = ${accountId}) as "signIns",
      (select count(*)::integer from api_keys where account_id = ${accountId}) as keys,
      (select count(*)::integer from ledger_entries where account in
        (${`wallet:${accountId}`}, ${`paper:${accountId}`}, ${`site:${accountId}`})) as "ledgerLines",
      (select player_id is not null from accounts where account_id = ${accountId}) as "hasPlayerId"`;
  const { lastBetAt, ...counts } = row!;
  return { ...counts, lastBetAt: lastBetAt && epochMs(lastBetAt.getTime()) };
}
