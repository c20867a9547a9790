// The chain by its RPC address, practice or real: what web3.js speaks, as the interface that bets use. Every call has a
// time limit, nothing is tried twice, and what goes wrong is one of four ChainErrors.
import { Connection, PublicKey, VersionedTransaction, type Finality, type VersionedMessage } from '@solana/web3.js';
import bs58 from 'bs58';
import { lamports, type Lamports } from '@/lib/units/lamports';
import { epochMs } from '@/lib/units/time';
import { ChainError, type Address, type Chain, type Commitment, type LandedTransaction } from '@/server/chain/chain';
import { toChainError } from '@/server/chain/chain-errors';
import { createLeanFetch } from '@/server/chain/lean-fetch';
import { isMemoProgram, parseMemoField } from '@/server/chain/memo-field';
import { createRpcRequest, signaturesSchema, statusesSchema } from '@/server/chain/rpc-request';
import { createSlotFeed } from '@/server/chain/slot-feed';
import { PRACTICE_GENESIS_HASH } from '@/server/chain/practice/core/genesis';

export type RpcChain = Chain & {
  /** Asks the cluster who it is; `cluster` is 'unknown' until it has answered. */
  identify(): Promise<Chain['cluster']>;
  stop(): void;
};

export type RpcChainOptions = {
  readonly rpcUrl: string;
  readonly wsUrl: string;
  readonly fetch?: typeof globalThis.fetch;
  readonly timeoutMs?: number;
  /** Known beforehand; else `identify` finds out. */
  readonly cluster?: Chain['cluster'];
};

/** Longer than a loaded public node takes; a bet waits 30 s in all. */
const TIMEOUT_MS = 5_000;
const STATUSES_MAX = 256;

export function createRpcChain({
  rpcUrl,
  wsUrl,
  fetch: fetcher,
  timeoutMs = TIMEOUT_MS,
  cluster = 'unknown',
}: RpcChainOptions): RpcChain {
  const connection = new Connection(rpcUrl, {
    commitment: 'confirmed',
    wsEndpoint: wsUrl,
    disableRetryOnRateLimit: true,
    fetch: (fetcher ? withTimeout(fetcher, timeoutMs) : createLeanFetch({ timeoutMs })) as never,
  });
  const request = createRpcRequest(connection);
  const slots = createSlotFeed({ wsUrl, pollSlot: () => ask(() => connection.getSlot('processed')) });
  let rentExempt: Lamports | null = null;

  const chain: RpcChain = {
    get cluster() {
      return cluster;
    },
    async identify() {
      cluster = CLUSTERS[await ask(() => connection.getGenesisHash())] ?? 'unknown';
      return cluster;
    },
    latestBlockhash: () => ask(() => connection.getLatestBlockhash('confirmed')),
    blockHeight: (commitment) => ask(() => connection.getBlockHeight(commitment)),
    slot: (commitment) => ask(() => connection.getSlot(commitment)),
    async send(transaction) {
      try {
        return await connection.sendRawTransaction(transaction, { preflightCommitment: 'confirmed', maxRetries: 0 });
      } catch (error) {
        // It landed before: the same bytes again change nothing.
        if (isAlreadyProcessed(error)) return signatureOf(transaction);
        throw toChainError(error);
      }
    },
    async finalized() {
      const { absoluteSlot, blockHeight } = await ask(() => connection.getEpochInfo('finalized'));
      if (blockHeight === undefined) throw new ChainError('unavailable', 'the cluster told no block height');
      return { slot: absoluteSlot, blockHeight };
    },
    async statuses(signatures, { minSlot } = { minSlot: 0 }) {
      if (signatures.length > STATUSES_MAX) throw new RangeError(`at most ${STATUSES_MAX} signatures at once`);
      if (signatures.length === 0) return [];
      const params = [signatures, { searchTransactionHistory: true }];
      const { context, value } = await ask(() => request('getSignatureStatuses', params, statusesSchema));
      if (context.slot < minSlot) throw new ChainError('unavailable', 'the node that answered is behind the others');
      return value.map(
        (status) =>
          status && {
            slot: status.slot,
            commitment: toCommitment(status.confirmationStatus, status.confirmations),
            error: status.err === null ? null : JSON.stringify(status.err),
          },
      );
    },
    async signaturesOf(address, { until, before }) {
      const options = { until: until ?? undefined, before: before ?? undefined, limit: 1_000, commitment: 'confirmed' };
      const params = [address, options];
      const found = await ask(() => request('getSignaturesForAddress', params, signaturesSchema));
      return found.map(({ signature, slot, err, memo, confirmationStatus }) => ({
        signature,
        slot,
        commitment: toCommitment(confirmationStatus, 1),
        failed: err !== null,
        memos: parseMemoField(memo ?? null),
      }));
    },
    async transaction(signature) {
      const options = { commitment: 'confirmed' as Finality, maxSupportedTransactionVersion: 0 };
      const found = await ask(() => connection.getTransaction(signature, options));
      return found && toLanded(signature, found);
    },
    async simulate(transaction) {
      const parsed = VersionedTransaction.deserialize(transaction);
      const config = { sigVerify: false, commitment: 'confirmed' as const };
      const [{ value }, fee] = await Promise.all([
        ask(() => connection.simulateTransaction(parsed, config)),
        ask(() => connection.getFeeForMessage(parsed.message, 'confirmed')),
      ]);
      if (value.err !== null) return { ok: false, error: describe(value.err), logs: value.logs ?? [] };
      if (fee.value === null) return { ok: false, error: 'BlockhashNotFound', logs: [] };
      return { ok: true, feeLamports: lamports(BigInt(fee.value)), unitsConsumed: value.unitsConsumed ?? 0 };
    },
    async balance(address, commitment) {
      return toLamports(await ask(() => connection.getBalance(keyOf(address), commitment)));
    },
    async rentExemptLamports() {
      rentExempt ??= toLamports(await ask(() => connection.getMinimumBalanceForRentExemption(0)));
      return rentExempt;
    },
    async airdrop(address, amount) {
      return ask(() => connection.requestAirdrop(keyOf(address), Number(amount)));
    },
    onSlot: slots.listen,
    stop: slots.stop,
  };
  return chain;
}

const CLUSTERS: Readonly<Record<string, Chain['cluster']>> = {
  [PRACTICE_GENESIS_HASH]: 'practice',
  EtWTRABZaYq6iMfeYKouRu166VU2xqa1wcaWoxPkrZBG: 'devnet',
  '4uhcVJyU9pJkvQyS88uRDiswHXSCkY3zQawwpjk2NsNY': 'testnet',
  '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d': 'mainnet-beta',
};

async function ask<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw toChainError(error);
  }
}

/** web3.js asks for its answers by this; an answer that does not come in time is given up. */
function withTimeout(fetcher: typeof globalThis.fetch, timeoutMs: number): typeof globalThis.fetch {
  return (input, init) => {
    // Its keep-alive agent means something to another fetch only.
    const { agent: _, ...rest } = (init ?? {}) as RequestInit & { agent?: unknown };
    return fetcher(input, { ...rest, signal: AbortSignal.timeout(timeoutMs) });
  };
}

function isAlreadyProcessed(error: unknown): boolean {
  return error instanceof Error && /already been processed/.test(error.message);
}

function signatureOf(transaction: Uint8Array): string {
  return bs58.encode(VersionedTransaction.deserialize(transaction).signatures[0]!);
}

function keyOf(address: Address): PublicKey {
  return new PublicKey(address);
}

function toCommitment(status: Commitment | null | undefined, confirmations: number | null | undefined): Commitment {
  // Nodes before 1.6 said only how many confirmations there were, and null for all.
  return status ?? (confirmations === null ? 'finalized' : 'processed');
}

/** Doubles hold lamports exactly up to nine million SOL. */
function toLamports(amount: number): Lamports {
  if (!Number.isSafeInteger(amount))
    throw new ChainError('unavailable', `a balance of ${amount} lamports is not exact`);
  return lamports(BigInt(amount));
}

function describe(error: unknown): string {
  return typeof error === 'string' ? error : JSON.stringify(error);
}

type Found = NonNullable<Awaited<ReturnType<Connection['getTransaction']>>>;

function toLanded(signature: string, { slot, blockTime, meta, transaction }: Found): LandedTransaction {
  if (!meta) throw new ChainError('unavailable', 'the cluster told a transaction without what it did');
  const { message } = transaction;
  const keys = readKeys(message, meta.loadedAddresses).map((key) => key.toBase58());
  const changes = keys.map((key, index): [Address, Lamports] => {
    return [key, lamports(BigInt(meta.postBalances[index] ?? 0) - BigInt(meta.preBalances[index] ?? 0))];
  });
  const memos = message.compiledInstructions
    .filter(({ programIdIndex }) => isMemoProgram(keys[programIdIndex]))
    .map(({ data }) => Buffer.from(data).toString('utf8'));
  return {
    signature,
    slot,
    failed: meta.err !== null,
    feeLamports: lamports(BigInt(meta.fee)),
    feePayer: keys[0]!,
    changes: new Map(changes),
    memos,
    blockTime: typeof blockTime === 'number' ? epochMs(blockTime * 1_000) : null,
  };
}

function readKeys(message: VersionedMessage, loaded: NonNullable<Found['meta']>['loadedAddresses']): PublicKey[] {
  return message.getAccountKeys({ accountKeysFromLookups: loaded }).keySegments().flat();
}
