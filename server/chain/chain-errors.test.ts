import { SendTransactionError } from '@solana/web3.js';
import { describe, expect, it } from 'vitest';
import { ChainError } from '@/server/chain/chain';
import { toChainError } from '@/server/chain/chain-errors';

const send = (transactionMessage: string, logs?: string[]) =>
  new SendTransactionError({ action: 'simulate', signature: '', transactionMessage, logs });

describe('what web3.js throws', () => {
  it.each([
    [new Error('429 Too Many Requests: {"jsonrpc":"2.0"}'), 'rate-limited'],
    [send('Transaction simulation failed: Blockhash not found'), 'expired'],
    [send('Transaction simulation failed: Error processing Instruction 0: custom program error: 0x1'), 'rejected'],
    [send('Transaction signature verification failure'), 'rejected'],
    [send('Node is behind by 42 slots'), 'unavailable'],
    [send('Internal error'), 'unavailable'],
    [new Error('503 Service Unavailable: '), 'unavailable'],
    [new Error('403 Forbidden: no key'), 'rejected'],
    [new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED 127.0.0.1:1') }), 'unavailable'],
    [new DOMException('The operation was aborted due to timeout', 'TimeoutError'), 'unavailable'],
    ['a text', 'unavailable'],
  ])('%s is %s', (thrown, code) => {
    expect(toChainError(thrown)).toMatchObject({ code, cause: thrown });
  });

  it('keeps the logs, and says who did not answer', () => {
    expect(toChainError(send('no', ['Transfer: insufficient lamports 5, need 10'])).logs).toEqual([
      'Transfer: insufficient lamports 5, need 10',
    ]);
    const refused = new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') });
    expect(toChainError(refused).message).toBe('The chain does not answer: connect ECONNREFUSED');
  });

  it('is left alone when it is one of ours', () => {
    const own = new ChainError('expired', 'x');
    expect(toChainError(own)).toBe(own);
  });
});
