// Everything on record about one player, as one JSON document, written as fast as it is read: a page of rows in memory at
// a time. Amounts are text, as everywhere on the wire. Hashes of keys and tokens are secrets and not in it.
import type { RawSql } from '@/db/connect';
import type { BetProblem } from '@/lib/protocol/bet-problem';
import { accountStream } from '@/lib/safety/safety-event';
import { err, ok, type Result } from '@/lib/units/result';
import type { AccountContext } from '@/server/account/account-context';
import { NO_ACCOUNT, readAccountView } from '@/server/account/get-account';

/** About a megabyte of bets. */
const PAGE_ROWS = 500;

/** The document in pieces. */
export async function exportAccount(
  { database, clock }: Pick<AccountContext, 'database' | 'clock'>,
  accountId: string,
): Promise<Result<AsyncGenerator<string>, BetProblem>> {
  const view = await database.use((sql) => readAccountView(sql, accountId, clock()));
  if (!view) return err(NO_ACCOUNT);
  return ok(write({ database, accountId, head: JSON.stringify(view) }));
}

/** Read as fast as it is taken; whoever goes away ends the reading. */
export function toBody(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => void (await pieces.return(undefined)),
  });
}

async function* write({
  database,
  accountId,
  head,
}: Pick<AccountContext, 'database'> & { accountId: string; head: string }): AsyncGenerator<string> {
  yield `{"about":"Everything Fortytick has on record about this account. Times are ISO 8601 in UTC or milliseconds since 1970; lamports are text.","state":${head}`;
  for (const { name, page } of SECTIONS) {
    yield `,\n"${name}":[`;
    for (let after = 0; ; after += PAGE_ROWS) {
      const rows = await database.use((sql) => page(sql, accountId, after));
      if (rows.length > 0) yield `${after > 0 ? ',' : ''}\n${rows.map((row) => row.json).join(',\n')}`;
      if (rows.length < PAGE_ROWS) break;
    }
    yield ']';
  }
  yield '}\n';
}

type Rows = readonly { readonly json: string }[];
type Section = {
  readonly name: string;
  readonly page: (sql: RawSql, accountId: string, after: number) => Promise<Rows>;
};

const SECTIONS: readonly Section[] = [
  {
    name: 'events',
    page: (sql, accountId, after) => sql`
      select json_build_object('version', version, 'type', type, 'payload', payload, 'at', occurred_at)::text as json
      from events where stream = ${accountStream(accountId)} order by version limit ${PAGE_ROWS} offset ${after}`,
  },
  {
    name: 'signIns',
    page: (sql, accountId, after) => sql`
      select json_build_object('createdAt', created_at, 'expiresAt', expires_at, 'lastUsedAt', last_used_at,
        'revokedAt', revoked_at, 'revokedReason', revoked_reason)::text as json
      from sign_ins where account_id = ${accountId} order by created_at, sign_in_id limit ${PAGE_ROWS} offset ${after}`,
  },
  {
    name: 'keys',
    page: (sql, accountId, after) => sql`
      select json_build_object('name', name, 'prefix', prefix, 'permissions', permissions, 'allowedIps', allowed_ips,
        'createdAt', created_at, 'expiresAt', expires_at, 'revokedAt', revoked_at, 'lastUsedAt', last_used_at,
        'uses', uses)::text as json
      from api_keys where account_id = ${accountId} order by created_at, key_id limit ${PAGE_ROWS} offset ${after}`,
  },
  {
    name: 'sessions',
    page: (sql, accountId, after) => sql`
      select json_build_object('sessionId', session_id, 'venue', venue, 'openedAt', opened_at, 'lastBetAt', last_bet_at,
        'closedAt', closed_at, 'closeReason', close_reason)::text as json
      from bet_sessions where account_id = ${accountId} order by opened_at, session_id
      limit ${PAGE_ROWS} offset ${after}`,
  },
  {
    name: 'bets',
    page: (sql, accountId, after) => sql`
      select json_build_object('betId', bet_id, 'venue', venue, 'clientKey', client_key, 'sessionId', session_id,
        'strategyId', strategy_id, 'state', state, 'stakeLamports', stake_lamports::text, 'payout', payout,
        'gameId', game_id, 'preparedTick', prepared_tick, 'startTick', start_tick, 'endTick', end_tick,
        'rugTick', rug_tick, 'preparedAt', prepared_at, 'submittedAt', submitted_at, 'activeAt', active_at,
        'settledAt', settled_at, 'closedAt', closed_at, 'paidLamports', paid_lamports::text, 'reason', reason,
        'advice', advice, 'preparation', preparation)::text as json
      from bets where account_id = ${accountId} order by prepared_at, bet_id limit ${PAGE_ROWS} offset ${after}`,
  },
  {
    name: 'transactions',
    page: (sql, accountId, after) => sql`
      select json_build_object('signature', t.signature, 'betId', t.bet_id, 'role', t.role, 'attempt', t.attempt,
        'status', t.status, 'bytesBase64', encode(t.bytes, 'base64'), 'slot', t.slot,
        'feeLamports', t.fee_lamports::text, 'sentAt', t.sent_at, 'confirmedAt', t.confirmed_at,
        'finalizedAt', t.finalized_at)::text as json
      from bet_transactions t join bets b on b.bet_id = t.bet_id where b.account_id = ${accountId}
      order by t.sent_at, t.signature limit ${PAGE_ROWS} offset ${after}`,
  },
  {
    name: 'ledger',
    page: (sql, accountId, after) => sql`
      select json_build_object('posting', posting, 'account', account, 'lamports', lamports::text, 'betId', bet_id,
        'signature', signature, 'at', at)::text as json
      from ledger_entries
      where account in (${`wallet:${accountId}`}, ${`paper:${accountId}`}, ${`site:${accountId}`})
      order by entry_id limit ${PAGE_ROWS} offset ${after}`,
  },
];
