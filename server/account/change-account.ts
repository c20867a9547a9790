// One change of an account: under the writer's lock its stream is loaded, the change decided, events and projection
// written, all or nothing; then the player's other tabs are told. The verbs beside this file say what changes.
import { transact, type RawSql } from '@/db/connect';
import { WRITER_LOCK } from '@/db/locks';
import type { AccountView } from '@/lib/protocol/account-api';
import type { BetProblem } from '@/lib/protocol/bet-problem';
import { applyDueRaises } from '@/lib/safety/fold-safety';
import type { SafetyState } from '@/lib/safety/safety';
import type { SafetyEvent } from '@/lib/safety/safety-event';
import { err, ok, type Result } from '@/lib/units/result';
import type { EpochMs } from '@/lib/units/time';
import { loadSafety } from '@/server/account/account-aggregate';
import type { AccountContext } from '@/server/account/account-context';
import { NO_ACCOUNT, readAccountView } from '@/server/account/get-account';
import { writeSafety } from '@/server/account/write-safety';

export type AccountMoment = { readonly accountId: string; readonly safety: SafetyState; readonly now: EpochMs };

/** `decide` may also write rows of the account; what it returns as a problem undoes all. */
export async function changeAccount(
  { database, clock, changed }: Pick<AccountContext, 'database' | 'clock' | 'changed'>,
  accountId: string,
  decide: (sql: RawSql, moment: AccountMoment) => Promise<Result<readonly SafetyEvent[], BetProblem>>,
): Promise<Result<AccountView, BetProblem>> {
  const answer = await database.use((sql) => undoable(() => transact(sql, () => change(sql))));
  if (answer.ok) changed(accountId);
  return answer;

  async function change(sql: RawSql): Promise<AccountView> {
    const moment = await beginChange(sql, { accountId, now: clock() });
    if (!moment) throw new Refused(NO_ACCOUNT);
    const decided = await decide(sql, moment);
    if (!decided.ok) throw new Refused(decided.error);
    const { before, version, due, now } = moment;
    await writeSafety(sql, { accountId, before, version, events: [...due, ...decided.value], now });
    const view = await readAccountView(sql, accountId, now);
    if (!view) throw new Refused(NO_ACCOUNT);
    return view;
  }
}

export type LoadedMoment = AccountMoment & {
  readonly before: SafetyState;
  readonly version: number;
  /** What has come due and is not written yet. */
  readonly due: readonly SafetyEvent[];
};

/** Takes the lock first, so that nothing read here can change before the commit. Null for no such account. */
export async function beginChange(
  sql: RawSql,
  { accountId, now }: { accountId: string; now: EpochMs },
): Promise<LoadedMoment | null> {
  await sql`select pg_advisory_xact_lock(${WRITER_LOCK})`;
  const [row] = await sql`select 1 from accounts where account_id = ${accountId} and public_key is not null`;
  const { state, version } = await loadSafety(sql, { accountId, now });
  if (!row || !state) return null;
  const { safety, events } = applyDueRaises(state, now);
  return { accountId, safety, now, before: state, version, due: events };
}

/** A refusal that undoes the transaction it happens in. */
export class Refused extends Error {
  constructor(readonly problem: BetProblem) {
    super(problem.message);
    this.name = 'Refused';
  }
}

export async function undoable<T>(work: () => Promise<T>): Promise<Result<T, BetProblem>> {
  try {
    return ok(await work());
  } catch (error) {
    if (error instanceof Refused) return err(error.problem);
    throw error;
  }
}
