import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WALLET_OUTCOMES } from '@/lib/wallet/outcome';
import { toOutcome } from '@/lib/wallet/to-outcome';

const CONTEXT = { errand: 'transaction', walletName: 'Phantom' } as const;
const read = (thrown: unknown) => toOutcome(thrown, CONTEXT).code;

describe('what a wallet throws', () => {
  it.each([
    [{ code: 4001, message: 'User rejected the request.' }, 'refused'],
    [
      { code: 4100, message: 'The requested method and/or account has not been authorized by the user.' },
      'not-connected',
    ],
    [{ code: 4900, message: 'Phantom could not connect to the network.' }, 'wrong-network'],
    [{ code: -32002, message: 'Resource not available.' }, 'wallet-busy'],
    [{ code: -32601, message: 'Method not found.' }, 'cannot-sign'],
    [{ code: -32603, message: 'Unexpected error' }, 'failed'],
    [{ code: -32603, message: 'Wallet is locked' }, 'locked'],
    [{ code: -32003, message: 'Transaction simulation failed: Blockhash not found' }, 'wrong-network'],
    [{ name: 'WalletNotReadyError', message: '' }, 'not-installed'],
    [{ name: 'WalletWindowClosedError', message: '' }, 'closed'],
    [{ name: 'WalletTimeoutError', message: '' }, 'no-answer'],
    [{ name: 'WalletNotConnectedError', message: '' }, 'not-connected'],
    [{ name: 'SolanaMobileWalletAdapterError', code: 'ERROR_SESSION_TIMEOUT', message: '' }, 'no-answer'],
    [{ name: 'SolanaMobileWalletAdapterError', code: 'ERROR_SESSION_CLOSED', message: '' }, 'closed'],
    [{ code: 'ERROR_LOOPBACK_ACCESS_BLOCKED', message: 'not allowed' }, 'phone-blocked'],
    [{ code: 'LOOPBACK_ALLOWED', message: 'allowed by now' }, 'phone-allowed'],
    [{ name: 'SolanaMobileWalletAdapterProtocolError', code: -1, message: 'auth' }, 'refused'],
    [{ name: 'SolanaMobileWalletAdapterProtocolError', code: -2, message: 'payloads' }, 'failed'],
    [{ code: -1, message: 'anything' }, 'failed'],
    [{ code: 'constructor', message: '' }, 'failed'],
    [new Error('User cancelled'), 'refused'],
    [new Error('Popup closed'), 'closed'],
    [new Error('Plugin Closed'), 'closed'],
    [new Error('Signing off-chain messages with Ledger is not supported'), 'cannot-sign'],
    ['Transaction rejected', 'refused'],
    [undefined, 'failed'],
    [null, 'failed'],
    [7, 'failed'],
  ])('%o is read as %s', (thrown, code) => {
    expect(read(thrown)).toBe(code);
  });

  it('is read through the errors that adapters wrap it in', () => {
    const inner = { code: 4001, message: 'User rejected the request.' };
    const wrapped = Object.assign(new Error('User rejected the request.'), {
      name: 'WalletSignTransactionError',
      error: inner,
    });
    expect(read(wrapped)).toBe('refused');
    expect(read(new Error('outer', { cause: wrapped }))).toBe('refused');
    expect(read(Object.assign(new Error('Wallet error'), { error: { code: -32002 } }))).toBe('wallet-busy');
  });

  it('is always an outcome, whatever it is, and short enough to show', () => {
    fc.assert(
      fc.property(fc.anything(), (thrown) => {
        const outcome = toOutcome(thrown, CONTEXT);
        expect(WALLET_OUTCOMES).toContain(outcome.code);
        expect(outcome.detail.length).toBeLessThan(400);
      }),
    );
  });

  it('that contains itself comes to an end', () => {
    const circle: Record<string, unknown> = { message: 'round' };
    circle.error = circle;
    expect(read(circle)).toBe('failed');
  });
});
