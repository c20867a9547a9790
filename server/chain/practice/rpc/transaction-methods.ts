// RPC methods that send transactions, try them out, and tell what became of them.
import { ComputeBudgetProgram, PublicKey, SystemProgram, Transaction } from '@solana/web3.js';
import { decodeTransaction } from '@/server/chain/practice/core/decode-transaction';
import type { Landed } from '@/server/chain/practice/core/block';
import { createFaucet } from '@/server/chain/practice/core/genesis';
import { BLOCKHASH_BLOCKS } from '@/server/chain/practice/core/ledger';
import { describeTransactionError, type TransactionError } from '@/server/chain/practice/core/transaction-error';
import type { Execution } from '@/server/chain/practice/core/vm';
import { encodeAccount } from '@/server/chain/practice/rpc/encode-account';
import { encodeLanded } from '@/server/chain/practice/rpc/encode-transaction';
import {
  atLeastConfirmed,
  commitmentOf,
  withContext,
  type Methods,
  type RpcContext,
} from '@/server/chain/practice/rpc/method';
import {
  readConfig,
  readCount,
  readString,
  readStrings,
  toAddress,
  toSignature,
  toTransaction,
} from '@/server/chain/practice/rpc/params';
import {
  badSignature,
  INTERNAL_ERROR,
  invalidParams,
  nodeUnhealthy,
  preflightFailure,
  RpcError,
} from '@/server/chain/practice/rpc/rpc-error';

const STATUSES_PER_REQUEST = 256;
const SIGNATURES_PER_REQUEST = 1_000;

export const TRANSACTION_METHODS: Methods = {
  sendTransaction(context, params) {
    const { chain, faults, isHealthy } = context;
    const config = readConfig(params, 1);
    const transaction = toTransaction(readString(params, 0), config.encoding ?? 'base58');
    const preflight = !config.skipPreflight;
    if (!isHealthy()) throw nodeUnhealthy();
    if (faults.expires()) {
      if (preflight) throw toPreflightFailure(NOT_EXECUTED);
      return transaction.signature;
    }
    if (faults.drops()) {
      const tried = { checkSignatures: true, checkBlockhash: true, addresses: [] };
      const simulated = chain.simulate(transaction, tried);
      if (simulated.error === 'SignatureFailure') throw badSignature();
      if (simulated.error && preflight) throw toPreflightFailure(simulated);
      return transaction.signature;
    }
    const submitted = chain.submit(transaction, { preflight });
    switch (submitted.kind) {
      case 'landed':
      case 'ignored':
        return transaction.signature;
      case 'bad-signature':
        throw badSignature();
      case 'full':
        throw new RpcError(INTERNAL_ERROR, 'The practice chain holds as many accounts as it can');
      case 'refused':
        throw toPreflightFailure(submitted.simulated);
    }
  },

  simulateTransaction(context, params) {
    const { chain } = context;
    const config = readConfig(params, 1);
    const { sigVerify, replaceRecentBlockhash, accounts } = config;
    if (sigVerify && replaceRecentBlockhash) {
      throw invalidParams('sigVerify may not be used with replaceRecentBlockhash');
    }
    const transaction = toTransaction(readString(params, 0), config.encoding ?? 'base58');
    const addresses = (accounts?.addresses ?? []).map(toAddress);
    if (addresses.length > transaction.staticKeys.length) {
      throw invalidParams(`Too many accounts provided; max ${transaction.staticKeys.length}`);
    }
    const simulated = chain.simulate(transaction, {
      checkSignatures: sigVerify === true,
      checkBlockhash: !replaceRecentBlockhash,
      addresses,
    });
    if (sigVerify && simulated.error === 'SignatureFailure') throw badSignature();
    const encoded = simulated.error
      ? addresses.map(() => null)
      : simulated.accounts.map((account) => encodeAccount(account, { encoding: accounts?.encoding ?? 'base64' }));
    const { blockhash, height } = chain.ledger.closed(commitmentOf(config));
    const replacement = { blockhash, lastValidBlockHeight: height + BLOCKHASH_BLOCKS };
    return withContext(context, config, {
      ...toSimulated(simulated),
      accounts: accounts ? encoded : null,
      innerInstructions: config.innerInstructions ? simulated.inner : null,
      replacementBlockhash: replaceRecentBlockhash ? replacement : null,
    });
  },

  getSignatureStatuses(context, params) {
    const signatures = readStrings(params, { index: 0, max: STATUSES_PER_REQUEST, what: 'max' }).map(toSignature);
    const { searchTransactionHistory } = readConfig(params, 1);
    const statuses = signatures.map((signature) => toStatus(context, { signature, searchTransactionHistory }));
    return withContext(context, { commitment: 'processed' }, statuses);
  },

  getSignaturesForAddress(context, params) {
    const address = toAddress(readString(params, 0));
    const config = readConfig(params, 1);
    const commitment = atLeastConfirmed(config);
    const limit = config.limit ?? SIGNATURES_PER_REQUEST;
    if (limit < 1 || limit > SIGNATURES_PER_REQUEST) {
      throw invalidParams(`Invalid limit; max ${SIGNATURES_PER_REQUEST}`);
    }
    const before = config.before ? toSignature(config.before) : null;
    const until = config.until ? toSignature(config.until) : null;
    return listSignatures(context, { address, height: context.chain.ledger.height(commitment), limit, before, until });
  },

  getTransaction(context, params) {
    const signature = toSignature(readString(params, 0));
    const config = readConfig([typeof params[1] === 'string' ? { encoding: params[1] } : params[1]], 0);
    const found = context.chain.landed(signature);
    if (!found || found.landed.height > context.chain.ledger.height(atLeastConfirmed(config))) return null;
    const maxVersion = config.maxSupportedTransactionVersion ?? null;
    return encodeLanded(found.landed, { encoding: config.encoding ?? 'json', maxVersion });
  },

  requestAirdrop(context, params) {
    const address = toAddress(readString(params, 0));
    const lamports = readCount(params, 1);
    if (!context.isHealthy()) throw nodeUnhealthy();
    const transaction = createAirdrop(context, { address, lamports });
    const submitted = context.chain.submit(transaction, { preflight: true });
    if (submitted.kind === 'landed') return transaction.signature;
    if (submitted.kind === 'refused') throw toPreflightFailure(submitted.simulated);
    throw new RpcError(INTERNAL_ERROR, `airdrop request failed: ${submitted.kind}`);
  },
};

const NOT_EXECUTED: Execution = {
  error: 'BlockhashNotFound',
  logs: [],
  unitsConsumed: 0,
  inner: [],
  returnData: null,
};

function toPreflightFailure(simulated: Execution): RpcError {
  const message = `Transaction simulation failed: ${describeTransactionError(simulated.error!)}`;
  return preflightFailure(message, { ...toSimulated(simulated), accounts: null, innerInstructions: null });
}

function toSimulated({ error, logs, unitsConsumed, returnData }: Execution) {
  return {
    err: error,
    logs,
    returnData: returnData && {
      data: [Buffer.from(returnData.data).toString('base64'), 'base64'],
      programId: returnData.programId,
    },
    unitsConsumed,
  };
}

function toStatus(
  { chain }: RpcContext,
  { signature, searchTransactionHistory }: { signature: string; searchTransactionHistory?: boolean | null },
) {
  const found = chain.landed(signature);
  if (!found) return null;
  const { landed, commitment } = found;
  // Without the history a validator looks only at what its replays are checked against.
  const depth = chain.ledger.height('processed') - landed.height;
  if (!searchTransactionHistory && depth > BLOCKHASH_BLOCKS) return null;
  return {
    confirmationStatus: commitment,
    confirmations: commitment === 'finalized' ? null : depth,
    err: landed.error,
    slot: landed.slot,
    status: toResult(landed.error),
  };
}

function toResult(error: TransactionError | null) {
  return error === null ? { Ok: null } : { Err: error };
}

/** Newest first, from just after `before` back to just before `until`; nothing when `before` is not known. */
function listSignatures(
  { chain }: RpcContext,
  query: { address: string; height: number; limit: number; before: string | null; until: string | null },
) {
  const list = chain.history.of(query.address);
  let next = list.length - 1;
  if (query.before !== null) {
    const place = chain.history.get(query.before);
    if (!place) return [];
    next = findNewestBefore(list, place);
  }
  const found = [];
  for (; next >= 0 && found.length < query.limit; next -= 1) {
    const landed = list[next]!;
    if (landed.signature === query.until) break;
    if (landed.height > query.height) continue;
    found.push({
      blockTime: landed.timeSeconds,
      confirmationStatus: chain.ledger.commitmentOf(landed.height),
      err: landed.error,
      memo: landed.memo,
      signature: landed.signature,
      slot: landed.slot,
    });
  }
  return found;
}

/** Usually `before` is of this address; when it is not, whole blocks below it count. */
function findNewestBefore(list: readonly Landed[], before: Landed): number {
  const at = list.lastIndexOf(before);
  return at >= 0 ? at - 1 : list.findLastIndex(({ height }) => height < before.height);
}

/** A transfer that is signed as any other. Its unit limit differs each time: two equal airdrops are two transactions. */
function createAirdrop({ chain, random }: RpcContext, { address, lamports }: { address: string; lamports: number }) {
  const faucet = createFaucet();
  const units = AIRDROP_UNITS_MIN + Math.floor(random() * AIRDROP_UNITS_SPREAD);
  const { blockhash, height } = chain.ledger.tip();
  const transaction = new Transaction({
    feePayer: faucet.publicKey,
    blockhash,
    lastValidBlockHeight: height + BLOCKHASH_BLOCKS,
  }).add(
    ComputeBudgetProgram.setComputeUnitLimit({ units }),
    SystemProgram.transfer({ fromPubkey: faucet.publicKey, toPubkey: new PublicKey(address), lamports }),
  );
  transaction.sign(faucet);
  return decodeTransaction(transaction.serialize());
}

/** Two built-in instructions take 300 units; 1,400,000 are allowed. */
const AIRDROP_UNITS_MIN = 1_000;
const AIRDROP_UNITS_SPREAD = 1_000_000;
