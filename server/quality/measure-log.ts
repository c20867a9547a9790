// The end of the event log, hashed again, and the end it had when it was last looked at: for the quality report. The whole
// chain is `npm run verify-log`'s to walk.
import type { RawSql } from '@/db/connect';
import { describeBreak } from '@/lib/event-log/chain-break';
import { createChainChecker, GENESIS } from '@/lib/event-log/chain-checker';
import type { LogHead } from '@/lib/event-log/event';
import type { RecordMeasurements } from '@/lib/quality/measurements';
import { EVENT_COLUMNS, toStoredEvent, type EventRow } from '@/server/event-log/event-table';
import { nativeSha256 } from '@/server/event-log/native-sha256';

const EVENTS = 300;

export async function measureLog(
  sql: RawSql,
  remembered: LogHead | null,
): Promise<{ log: RecordMeasurements['log']; head: LogHead | null }> {
  const rows = await sql<EventRow[]>`
    select ${sql.unsafe(EVENT_COLUMNS)} from events order by position desc limit ${EVENTS + 1}`;
  const events = rows.map(toStoredEvent).reverse();
  const first = events[0];
  if (!first) {
    if (!remembered) return { log: null, head: null };
    const fault = `The log is empty, but once reached position ${remembered.position}.`;
    return { log: { position: 0, checked: 0, fault }, head: remembered };
  }
  // The oldest of the page is what the next must follow, unless it is the first of all.
  const isWhole = first.position === 1;
  const after: LogHead = isWhole ? GENESIS : { position: first.position, hash: first.hash };
  const expected = remembered && remembered.position > after.position ? remembered : null;
  const checker = createChainChecker({ after, expected, sha256: nativeSha256 });
  for (const event of isWhole ? events : events.slice(1)) if (!checker.take(event)) break;
  const { count, head, broken } = checker.finish();
  const earlier = expected || !remembered ? null : await compareEarlier(sql, remembered);
  const fault = broken ? `The log is broken at ${describeBreak(broken)}.` : earlier;
  return { log: { position: head.position, checked: count, fault }, head: fault ? remembered : head };
}

async function compareEarlier(sql: RawSql, remembered: LogHead): Promise<string | null> {
  const [row] = await sql`select hash from events where position = ${remembered.position}`;
  if (row && (row.hash as Buffer).toString('hex') === remembered.hash) return null;
  return `Position ${remembered.position} is not the event that stood there a while ago.`;
}
