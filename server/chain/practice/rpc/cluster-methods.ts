// RPC methods about the chain as a whole: slots, heights, blockhashes, time.
import { computeFeeLamports } from '@/server/chain/practice/core/fee';
import { PRACTICE_GENESIS_HASH } from '@/server/chain/practice/core/genesis';
import { BLOCKHASH_BLOCKS } from '@/server/chain/practice/core/ledger';
import { SLOTS_PER_EPOCH } from '@/server/chain/practice/core/vm';
import { VersionedMessage } from '@solana/web3.js';
import { API_VERSION, commitmentOf, slotOf, withContext, type Methods } from '@/server/chain/practice/rpc/method';
import { readConfig, readCount, readString, toBytes } from '@/server/chain/practice/rpc/params';
import { invalidParams, nodeUnhealthy, slotUnavailable } from '@/server/chain/practice/rpc/rpc-error';

export const CLUSTER_METHODS: Methods = {
  getLatestBlockhash(context, params) {
    const config = readConfig(params, 0);
    const { blockhash, height } = context.chain.ledger.closed(commitmentOf(config));
    return withContext(context, config, { blockhash, lastValidBlockHeight: height + BLOCKHASH_BLOCKS });
  },
  isBlockhashValid(context, params) {
    return withContext(context, readConfig(params, 1), context.chain.ledger.isLive(readString(params, 0)));
  },
  getFeeForMessage(context, params) {
    const bytes = toBytes(readString(params, 0), 'base64');
    const message = parseMessage(bytes);
    const staticKeys = message.staticAccountKeys.map((key) => key.toBase58());
    const isKnown = context.chain.ledger.isLive(message.recentBlockhash);
    const fee = isKnown ? Number(computeFeeLamports({ message, staticKeys })) : null;
    return withContext(context, readConfig(params, 1), fee);
  },
  getRecentPrioritizationFees: () => [],
  getSlot: (context, params) => slotOf(context, readConfig(params, 0)),
  getBlockHeight(context, params) {
    const config = readConfig(params, 0);
    slotOf(context, config);
    return context.chain.ledger.height(commitmentOf(config));
  },
  getBlockTime({ chain }, params) {
    const slot = readCount(params, 0);
    const block = chain.ledger.blockOfSlot(slot);
    if (!block) throw slotUnavailable(slot);
    return block.timeSeconds;
  },
  getTransactionCount: (context, params) => {
    slotOf(context, readConfig(params, 0));
    return context.chain.transactionCount();
  },
  getEpochInfo(context, params) {
    const config = readConfig(params, 0);
    const absoluteSlot = slotOf(context, config);
    return {
      absoluteSlot,
      blockHeight: context.chain.ledger.height(commitmentOf(config)),
      epoch: Math.floor(absoluteSlot / SLOTS_PER_EPOCH),
      slotIndex: absoluteSlot % SLOTS_PER_EPOCH,
      slotsInEpoch: SLOTS_PER_EPOCH,
      transactionCount: context.chain.transactionCount(),
    };
  },
  getGenesisHash: () => PRACTICE_GENESIS_HASH,
  getVersion: () => ({ 'feature-set': 0, 'solana-core': API_VERSION }),
  getHealth({ isHealthy }) {
    if (!isHealthy()) throw nodeUnhealthy();
    return 'ok';
  },
};

function parseMessage(bytes: Uint8Array): VersionedMessage {
  try {
    return VersionedMessage.deserialize(bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw invalidParams(`failed to deserialize solana_message::versions::VersionedMessage: ${reason}`);
  }
}
