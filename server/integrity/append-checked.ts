// What the checks found becomes an event of the game's stream, in the transaction that writes the rows.
import { appendEvents } from '@/server/event-log/append-events';
import type { AppendChecked } from '@/server/integrity/write-checks';

export const appendChecked: AppendChecked = async (sql, checked, at) => {
  const events = checked.map(({ gameId, status, failed, unverifiable }) => ({
    stream: `game:${gameId}`,
    expectedVersion: 'any' as const,
    type: 'checked',
    payload: { status, ...(failed.length > 0 && { failed }), ...(unverifiable.length > 0 && { unverifiable }) },
    occurredAt: at,
  }));
  await appendEvents(sql, events, { recordedAt: at });
};
