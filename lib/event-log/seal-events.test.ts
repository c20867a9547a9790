import { describe, expect, it } from 'vitest';
import { GENESIS, verifyChain } from '@/lib/event-log/chain-checker';
import type { NewEvent } from '@/lib/event-log/event';
import { sealEvents } from '@/lib/event-log/seal-events';
import { epochMs } from '@/lib/units/time';

function event(stream: string, expectedVersion: NewEvent['expectedVersion']): NewEvent {
  return { stream, expectedVersion, type: 'checked', payload: {}, occurredAt: epochMs(1) };
}

describe('sealing', () => {
  it('goes on from the head and from each stream’s last version', () => {
    const first = sealEvents([event('a', 0), event('b', 'any'), event('a', 1)], {
      head: GENESIS,
      versions: new Map(),
      recordedAt: epochMs(5),
    });
    if (!first.ok) throw new Error('sealed');
    expect(first.value.map(({ position, stream, version }) => [position, stream, version])).toEqual([
      [1, 'a', 1],
      [2, 'b', 1],
      [3, 'a', 2],
    ]);
    const { position, hash } = first.value.at(-1)!;
    const next = sealEvents([event('b', 1)], {
      head: { position, hash },
      versions: new Map([['b', 1]]),
      recordedAt: epochMs(6),
    });
    expect(next).toMatchObject({ ok: true, value: [{ position: 4, version: 2 }] });
    expect(verifyChain([...first.value, ...(next.ok ? next.value : [])]).broken).toBeNull();
  });

  it('refuses what expects another version', () => {
    const options = { head: GENESIS, versions: new Map([['a', 3]]), recordedAt: epochMs(5) };
    expect(sealEvents([event('a', 2)], options)).toEqual({ ok: false, error: { stream: 'a', expected: 2, actual: 3 } });
  });
});
