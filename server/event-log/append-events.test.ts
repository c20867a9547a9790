// The log on a real PostgreSQL: what is appended is what is read, in one chain, whoever appends.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectRaw, transact } from '@/db/connect';
import { verifyChain } from '@/lib/event-log/chain-checker';
import type { NewEvent, StoredEvent } from '@/lib/event-log/event';
import { arbitraryLog } from '@/lib/event-log/test-kit/logs';
import { epochMs } from '@/lib/units/time';
import { appendEvents } from '@/server/event-log/append-events';
import { ConflictError } from '@/server/event-log/conflict-error';
import { readHead, readLog, readStream } from '@/server/event-log/read-events';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();
const RECORDED_AT = epochMs(1_767_225_600_000);

function append(events: readonly NewEvent[], recordedAt = RECORDED_AT, sql = database().sql) {
  return transact(sql, () => appendEvents(sql, events, { recordedAt }));
}

function event(stream: string, expectedVersion: NewEvent['expectedVersion'] = 'any'): NewEvent {
  return { stream, expectedVersion, type: 'checked', payload: { status: 'passed' }, occurredAt: epochMs(5) };
}

async function readAll(pageEvents = 7): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for await (const page of readLog(database().sql, { pageEvents })) events.push(...page);
  return events;
}

describe('appending', () => {
  it('writes what is read back, byte for byte, in one chain', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryLog({ minLength: 0 }), async (drafts) => {
        const before = await readAll();
        const appended = await append(
          drafts.map(({ stream, type, payload, metadata, occurredAt }) => ({
            stream,
            expectedVersion: 'any',
            type,
            payload: JSON.parse(payload) as object,
            metadata: JSON.parse(metadata) as object,
            occurredAt,
          })),
        );
        const after = await readAll();
        expect(after).toEqual([...before, ...appended]);
        expect(after.slice(before.length).map((one) => one.payload)).toEqual(
          drafts.map((draft) => JSON.stringify(JSON.parse(draft.payload))),
        );
        const last = after.at(-1);
        expect(await readHead(database().sql)).toEqual(last ? { position: last.position, hash: last.hash } : null);
        expect(verifyChain(after)).toMatchObject({ count: after.length, broken: null });
      }),
      { numRuns: 30 },
    );
  });

  it('refuses an event whose stream has gone on, and writes none of those with it', async () => {
    await append([event('quality', 0)]);
    const before = await readHead(database().sql);
    const refused = append([event('retention'), event('quality', 0)]);
    await expect(refused).rejects.toThrow(ConflictError);
    await expect(refused).rejects.toMatchObject({ conflict: { stream: 'quality', expected: 0, actual: 1 } });
    expect(await readHead(database().sql)).toEqual(before);
    const [next] = await append([event('quality', 1)]);
    expect(next).toMatchObject({ position: before!.position + 1, version: 2 });
  });

  it('never records an event before the one before it', async () => {
    await append([event('retention')], epochMs(RECORDED_AT + 50));
    const [late] = await append([event('retention')], RECORDED_AT);
    expect(late!.recordedAt).toBe(RECORDED_AT + 50);
    const known = await readStream(database().sql, { stream: 'retention', recordedBy: epochMs(RECORDED_AT + 49) });
    expect(known.every((one) => one.recordedAt <= RECORDED_AT + 49)).toBe(true);
  });

  it('makes one chain of what several writers append at the same time', async () => {
    const { databaseUrl } = database();
    const connections = [1, 2, 3].map(() => connectRaw({ databaseUrl, statementLimitMs: 20_000 }));
    const before = (await readAll()).length;
    await Promise.all(
      connections.map(async ({ sql }, writer) => {
        for (let i = 0; i < 20; i++) {
          await append([event(`alert:${writer}`, i), event('alert:shared')], epochMs(RECORDED_AT + 60), sql);
        }
      }),
    );
    for (const connection of connections) await connection.destroy();
    const events = await readAll(100);
    expect(events).toHaveLength(before + 120);
    expect(verifyChain(events).broken).toBeNull();
    const shared = await readStream(database().sql, { stream: 'alert:shared' });
    expect(shared.map((one) => one.version)).toEqual(shared.map((_, i) => i + 1));
  });

  it('only ever adds: the database refuses to change, delete or empty', async () => {
    const { sql } = database();
    for (const change of ['update events set type = type', 'delete from events', 'truncate events']) {
      await expect(sql.unsafe(change)).rejects.toMatchObject({ message: 'events are only ever added' });
    }
  });
});
