import fc from 'fast-check';
import { createSignInMessageText } from '@solana/wallet-standard-util';
import { describe, expect, it } from 'vitest';
import { buildSiwsMessage, parseSiwsMessage, type SiwsMessage } from '@/lib/auth/siws-message';

const message: SiwsMessage = {
  domain: 'localhost:3000',
  address: '9yzT4mAMzWpVJ6sVtB9fXh2o1u6gJ3n8LkQ5rTnKfHcE',
  statement: 'Sign in to Fortytick.',
  uri: 'http://localhost:3000',
  version: '1',
  chainId: 'solana:localnet',
  nonce: '4vJ9JU1bJJE96FWSJKvHsmmF',
  issuedAt: '2026-01-01T12:00:00.000Z',
  expirationTime: '2026-01-01T12:05:00.000Z',
};

/** Anything that stays on its line. */
const line = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }).filter((text) => !text.includes('\n'));
const anyMessage: fc.Arbitrary<SiwsMessage> = fc.record({
  domain: line,
  address: line,
  statement: line,
  uri: line,
  version: line,
  chainId: line,
  nonce: line,
  issuedAt: line,
  expirationTime: line,
});

describe('the message that is signed', () => {
  it('reads as the specification writes it', () => {
    expect(buildSiwsMessage(message)).toBe(`localhost:3000 wants you to sign in with your Solana account:
9yzT4mAMzWpVJ6sVtB9fXh2o1u6gJ3n8LkQ5rTnKfHcE

Sign in to Fortytick.

URI: http://localhost:3000
Version: 1
Chain ID: solana:localnet
Nonce: 4vJ9JU1bJJE96FWSJKvHsmmF
Issued At: 2026-01-01T12:00:00.000Z
Expiration Time: 2026-01-01T12:05:00.000Z`);
  });

  it('is the one that wallets build from the same fields', () => {
    fc.assert(
      fc.property(anyMessage, (fields) => {
        expect(buildSiwsMessage(fields)).toBe(createSignInMessageText(fields));
      }),
    );
  });

  it('gives back what it was built from, and nothing else is a message', () => {
    fc.assert(
      fc.property(anyMessage, (fields) => {
        expect(parseSiwsMessage(buildSiwsMessage(fields))).toEqual(fields);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
        expect(parseSiwsMessage(text)).toBeNull();
      }),
    );
  });

  it('is understood only byte for byte: whatever is read builds the text again', () => {
    const text = buildSiwsMessage(message);
    const position = fc.nat({ max: text.length });
    const edit = fc.record({
      at: position,
      gone: fc.nat({ max: 12 }),
      put: fc.string({ unit: 'binary', maxLength: 12 }),
    });
    fc.assert(
      fc.property(edit, ({ at, gone, put }) => {
        const edited = text.slice(0, at) + put + text.slice(at + gone);
        const parsed = parseSiwsMessage(edited);
        if (parsed) expect(buildSiwsMessage(parsed)).toBe(edited);
      }),
      { numRuns: 1_000 },
    );
  });

  it('has every field once, in order, on a line of its own', () => {
    const lines = buildSiwsMessage(message).split('\n');
    for (const [index, removed] of lines.entries()) {
      expect(parseSiwsMessage(lines.filter((_, i) => i !== index).join('\n')), `without ${removed}`).toBeNull();
      expect(parseSiwsMessage(lines.toSpliced(index, 0, removed).join('\n')), `${removed} twice`).toBeNull();
    }
    expect(parseSiwsMessage([...lines.slice(0, 5), ...lines.slice(5).reverse()].join('\n'))).toBeNull();
    expect(parseSiwsMessage(lines.join('\r\n'))).toBeNull();
    expect(parseSiwsMessage(buildSiwsMessage({ ...message, nonce: '' }))).toBeNull();
    expect(parseSiwsMessage(buildSiwsMessage({ ...message, statement: 'x'.repeat(2_000) }))).toBeNull();
  });
});
