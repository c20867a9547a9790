import { describe, expect, it } from 'vitest';
import { createPracticeChain } from '@/server/chain/practice/core/practice-chain';
import { decodeTransaction } from '@/server/chain/practice/core/decode-transaction';
import { createFaucet } from '@/server/chain/practice/core/genesis';
import { createSubscriptionDesk, SUBSCRIPTIONS_PER_CONNECTION_MAX } from '@/server/chain/practice/rpc/subscriptions';
import { createTestClock, keypairOf, makeTransfer, SOL } from '@/server/chain/practice/test-kit/practice';

const player = keypairOf(1).publicKey;
const address = player.toBase58();

function open() {
  const chain = createPracticeChain({ clock: createTestClock(), finalityBlocks: 2 });
  const desk = createSubscriptionDesk(chain);
  const told: { method: string; value: unknown }[] = [];
  const session = desk.open((message) => {
    const { method, params } = JSON.parse(message) as { method: string; params: { result: { value?: unknown } } };
    told.push({ method, value: params.result.value ?? params.result });
  });
  const close = () => chain.confirm(chain.closeBlock().height);
  const pay = (amount: number) => {
    const { blockhash } = chain.ledger.tip();
    const bytes = makeTransfer({ from: createFaucet(), to: player, amount, blockhash }).serialize();
    const transaction = decodeTransaction(bytes);
    chain.submit(transaction, { preflight: true });
    return transaction.signature;
  };
  return { chain, desk, session, told, close, pay };
}

describe('subscriptions', () => {
  it('are told at their commitment, and a signature once', () => {
    const { session, told, close, pay, desk } = open();
    const signature = pay(SOL);
    for (const commitment of ['processed', 'confirmed', 'finalized']) {
      session.call('signatureSubscribe', [signature, { commitment }]);
    }
    expect(told).toEqual([]);
    session.afterAnswer();
    expect(told).toHaveLength(1);
    close();
    expect(told).toHaveLength(2);
    expect(desk.count()).toBe(1);
    close();
    close();
    expect(told).toEqual(Array(3).fill({ method: 'signatureNotification', value: { err: null } }));
    expect(desk.count()).toBe(0);
  });

  it('hear of an account again when a fork takes back what changed it', () => {
    const { chain, session, told, close, pay } = open();
    session.call('accountSubscribe', [address, { commitment: 'processed', encoding: 'base64' }]);
    session.call('accountSubscribe', [address, { commitment: 'confirmed', encoding: 'base64' }]);
    pay(SOL);
    close();
    chain.fork(1);
    expect(told.map(({ value }) => (value as { lamports: number }).lamports)).toEqual([SOL, SOL, 0]);
  });

  it('of logs are of all transactions, or of those that mention one address', () => {
    const { session, told, pay } = open();
    session.call('logsSubscribe', ['all', { commitment: 'processed' }]);
    session.call('logsSubscribe', [{ mentions: [address] }, { commitment: 'processed' }]);
    session.call('logsSubscribe', [{ mentions: [keypairOf(9).publicKey.toBase58()] }, { commitment: 'processed' }]);
    const signature = pay(SOL);
    expect(told.map(({ value }) => value)).toMatchObject([{ signature }, { signature }]);
    expect(() => session.call('logsSubscribe', [{ mentions: [] }])).toThrow('Only 1 address supported');
  });

  it('end when they are asked to, or their connection does', () => {
    const { chain, desk, session, told, close } = open();
    const id = session.call('slotSubscribe', []);
    const other = desk.open(() => undefined);
    other.call('slotSubscribe', []);
    close();
    expect(told).toEqual([{ method: 'slotNotification', value: { parent: 1, root: 0, slot: 2 } }]);
    expect(() => session.call('accountUnsubscribe', [id])).toThrow('Invalid subscription id.');
    expect(() => other.call('slotUnsubscribe', [id])).toThrow('Invalid subscription id.');
    expect(session.call('slotUnsubscribe', [id])).toBe(true);
    other.close();
    expect(desk.count()).toBe(0);
    close();
    expect(told).toHaveLength(1);
    expect(chain.ledger.open().slot).toBe(3);
  });

  it('are bounded for each connection', () => {
    const { session, desk } = open();
    for (let count = 0; count < SUBSCRIPTIONS_PER_CONNECTION_MAX; count += 1) session.call('slotSubscribe', []);
    expect(() => session.call('slotSubscribe', [])).toThrow('Node subscription limit reached');
    expect(desk.open(() => undefined).call('slotSubscribe', [])).toEqual(expect.any(Number));
    expect(session.call('getSlot', [])).toBeUndefined();
  });
});
