// The events of the integrity checks, in the form server/integrity tells them: one for each game of which something new
// was found. Called inside the transaction that writes the results.
import type { RawSql } from '@/db/connect';
import { toNewEvent } from '@/lib/event-log/game-event';
import type { GameId } from '@/lib/units/game-id';
import type { EpochMs } from '@/lib/units/time';
import { appendEvents } from '@/server/event-log/append-events';

export type CheckedGameStatus = {
  readonly gameId: GameId;
  readonly status: 'passed' | 'failed' | 'unverifiable';
  /** Ids of the checks that did not pass. */
  readonly failed: readonly string[];
};

export async function appendChecked(sql: RawSql, games: readonly CheckedGameStatus[], at: EpochMs): Promise<void> {
  const events = games.map(({ gameId, status, failed }) => {
    const payload = { status, ...(failed.length > 0 && { failing: failed }) };
    return toNewEvent(gameId, { type: 'checked', payload, occurredAt: at });
  });
  await appendEvents(sql, events, { recordedAt: at });
}
