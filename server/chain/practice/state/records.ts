// What the chain's files hold, as JSON and back: blocks with what they left behind, forks, snapshots. Effects are stored,
// not only transactions: a newer LiteSVM reads them as they were.
import type { Address } from '@/server/chain/chain';
import type { AccountState } from '@/server/chain/practice/core/account';
import type { Block, InnerInstructions, Landed } from '@/server/chain/practice/core/block';
import { hashOfMessage } from '@/server/chain/practice/core/decode-transaction';
import type { Fork, Snapshot, StoredBlock } from '@/server/chain/practice/core/practice-chain';
import type { TransactionError } from '@/server/chain/practice/core/transaction-error';

type StoredAccount = readonly [Address, null] | readonly [Address, string, Address, 0 | 1, string];
type StoredLanded = {
  readonly sig: string;
  readonly raw: string;
  readonly err: TransactionError | null;
  readonly fee: string;
  readonly units: number;
  readonly logs: readonly string[];
  readonly inner: readonly InnerInstructions[];
  readonly keys: readonly string[];
  readonly loaded: readonly [number, number];
  readonly pre: readonly string[];
  readonly post: readonly string[];
  readonly memo: string | null;
};
type StoredHeader = {
  readonly slot: number;
  readonly height: number;
  readonly parent: number;
  readonly time: number;
  readonly hash: string;
};
export type BlockRecord = StoredHeader & {
  readonly type: 'block';
  readonly txs: readonly StoredLanded[];
  readonly after: readonly StoredAccount[];
};
export type ForkRecord = {
  readonly type: 'fork';
  readonly height: number;
  readonly nextSlot: number;
  readonly finalizedHeight: number;
  readonly dropped: readonly string[];
};
export type JournalRecord = BlockRecord | ForkRecord;
export type SnapshotRecord = {
  readonly accounts: readonly StoredAccount[];
  readonly blocks: readonly (StoredHeader & {
    readonly sigs: readonly string[];
    readonly undo: readonly StoredAccount[];
  })[];
  readonly nextSlot: number;
  readonly finalizedHeight: number;
  readonly transactionCount: number;
};

export function toBlockRecord(block: Block, accountOf: (address: Address) => AccountState): BlockRecord {
  const after = [...block.undo.keys()].map((address) => toStoredAccount(address, accountOf(address)));
  return { type: 'block', ...toHeader(block), txs: block.transactions.map(toStoredLanded), after };
}

export function fromBlockRecord(record: BlockRecord): StoredBlock {
  const place = { slot: record.slot, height: record.height, timeSeconds: record.time };
  const transactions = record.txs.map((stored) => fromStoredLanded(stored, place));
  return {
    ...fromHeader(record),
    transactions,
    messageHashes: transactions.map(({ raw }) => hashOfMessage(raw)),
    after: record.after.map(fromStoredAccount),
  };
}

export function toForkRecord({ dropped, ...fork }: Fork): ForkRecord {
  return { type: 'fork', ...fork, dropped: dropped.map(({ signature }) => signature) };
}

export function toSnapshotRecord(snapshot: Snapshot): SnapshotRecord {
  return {
    ...snapshot,
    accounts: snapshot.accounts.map(([address, account]) => toStoredAccount(address, account)),
    blocks: snapshot.blocks.map((block) => ({
      ...toHeader(block),
      sigs: block.transactions.map(({ signature }) => signature),
      undo: [...block.undo].map(([address, account]) => toStoredAccount(address, account)),
    })),
  };
}

export function fromSnapshotRecord(
  record: SnapshotRecord,
  landedOf: (signature: string) => Landed | undefined,
): Snapshot {
  return {
    ...record,
    accounts: record.accounts.map(fromStoredAccount),
    blocks: record.blocks.map((stored) => {
      const transactions = stored.sigs.map(landedOf).filter((landed) => landed !== undefined);
      return {
        ...fromHeader(stored),
        transactions,
        messageHashes: transactions.map(({ raw }) => hashOfMessage(raw)),
        undo: new Map(stored.undo.map(fromStoredAccount)),
      };
    }),
  };
}

function toHeader({ slot, height, parentSlot, timeSeconds, blockhash }: Block): StoredHeader {
  return { slot, height, parent: parentSlot, time: timeSeconds, hash: blockhash };
}

function fromHeader({ slot, height, parent, time, hash }: StoredHeader) {
  return { slot, height, parentSlot: parent, timeSeconds: time, blockhash: hash };
}

function toStoredAccount(address: Address, account: AccountState): StoredAccount {
  if (!account) return [address, null];
  const data = Buffer.from(account.data).toString('base64');
  return [address, String(account.lamports), account.owner, account.executable ? 1 : 0, data];
}

function fromStoredAccount(stored: StoredAccount): readonly [Address, AccountState] {
  if (stored[1] === null) return [stored[0], null];
  const [address, lamports, owner, executable, data] = stored as Exclude<StoredAccount, readonly [Address, null]>;
  const account = {
    lamports: BigInt(lamports),
    owner,
    executable: executable === 1,
    data: Buffer.from(data, 'base64'),
  };
  return [address, account];
}

function toStoredLanded(landed: Landed): StoredLanded {
  return {
    sig: landed.signature,
    raw: Buffer.from(landed.raw).toString('base64'),
    err: landed.error,
    fee: String(landed.feeLamports),
    units: landed.unitsConsumed,
    logs: landed.logs,
    inner: landed.inner,
    keys: landed.keys,
    loaded: [landed.loadedWritable, landed.loadedReadonly],
    pre: landed.preLamports.map(String),
    post: landed.postLamports.map(String),
    memo: landed.memo,
  };
}

function fromStoredLanded(stored: StoredLanded, place: Pick<Landed, 'slot' | 'height' | 'timeSeconds'>): Landed {
  return {
    ...place,
    signature: stored.sig,
    raw: Buffer.from(stored.raw, 'base64'),
    error: stored.err,
    feeLamports: BigInt(stored.fee),
    unitsConsumed: stored.units,
    logs: stored.logs,
    inner: stored.inner,
    keys: stored.keys,
    loadedWritable: stored.loaded[0],
    loadedReadonly: stored.loaded[1],
    preLamports: stored.pre.map(BigInt),
    postLamports: stored.post.map(BigInt),
    memo: stored.memo,
  };
}
