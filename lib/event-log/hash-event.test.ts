import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalText, GENESIS_HASH, hashEvent } from '@/lib/event-log/hash-event';
import { digestPath } from '@/lib/event-log/path-digest';
import { arbitraryLog } from '@/lib/event-log/test-kit/logs';
import { epochMs } from '@/lib/units/time';

const EXAMPLE = {
  position: 1,
  previousHash: GENESIS_HASH,
  stream: 'game:20251207-1e01ac417e8043ca',
  version: 1,
  type: 'announced',
  payload: '{"serverSeedHash":"é🎲"}',
  metadata: '{}',
  occurredAt: epochMs(1_767_225_600_000),
  recordedAt: epochMs(1_767_225_600_123),
};

describe('the hash of an event', () => {
  it('begins from a named text', () => {
    expect(GENESIS_HASH).toBe(createHash('sha256').update('fortytick event log, genesis').digest('hex'));
  });

  it('is taken over its fields, each with its length in bytes', () => {
    const text =
      `fortytick-event-1\n1:1,64:${GENESIS_HASH},30:game:20251207-1e01ac417e8043ca,1:1,9:announced,` +
      '27:{"serverSeedHash":"é🎲"},2:{},13:1767225600000,13:1767225600123,';
    expect(canonicalText(EXAMPLE)).toBe(text);
    expect(hashEvent(EXAMPLE)).toBe(createHash('sha256').update(text, 'utf8').digest('hex'));
  });

  it('counts bytes as UTF-8 does, whatever the text', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', '€', '🎲', '\ud800', '\udc00', '\0'), maxLength: 12 });
    fc.assert(
      fc.property(text, (payload) => {
        const length = Buffer.byteLength(payload, 'utf8');
        expect(canonicalText({ ...EXAMPLE, payload })).toContain(`${length}:${payload},2:{},`);
      }),
    );
  });

  it('is the same with any implementation of SHA-256', () => {
    const native = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');
    fc.assert(
      fc.property(arbitraryLog({ minLength: 1, maxLength: 3 }), (events) => {
        for (const event of events) expect(hashEvent(event, native)).toBe(event.hash);
      }),
    );
  });
});

describe('the digest of a path', () => {
  it('covers every bit of every price, and ticks nobody knows', () => {
    const bytes = Buffer.alloc(24, 0xff);
    bytes.writeDoubleBE(1, 0);
    bytes.writeDoubleBE(0.1 + 0.2, 16);
    expect(digestPath([1, null, 0.1 + 0.2])).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(digestPath([1, 0.3])).not.toBe(digestPath([1, 0.1 + 0.2]));
    expect(digestPath([1])).not.toBe(digestPath([1, null]));
  });
});
