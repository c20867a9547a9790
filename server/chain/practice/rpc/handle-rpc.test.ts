// The JSON-RPC as it goes over the wire: codes and words of a validator.
import { Keypair } from '@solana/web3.js';
import bs58 from 'bs58';
import { describe, expect, it } from 'vitest';
import { BATCH_MAX } from '@/server/chain/practice/rpc/handle-rpc';
import {
  ask,
  fund,
  keypairOf,
  makeTransfer,
  post,
  SOL,
  startTestChain,
} from '@/server/chain/practice/test-kit/practice';
import type { PracticeChainControl } from '@/server/chain/practice/start-practice-chain';

const player = keypairOf(1);
const house = keypairOf(2);
const BASE64 = { encoding: 'base64' };

async function open() {
  const practice = await startTestChain();
  await fund(practice, player.publicKey);
  await fund(practice, house.publicKey);
  return practice;
}

function transfer(practice: PracticeChainControl, amount: number, blockhash = practice.chain.ledger.tip().blockhash) {
  return Buffer.from(makeTransfer({ from: player, to: house.publicKey, amount, blockhash }).serialize());
}

describe('sendTransaction', () => {
  it('tells why a transaction would fail, with its logs', async () => {
    const practice = await open();
    const bytes = transfer(practice, 20 * SOL);
    expect(await ask(practice, 'sendTransaction', bytes.toString('base64'), BASE64)).toEqual({
      jsonrpc: '2.0',
      id: 1,
      error: {
        code: -32002,
        message: 'Transaction simulation failed: Error processing Instruction 0: custom program error: 0x1',
        data: {
          accounts: null,
          err: { InstructionError: [0, { Custom: 1 }] },
          innerInstructions: null,
          logs: [
            'Program 11111111111111111111111111111111 invoke [1]',
            'Transfer: insufficient lamports 9999995000, need 20000000000',
            'Program 11111111111111111111111111111111 failed: custom program error: 0x1',
          ],
          returnData: null,
          unitsConsumed: 150,
        },
      },
    });
  });

  it.each([
    ['a blockhash nobody knows', 'Blockhash not found', 'BlockhashNotFound'],
    ['a transaction that landed', 'This transaction has already been processed', 'AlreadyProcessed'],
    [
      'a payer that does not exist',
      'Attempt to debit an account but found no record of a prior credit.',
      'AccountNotFound',
    ],
    ['a new account below rent', 'Transaction results in an account (1) with insufficient funds for rent', null],
  ])('refuses %s', async (which, words, err) => {
    const practice = await open();
    let bytes = transfer(practice, 5);
    if (which.startsWith('a blockhash')) bytes = transfer(practice, 5, Keypair.generate().publicKey.toBase58());
    if (which.startsWith('a transaction')) await ask(practice, 'sendTransaction', bytes.toString('base64'), BASE64);
    const { blockhash } = practice.chain.ledger.tip();
    if (which.startsWith('a payer')) {
      const poor = { from: Keypair.generate(), to: house.publicKey, amount: 5, blockhash };
      bytes = Buffer.from(makeTransfer(poor).serialize());
    }
    if (which.startsWith('a new')) {
      const dust = { from: player, to: Keypair.generate().publicKey, amount: 5, blockhash };
      bytes = Buffer.from(makeTransfer(dust).serialize());
    }
    const { error } = await ask(practice, 'sendTransaction', bytes.toString('base64'), BASE64);
    expect(error).toMatchObject({ code: -32002, message: `Transaction simulation failed: ${words}` });
    expect((error?.data as { err: unknown }).err).toEqual(err ?? { InsufficientFundsForRent: { account_index: 1 } });
  });

  it('looks at the signature first, whatever else is wrong', async () => {
    const practice = await open();
    const spoil = (bytes: Buffer) => {
      bytes[20] = bytes[20]! ^ 1;
      return bytes.toString('base64');
    };
    const landed = transfer(practice, 5);
    await ask(practice, 'sendTransaction', landed.toString('base64'), BASE64);
    for (const bytes of [transfer(practice, 6), transfer(practice, 7, house.publicKey.toBase58()), landed]) {
      const { error } = await ask(practice, 'sendTransaction', spoil(bytes), BASE64);
      expect(error).toEqual({ code: -32003, message: 'Transaction signature verification failure' });
    }
  });

  it('takes base58 unless told otherwise', async () => {
    const practice = await open();
    const bytes = transfer(practice, 5);
    const { result } = await ask(practice, 'sendTransaction', bs58.encode(bytes));
    expect(result).toBe(bs58.encode(bytes.subarray(1, 65)));
  });

  it('without preflight lets a failing transaction land and pay its fee, and says nothing of one that cannot', async () => {
    const practice = await open();
    const options = { ...BASE64, skipPreflight: true };
    const bytes = transfer(practice, 20 * SOL);
    const { result } = await ask(practice, 'sendTransaction', bytes.toString('base64'), options);
    await practice.produceBlock();
    const statuses = await ask(practice, 'getSignatureStatuses', [result]);
    const err = { InstructionError: [0, { Custom: 1 }] };
    expect(statuses.result).toMatchObject({
      value: [{ err, status: { Err: err }, confirmationStatus: 'confirmed', confirmations: 1 }],
    });
    const balance = await ask(practice, 'getBalance', player.publicKey.toBase58(), { commitment: 'confirmed' });
    expect(balance.result).toMatchObject({ value: 10 * SOL - 5_000 });
    const stale = transfer(practice, 5, house.publicKey.toBase58()).toString('base64');
    expect((await ask(practice, 'sendTransaction', stale, options)).result).toEqual(expect.any(String));
    expect(practice.chain.ledger.open().transactions).toEqual([]);
  });

  it.each([
    [[], '`params` should have at least 1 argument(s)'],
    [[5], 'Invalid params: invalid type: number `5`, expected a string.'],
    [['AAAA', BASE64], /^failed to deserialize solana_transaction::versioned::VersionedTransaction: /],
    [['not base64!', BASE64], 'invalid base64 encoding: InvalidByte'],
    [['0OIl', {}], 'invalid base58 encoding: InvalidCharacter'],
    [['AAAA', { encoding: 'hex' }], 'unsupported encoding: hex. Supported encodings: base58, base64'],
    [
      ['A'.repeat(2_000), BASE64],
      'base64 encoded solana_transaction::versioned::VersionedTransaction too large: 2000 bytes (max: encoded/raw 1644/1232)',
    ],
    [['AAAA', { skipPreflight: 'yes' }], /^Invalid params: skipPreflight/],
  ])('refuses parameters it cannot read: %j', async (params, message) => {
    const practice = await startTestChain();
    const { error } = await ask(practice, 'sendTransaction', ...params);
    expect(error?.code).toBe(-32602);
    expect(error?.message).toMatch(message instanceof RegExp ? message : new RegExp(`^${escape(message)}$`));
  });
});

describe('other methods', () => {
  it.each([
    ['getBalance', ['abc'], -32602, 'Invalid param: WrongSize'],
    ['getBalance', ['0'.repeat(44)], -32602, 'Invalid param: Invalid'],
    ['getBalance', ['1'.repeat(5_000)], -32602, 'Invalid param: WrongSize'],
    ['getAccountInfo', [], -32602, '`params` should have at least 1 argument(s)'],
    ['getSignatureStatuses', [Array(257).fill('1'.repeat(64))], -32602, 'Too many inputs provided; max 256'],
    ['getSignaturesForAddress', ['1'.repeat(32), { limit: 1_001 }], -32602, 'Invalid limit; max 1000'],
    [
      'getSignaturesForAddress',
      ['1'.repeat(32), { commitment: 'processed' }],
      -32602,
      'Method does not support commitment below `confirmed`',
    ],
    ['getSlot', [{ minContextSlot: 99 }], -32016, 'Minimum context slot has not been reached'],
    ['getSlot', [{ commitment: 'soon' }], -32602, /^Invalid params: commitment/],
    ['getMultipleAccounts', [Array(101).fill('1'.repeat(32))], -32602, 'Too many inputs provided; max 100'],
    ['getBlockTime', [-1], -32602, 'Invalid params: invalid type: number `-1`, expected u64.'],
    ['getFeeForMessage', ['AAAA'], -32602, /^failed to deserialize/],
    ['getProgramAccounts', ['1'.repeat(32)], -32601, 'Method not found'],
    ['toString', [], -32601, 'Method not found'],
    ['signatureSubscribe', ['1'.repeat(64)], -32601, 'Method not found'],
  ])('%s refuses what it cannot do', async (method, params, code, message) => {
    const practice = await startTestChain();
    const { error } = await ask(practice, method, ...params);
    expect(error).toMatchObject({
      code,
      message: message instanceof RegExp ? expect.stringMatching(message) : message,
    });
  });

  it('looks for older signatures only when asked to', async () => {
    const practice = await open();
    const bytes = transfer(practice, 5);
    const { result } = await ask(practice, 'sendTransaction', bytes.toString('base64'), BASE64);
    await practice.produceBlocks(151);
    expect((await ask(practice, 'getSignatureStatuses', [result])).result).toMatchObject({ value: [null] });
    const options = { searchTransactionHistory: true };
    expect((await ask(practice, 'getSignatureStatuses', [result], options)).result).toMatchObject({
      value: [{ confirmationStatus: 'finalized', confirmations: null, err: null }],
    });
  });
});

describe('requests', () => {
  it('are answered in batches, notifications not at all', async () => {
    const { rpcUrl } = await startTestChain();
    const batch = [
      { jsonrpc: '2.0', id: 'a', method: 'getHealth' },
      { jsonrpc: '2.0', method: 'getHealth' },
      { jsonrpc: '2.0', id: 7, method: 'nothing' },
      'rubbish',
    ];
    expect(await (await post(rpcUrl, JSON.stringify(batch))).json()).toEqual([
      { jsonrpc: '2.0', id: 'a', result: 'ok' },
      { jsonrpc: '2.0', id: 7, error: { code: -32601, message: 'Method not found' } },
      { jsonrpc: '2.0', id: null, error: { code: -32600, message: 'Invalid Request' } },
    ]);
    expect(await (await post(rpcUrl, JSON.stringify(batch.slice(1, 2)))).text()).toBe('');
  });

  it.each([
    ['{', -32700],
    ['[]', -32600],
    ['null', -32600],
    ['{"id":1}', -32600],
    ['{"id":1,"method":"getHealth","params":{}}', -32602],
    [
      `[${Array(BATCH_MAX + 1)
        .fill('1')
        .join(',')}]`,
      -32600,
    ],
  ])('that are none are told so: %#', async (body, code) => {
    const { rpcUrl } = await startTestChain();
    expect(await (await post(rpcUrl, body)).json()).toMatchObject({ error: { code } });
  });

  it('may be 50 KiB long, and come by POST', async () => {
    const { rpcUrl } = await startTestChain();
    expect((await post(rpcUrl, ' '.repeat(50 * 1024 + 1))).status).toBe(413);
    expect((await fetch(rpcUrl)).status).toBe(405);
    expect(await (await fetch(`${rpcUrl}/health`)).text()).toBe('ok');
    const preflight = await fetch(rpcUrl, { method: 'OPTIONS' });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
  });
});

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
