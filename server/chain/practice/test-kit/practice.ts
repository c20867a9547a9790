// A practice chain for a test: blocks by hand, a clock by hand, everything stopped when the test ends.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection, Keypair, PublicKey, SystemProgram, Transaction, TransactionInstruction } from '@solana/web3.js';
import { onTestFinished } from 'vitest';
import { lamports } from '@/lib/units/lamports';
import { epochMs } from '@/lib/units/time';
import {
  startPracticeChain,
  type PracticeChainControl,
  type PracticeChainOptions,
} from '@/server/chain/practice/start-practice-chain';
import { createRpcChain } from '@/server/chain/rpc-chain';

export const SOL = 1_000_000_000;
export const MEMO_PROGRAM = new PublicKey('MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr');

/** A generator of the same numbers for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

export type TestClock = { (): ReturnType<typeof epochMs>; advance(ms: number): void };

export function createTestClock(startMs = 1_780_000_000_000): TestClock {
  let now = startMs;
  return Object.assign(() => epochMs(now), { advance: (ms: number) => void (now += ms) });
}

export async function startTestChain(options: Partial<PracticeChainOptions> = {}): Promise<PracticeChainControl> {
  const practice = await startPracticeChain({
    clock: createTestClock(),
    random: seeded(1),
    log: SILENT,
    dir: null,
    blockMs: null,
    ...options,
  });
  onTestFinished(() => practice.stop());
  return practice;
}

export function openTestRpc({ rpcUrl, wsUrl }: PracticeChainControl, timeoutMs = 5_000) {
  const chain = createRpcChain({ rpcUrl, wsUrl, timeoutMs });
  onTestFinished(() => chain.stop());
  return chain;
}

/** web3.js's own client; its websocket is closed before the server goes, or it would complain on the console. */
export function openConnection({ rpcUrl }: PracticeChainControl): Connection {
  const connection = new Connection(rpcUrl, { commitment: 'confirmed', disableRetryOnRateLimit: true });
  onTestFinished(() => {
    const socket = (connection as unknown as { _rpcWebSocket: { close(): void; setAutoReconnect(on: boolean): void } })
      ._rpcWebSocket;
    socket.setAutoReconnect(false);
    socket.close();
  });
  return connection;
}

export function makeTempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'practice-chain-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A key pair that is the same in every run. */
export function keypairOf(number: number): Keypair {
  const seed = new Uint8Array(32);
  new DataView(seed.buffer).setUint32(0, number + 1);
  return Keypair.fromSeed(seed);
}

export function makeTransfer({
  from,
  to,
  amount,
  blockhash,
  memo,
}: {
  from: Keypair;
  to: PublicKey;
  amount: number | bigint;
  blockhash: string;
  memo?: string;
}): Transaction {
  const transaction = new Transaction({ feePayer: from.publicKey, blockhash, lastValidBlockHeight: 0 });
  transaction.add(SystemProgram.transfer({ fromPubkey: from.publicKey, toPubkey: to, lamports: amount }));
  if (memo !== undefined) {
    const keys = [{ pubkey: from.publicKey, isSigner: true, isWritable: false }];
    transaction.add(new TransactionInstruction({ programId: MEMO_PROGRAM, keys, data: Buffer.from(memo) }));
  }
  transaction.sign(from);
  return transaction;
}

/** Gives an account practice SOL, confirmed. */
export async function fund(practice: PracticeChainControl, key: PublicKey, sol = 10): Promise<void> {
  const chain = createRpcChain(practice);
  await chain.airdrop(key.toBase58(), lamports(BigInt(sol * SOL)));
  chain.stop();
  await practice.produceBlock();
}

type Answer = { result?: unknown; error?: { code: number; message: string; data?: unknown } };

/** One request as it goes over the wire, for what web3.js hides. */
export async function ask({ rpcUrl }: PracticeChainControl, method: string, ...params: unknown[]): Promise<Answer> {
  const response = await post(rpcUrl, JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }));
  return (await response.json()) as Answer;
}

export function post(rpcUrl: string, body: string): Promise<Response> {
  return fetch(rpcUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
}

/** Waits, without a clock, for something that other code brings about on this event loop. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
