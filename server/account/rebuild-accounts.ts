// The projection of accounts' protection, folded again from their streams. Deleted accounts have none and stay so. Each account
// in a transaction of its own, so that a running Fortytick waits for one at a time.
import { transact, type RawSql } from '@/db/connect';
import { safetyToJson } from '@/lib/safety/safety-json';
import { beginChange } from '@/server/account/change-account';
import type { RebuildOptions, RebuildReport } from '@/server/event-log/projection';

const PAGE_ACCOUNTS = 500;

export async function rebuildAccounts(sql: RawSql, { recordedAt, onProgress }: RebuildOptions): Promise<RebuildReport> {
  let [read, rows, changed, last] = [0, 0, 0, ''];
  for (;;) {
    const page = await sql<{ account_id: string }[]>`
      select account_id from accounts where public_key is not null and account_id > ${last}
      order by account_id limit ${PAGE_ACCOUNTS}`;
    for (const { account_id: accountId } of page) {
      const one = await transact(sql, async () => {
        const moment = await beginChange(sql, { accountId, now: recordedAt });
        if (!moment) return null;
        const json = JSON.stringify(safetyToJson(moment.before));
        const { count } = await sql`
          update accounts set safety = ${json}::text::json, version = ${moment.version}
          where account_id = ${accountId}
            and (safety is null or safety::jsonb <> ${json}::text::jsonb or version <> ${moment.version})`;
        return { events: moment.version, changed: count };
      });
      read += one?.events ?? 0;
      rows += one ? 1 : 0;
      changed += one?.changed ?? 0;
      last = accountId;
    }
    if (page.length > 0) onProgress(`${rows} accounts folded`);
    if (page.length < PAGE_ACCOUNTS) return { read, rows, changed };
  }
}
