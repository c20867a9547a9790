// Subscriptions of websocket clients: what happens on the chain, sent to whoever asked for it. One desk for the chain, one
// session for each connection; it knows no socket, a session is given a function that sends.
import type { Commitment } from '@/server/chain/chain';
import type { Block, Landed } from '@/server/chain/practice/core/block';
import type { ChainEvent, PracticeChain } from '@/server/chain/practice/core/practice-chain';
import { encodeAccount } from '@/server/chain/practice/rpc/encode-account';
import { API_VERSION, commitmentOf } from '@/server/chain/practice/rpc/method';
import { readConfig, readString, toAddress, toSignature, type Params } from '@/server/chain/practice/rpc/params';
import { INTERNAL_ERROR, INVALID_PARAMS, invalidParams, RpcError } from '@/server/chain/practice/rpc/rpc-error';

/** One more is refused. A page needs a handful, a bench one for each bet in flight. */
export const SUBSCRIPTIONS_PER_CONNECTION_MAX = 1_000;

type Notify = (method: string, result: unknown) => void;
type Kind = 'signature' | 'account' | 'logs' | 'slot';
type Subscription = {
  readonly id: number;
  readonly kind: Kind;
  /** The signature or address it is about; '' for all. */
  readonly topic: string;
  readonly commitment: Commitment;
  readonly encoding: string | null;
  readonly notify: Notify;
  readonly drop: () => void;
};

export type Session = {
  /** Undefined for a method that is no subscription. */
  call(method: string, params: Params): unknown;
  /** What is true already is told only after the answer with the subscription's number. */
  afterAnswer(): void;
  close(): void;
};

export type SubscriptionDesk = { open(send: (message: string) => void): Session; count(): number; stop(): void };

export function createSubscriptionDesk(chain: PracticeChain): SubscriptionDesk {
  const byTopic = new Map<string, Set<Subscription>>();
  let nextId = 1;
  let count = 0;

  const keyOf = ({ kind, topic }: Pick<Subscription, 'kind' | 'topic'>) => `${kind} ${topic}`;
  const of = (kind: Kind, topic: string) => [...(byTopic.get(keyOf({ kind, topic })) ?? [])];

  function add(subscription: Subscription): void {
    const key = keyOf(subscription);
    const set = byTopic.get(key) ?? new Set();
    byTopic.set(key, set.add(subscription));
    count += 1;
  }

  function remove(subscription: Subscription): void {
    const key = keyOf(subscription);
    const set = byTopic.get(key);
    if (!set?.delete(subscription)) return;
    count -= 1;
    if (set.size === 0) byTopic.delete(key);
  }

  const stop = chain.listen((event) => publish(event));

  function publish(event: ChainEvent): void {
    if (count === 0) return;
    switch (event.type) {
      case 'executed':
        tellSignature(event.landed, 'processed');
        tellLogs(event.landed, 'processed');
        tellAccounts(event.written, 'processed');
        return;
      case 'opened':
        for (const one of of('slot', '')) {
          one.notify('slotNotification', { slot: event.slot, parent: event.parentSlot, root: event.root });
        }
        return;
      case 'confirmed':
        tellBlocks(event.confirmed, 'confirmed');
        tellBlocks(event.finalized, 'finalized');
        return;
      case 'forked':
        tellAccounts([...new Set(event.dropped.flatMap(({ keys }) => keys))], 'processed');
        return;
    }
  }

  function tellBlocks(blocks: readonly Block[], commitment: Commitment): void {
    for (const { transactions } of blocks) {
      for (const landed of transactions) {
        tellSignature(landed, commitment);
        tellLogs(landed, commitment);
      }
    }
    tellAccounts([...new Set(blocks.flatMap(({ undo }) => [...undo.keys()]))], commitment);
  }

  function tellSignature(landed: Landed, commitment: Commitment): void {
    for (const one of of('signature', landed.signature)) {
      if (one.commitment !== commitment) continue;
      one.notify('signatureNotification', withSlot(landed.slot, { err: landed.error }));
      one.drop();
    }
  }

  function tellLogs(landed: Landed, commitment: Commitment): void {
    const value = { signature: landed.signature, err: landed.error, logs: landed.logs };
    for (const topic of ['', ...new Set(landed.keys)]) {
      for (const one of of('logs', topic)) {
        if (one.commitment === commitment) one.notify('logsNotification', withSlot(landed.slot, value));
      }
    }
  }

  function tellAccounts(addresses: readonly string[], commitment: Commitment): void {
    for (const address of addresses) {
      for (const one of of('account', address)) {
        if (one.commitment !== commitment) continue;
        // An address that was emptied is told as an empty account, as a validator does.
        const account = chain.account(address, commitment) ?? EMPTY;
        const value = encodeAccount(account, { encoding: one.encoding });
        one.notify('accountNotification', withSlot(chain.ledger.slot(commitment), value));
      }
    }
  }

  function tellIfReached(subscription: Subscription): void {
    const found = chain.landed(subscription.topic);
    if (!found || found.landed.height > chain.ledger.height(subscription.commitment)) return;
    subscription.notify('signatureNotification', withSlot(found.landed.slot, { err: found.landed.error }));
    subscription.drop();
  }

  return {
    open(send) {
      const mine = new Map<number, Subscription>();
      let fresh: Subscription[] = [];

      function subscribe(kind: Kind, wanted: Pick<Subscription, 'topic' | 'commitment' | 'encoding'>) {
        if (mine.size >= SUBSCRIPTIONS_PER_CONNECTION_MAX) {
          throw new RpcError(INTERNAL_ERROR, 'Internal error: Subscription refused. Node subscription limit reached');
        }
        const id = nextId++;
        const subscription: Subscription = {
          ...wanted,
          id,
          kind,
          notify: (method, result) =>
            send(JSON.stringify({ jsonrpc: '2.0', method, params: { result, subscription: id } })),
          drop() {
            mine.delete(id);
            remove(subscription);
          },
        };
        mine.set(id, subscription);
        add(subscription);
        if (kind === 'signature') fresh.push(subscription);
        return id;
      }

      return {
        call(method, params) {
          const match = /^(signature|account|logs|slot)(Unsubscribe|Subscribe)$/.exec(method);
          if (!match) return undefined;
          const kind = match[1] as Kind;
          if (match[2] === 'Subscribe') return subscribe(kind, readWanted(kind, params));
          const subscription = mine.get(params[0] as number);
          if (subscription?.kind !== kind) throw new RpcError(INVALID_PARAMS, 'Invalid subscription id.');
          subscription.drop();
          return true;
        },
        afterAnswer() {
          const told = fresh;
          fresh = [];
          for (const one of told) tellIfReached(one);
        },
        close() {
          for (const one of [...mine.values()]) one.drop();
        },
      };
    },
    count: () => count,
    stop,
  };
}

function readWanted(kind: Kind, params: Params) {
  const config = readConfig(params, 1);
  const wanted = {
    commitment: commitmentOf(config),
    encoding: config.encoding ?? null,
  };
  switch (kind) {
    case 'slot':
      return { ...wanted, topic: '' };
    case 'signature':
      return { ...wanted, topic: toSignature(readString(params, 0)) };
    case 'account':
      return { ...wanted, topic: toAddress(readString(params, 0)) };
    case 'logs':
      return { ...wanted, topic: readMention(params[0]) };
  }
}

/** "all", "allWithVotes" or one mentioned address. */
function readMention(filter: unknown): string {
  if (filter === 'all' || filter === 'allWithVotes') return '';
  const mentions = typeof filter === 'object' && filter !== null ? (filter as { mentions?: unknown }).mentions : null;
  if (!Array.isArray(mentions) || mentions.length !== 1 || typeof mentions[0] !== 'string') {
    throw invalidParams('Invalid Request: Only 1 address supported');
  }
  return toAddress(mentions[0]);
}

function withSlot(slot: number, value: unknown) {
  return { context: { apiVersion: API_VERSION, slot }, value };
}

const EMPTY = {
  lamports: 0n,
  owner: '11111111111111111111111111111111',
  executable: false,
  data: new Uint8Array(),
};
