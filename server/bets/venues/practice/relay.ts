// Sends signed transactions to the chain until they are final: at once, again while their blockhash lives and they are not
// on the chain, and never after. A transaction is dead only when the finalized chain is past its last block and a node that
// has come at least as far does not have it: nothing less proves that it cannot land any more. It writes nothing; whoever gives it a transaction has.
import type { BetTransactionRole } from '@/lib/bets/bet-transaction';
import { ChainError, type Chain, type Signature } from '@/server/chain/chain';
import type { Clock, EpochMs } from '@/lib/units/time';

export type Outgoing = {
  readonly signature: Signature;
  readonly betId: string;
  readonly role: BetTransactionRole;
  /** Null for a stake that the wallet sent by itself: it cannot be sent again from here. */
  readonly bytes: Uint8Array | null;
  readonly lastValidBlockHeight: number;
  /** It had landed before, and the chain took it back. */
  readonly wasConfirmed: boolean;
};

export type Relay = {
  /** Idempotent. False at the bound: it is then taken up again after the next restart. */
  add(outgoing: Outgoing, options: { readonly sendNow: boolean }): boolean;
  /** Once after each round of the watch. Resolves with those that are dead; they are forgotten here. */
  step(seen: { readonly onChain: ReadonlySet<Signature>; readonly settled: readonly Signature[] }): Promise<Outgoing[]>;
  has(signature: Signature): boolean;
  size(): number;
};

type Entry = Outgoing & { nextSendAt: EpochMs; sends: number; rejections: number };

/** Far more than the 500 players of one node can have under way. */
export const OUTGOING_MAX = 20_000;
const SENDS_AT_ONCE = 16;
/** Five slots: a transaction that was dropped loses little, one that was not costs little. */
const RESEND_MS = 2_000;
/** A refused one may pass later, when the sender has money; less often. */
const RESEND_REJECTED_MS = 8_000;
/** Heights and statuses are asked for at most this often. */
const DEATHS_EVERY_MS = 2_000;
const STATUSES_MAX = 256;

export function createRelay({
  chain,
  clock,
  random,
  onRejected,
}: {
  chain: Pick<Chain, 'send' | 'finalized' | 'statuses'>;
  clock: Clock;
  random: () => number;
  onRejected: (outgoing: Outgoing, error: ChainError) => void;
}): Relay {
  const outgoing = new Map<Signature, Entry>();
  const queue: Entry[] = [];
  let sending = 0;
  let deathsAt = 0;

  function pump(): void {
    while (sending < SENDS_AT_ONCE && queue.length > 0) {
      const entry = queue.shift()!;
      if (!outgoing.has(entry.signature)) continue;
      sending++;
      void send(entry).finally(() => {
        sending--;
        pump();
      });
    }
  }

  async function send(entry: Entry): Promise<void> {
    entry.sends++;
    try {
      await chain.send(entry.bytes!);
    } catch (error) {
      if (!(error instanceof ChainError) || error.code !== 'rejected') return;
      entry.nextSendAt = (clock() + RESEND_REJECTED_MS) as EpochMs;
      if (++entry.rejections === 1) onRejected(entry, error);
    }
  }

  function enqueue(entry: Entry): void {
    if (!entry.bytes) return;
    // Between half and one and a half times: those of one slot do not all come back together.
    entry.nextSendAt = (clock() + RESEND_MS * (0.5 + random())) as EpochMs;
    // Stakes go first: a player waits for them.
    if (entry.role === 'stake') queue.unshift(entry);
    else queue.push(entry);
  }

  async function findDead(absent: readonly Entry[]): Promise<Entry[]> {
    if (absent.length === 0 || clock() < deathsAt) return [];
    deathsAt = clock() + DEATHS_EVERY_MS;
    const { slot, blockHeight } = await chain.finalized();
    const late = absent.filter(({ lastValidBlockHeight }) => blockHeight > lastValidBlockHeight);
    const dead: Entry[] = [];
    for (let i = 0; i < late.length; i += STATUSES_MAX) {
      const some = late.slice(i, i + STATUSES_MAX);
      const statuses = await chain.statuses(
        some.map(({ signature }) => signature),
        { minSlot: slot },
      );
      dead.push(...some.filter((_, at) => statuses[at] === null));
    }
    return dead;
  }

  return {
    add(one, { sendNow }) {
      if (outgoing.has(one.signature)) return true;
      if (outgoing.size >= OUTGOING_MAX) return false;
      const entry: Entry = { ...one, nextSendAt: (clock() + RESEND_MS) as EpochMs, sends: 0, rejections: 0 };
      outgoing.set(one.signature, entry);
      if (sendNow) {
        enqueue(entry);
        pump();
      }
      return true;
    },
    async step({ onChain, settled }) {
      for (const signature of settled) outgoing.delete(signature);
      const absent = [...outgoing.values()].filter(({ signature }) => !onChain.has(signature));
      const dead = await findDead(absent);
      for (const { signature } of dead) outgoing.delete(signature);
      for (const entry of absent) {
        if (outgoing.has(entry.signature) && clock() >= entry.nextSendAt && !queue.includes(entry)) enqueue(entry);
      }
      pump();
      return dead;
    },
    has: (signature) => outgoing.has(signature),
    size: () => outgoing.size,
  };
}
