// Watches the venue's one address: each round reads what landed since the cursor, tells what each transaction is, and
// reports it: a stake once it is confirmed, and everything once it is final. The cursor passes only what is final and on
// record, so that a fork and a restart need no case of their own: the next round simply reads again. One round at a time.
// It sends nothing; relay.ts and pay-back.ts do, and are told here what was seen.
import { lamports } from '@/lib/units/lamports';
import type { Clock, EpochMs } from '@/lib/units/time';
import type { Address, AddressSignature, Chain, Signature } from '@/server/chain/chain';
import type { VenuePort } from '@/server/bets/venue';
import {
  identifyLanded,
  identifyStored,
  venueChange,
  type Knowledge,
  type Movement,
} from '@/server/bets/venues/practice/movement';
import { parseMemo } from '@/server/bets/venues/practice/memo';
import { readAddress } from '@/server/bets/venues/practice/read-address';
import {
  readBetsOfMemos,
  readCursor,
  readTransactions,
  writeCursor,
  type Cursor,
} from '@/server/bets/venues/practice/venue-store';
import type { RecordDatabase } from '@/server/store/record-database';

/** How far the reports of a transaction have come. */
type Seen = {
  readonly signature: Signature;
  readonly movement: Movement;
  readonly at: EpochMs;
  stage: 'new' | 'confirmed' | 'final';
  /** Rounds in a row in which it was not on the chain any more. */
  missing: number;
};

export type Round = {
  readonly onChain: ReadonlySet<Signature>;
  /** Of these, those that are final and on record. */
  readonly settled: readonly Signature[];
  /** Stakes that were reported and are not on the chain now. */
  readonly gone: readonly { readonly signature: Signature; readonly betId: string }[];
  /** The newest transaction there was; what comes after it, the round has not seen. */
  readonly newest: Signature | null;
  /** Everything read is on record; only then do chain and ledger compare. */
  readonly complete: boolean;
};

export type VenueWatch = {
  /** Throws what the chain or the record did; whatever was done stands. */
  round(): Promise<Round>;
  /** Balance of the address minus what the ledger says of it, as far as it is known why. */
  unbookedLamports(): bigint;
  /** Funding that has arrived and is not final yet. */
  fundingLamports(): bigint;
  /** It was reported as confirmed. */
  wasConfirmed(signature: Signature): boolean;
  /** The stake will never come back: it is not waited for any more. */
  forget(signature: Signature): void;
  /** The chain does not know the transaction that was read from it last: it is another chain. */
  isOtherChain(): boolean;
};

export type VenueWatchParts = {
  readonly chain: Pick<Chain, 'signaturesOf' | 'transaction' | 'statuses'>;
  readonly database: RecordDatabase;
  readonly address: Address;
  readonly faucet: Address | null;
  readonly port: VenuePort;
  /** Told of payments of ours, as they are seen. */
  readonly payBacks: {
    confirmed(seen: readonly { signature: Signature; betId: string }[]): Promise<void>;
    finalized(seen: { signature: Signature; betId: string; movement: Movement & { kind: 'pay-back' } }): Promise<void>;
    failed(seen: { signature: Signature; betId: string }): Promise<void>;
  };
  readonly clock: Clock;
  readonly onReportFault: (error: unknown) => void;
};

/** A stake must be missing in this many rounds before it counts as taken back: nodes behind one address differ. */
const MISSING_ROUNDS = 2;
const NONE = lamports(0n);
/**
 * Rounds in between read only what is new. At 50 bets a second some 700 transactions are not final yet, and reading them
 * all at every slot took a tenth of a core.
 */
const FULL_EVERY_ROUNDS = 4;
/** Transactions fetched at once. */
const FETCHES_MAX = 16;

export function createVenueWatch({
  chain,
  database,
  address,
  faucet,
  port,
  payBacks,
  clock,
  onReportFault,
}: VenueWatchParts): VenueWatch {
  const seen = new Map<Signature, Seen>();
  let cursor: Cursor | null | undefined;
  let otherChain = false;
  let newest: Signature | null = null;
  /** Rounds until everything since the cursor is read again; at most 1: in this one. */
  let untilFull = 0;

  async function begin(): Promise<void> {
    const read = await database.use((sql) => readCursor(sql, address));
    if (read) {
      const [status] = await chain.statuses([read.signature]);
      otherChain = status === null;
      if (otherChain) throw new Error(`the chain does not know ${read.signature}, which was read from it`);
    }
    cursor = read;
  }

  /** Null when the newest one was taken back: the answer then goes further back than what is new. */
  async function readFresh(until: Signature): Promise<readonly AddressSignature[] | null> {
    const entries = await readAddress(chain, { address, until });
    return entries.some(({ signature }) => seen.has(signature) || signature === cursor?.signature) ? null : entries;
  }

  async function identify(entries: readonly AddressSignature[]): Promise<void> {
    const unmet = entries.filter(({ signature }) => !seen.has(signature));
    if (unmet.length === 0) return;
    const knowledge = await learn(unmet);
    const take = (signature: Signature, movement: Movement) => {
      seen.set(signature, { signature, movement, at: clock(), stage: 'new', missing: 0 });
    };
    // Those of the record need no question to the chain; the others are asked for a few at a time, and keep their order.
    const asked: AddressSignature[] = [];
    for (const entry of unmet) {
      const stored = knowledge.stored.get(entry.signature);
      const movement = stored ? identifyStored(entry, stored, knowledge) : null;
      if (movement) take(entry.signature, movement);
      else asked.push(entry);
    }
    for (let i = 0; i < asked.length; i += FETCHES_MAX) {
      const landed = await Promise.all(
        asked.slice(i, i + FETCHES_MAX).map(({ signature }) => chain.transaction(signature)),
      );
      for (const one of landed) if (one) take(one.signature, identifyLanded(one, knowledge));
    }
  }

  async function learn(unmet: readonly AddressSignature[]): Promise<Knowledge> {
    const ofMemos = unmet.flatMap(({ memos }) =>
      memos.flatMap((text) => {
        const memo = parseMemo(text);
        return memo?.purpose === 'bet' ? [memo.betId] : [];
      }),
    );
    const { transactions, bets } = await database.use(async (sql) => ({
      transactions: await readTransactions(sql, {
        signatures: unmet.map(({ signature }) => signature),
        betIds: [],
      }),
      bets: ofMemos.length === 0 ? [] : await readBetsOfMemos(sql, ofMemos),
    }));
    return {
      venue: address,
      faucet,
      stored: new Map(transactions.map((one) => [one.signature, one])),
      bets: new Map(bets.map((bet) => [bet.betId, bet])),
    };
  }

  async function report(one: Seen, isFinal: boolean): Promise<void> {
    const { signature, movement, at } = one;
    if (movement.kind === 'stake' && one.stage === 'new') {
      const { betId, lamports: stakeLamports, feeLamports } = movement;
      await port.confirmed({ betId, signature, stakeLamports, feeLamports, at });
      one.stage = 'confirmed';
    }
    if (!isFinal || one.stage === 'final') return;
    switch (movement.kind) {
      case 'stake':
        await port.finalized({ betId: movement.betId, signature });
        break;
      case 'stake-failed':
        await port.failed({ ...movement, reason: 'failed-on-chain', signature });
        break;
      case 'pay-back':
        await payBacks.finalized({ signature, betId: movement.betId, movement });
        break;
      case 'pay-back-failed':
        await port.houseMoved({ signature, lamports: NONE, feeLamports: movement.feeLamports });
        await payBacks.failed({ signature, betId: movement.betId });
        break;
      case 'house':
        await port.houseMoved({ signature, lamports: movement.lamports, feeLamports: movement.feeLamports });
        break;
      case 'unidentified':
        await port.unidentified({ signature, lamports: movement.lamports, feeLamports: movement.feeLamports });
        break;
      case 'nothing':
        break;
    }
    one.stage = 'final';
  }

  /** All at once, so that the engine can write them together. What fails is reported again in the next round. */
  async function reportAll(entries: readonly AddressSignature[]): Promise<void> {
    const fresh = entries.flatMap(({ signature, failed }) => {
      const one = seen.get(signature);
      const isNew = one?.movement.kind === 'pay-back' && one.stage === 'new' && !failed;
      return isNew ? [{ signature, betId: (one.movement as { betId: string }).betId }] : [];
    });
    const told = await Promise.allSettled([
      ...(fresh.length > 0 ? [payBacks.confirmed(fresh)] : []),
      ...entries.flatMap(({ signature, commitment }) => {
        const one = seen.get(signature);
        return one ? [report(one, commitment === 'finalized')] : [];
      }),
    ]);
    for (const { signature } of fresh) {
      const one = seen.get(signature)!;
      if (one.stage === 'new') one.stage = 'confirmed';
    }
    const fault = told.find((outcome) => outcome.status === 'rejected');
    if (fault) onReportFault(fault.reason);
  }

  /** What was seen and is not there any more. Only a stake was already reported; the others were never booked. */
  function findGone(onChain: ReadonlySet<Signature>): { signature: Signature; betId: string }[] {
    const gone: { signature: Signature; betId: string }[] = [];
    for (const one of seen.values()) {
      if (onChain.has(one.signature)) one.missing = 0;
      else if (one.movement.kind !== 'stake' || one.stage === 'new') seen.delete(one.signature);
      else if (++one.missing >= MISSING_ROUNDS) {
        gone.push({ signature: one.signature, betId: one.movement.betId });
      }
    }
    return gone;
  }

  async function moveCursor(entries: readonly AddressSignature[]): Promise<void> {
    let passed = 0;
    while (entries[passed]?.commitment === 'finalized' && seen.get(entries[passed]!.signature)?.stage === 'final') {
      passed++;
    }
    const last = entries[passed - 1];
    if (!last) return;
    const next = { signature: last.signature, slot: last.slot };
    await database.use((sql) => writeCursor(sql, { address, cursor: next, at: clock() }));
    cursor = next;
    for (const { signature } of entries.slice(0, passed)) seen.delete(signature);
  }

  return {
    async round() {
      if (cursor === undefined) await begin();
      const before = untilFull;
      const fresh = newest === null || before <= 1 ? null : await readFresh(newest);
      const isFull = fresh === null;
      // Whatever fails in it, the next round reads everything.
      untilFull = 0;
      const entries = fresh ?? (await readAddress(chain, { address, until: cursor?.signature ?? null }));
      const onChain = new Set(entries.map(({ signature }) => signature));
      const gone = isFull ? findGone(onChain) : [];
      // What was there in the last full round still counts as there.
      if (!isFull) for (const { signature, missing } of seen.values()) if (missing === 0) onChain.add(signature);
      await identify(entries);
      await reportAll(entries);
      const isTold = entries.every(({ signature, commitment }) => {
        const one = seen.get(signature);
        return one !== undefined && (commitment === 'finalized' ? one.stage === 'final' : !isOwed(one));
      });
      const settled = [...onChain].filter((signature) => seen.get(signature)?.stage === 'final');
      if (isFull) await moveCursor(entries);
      newest = entries.at(-1)?.signature ?? (isFull ? (cursor?.signature ?? null) : newest);
      if (isTold) untilFull = isFull ? FULL_EVERY_ROUNDS : before - 1;
      return { onChain, settled, gone, newest, complete: isFull && isTold };
    },
    unbookedLamports() {
      let sum = 0n;
      for (const { movement, stage, missing } of seen.values()) {
        if (movement.kind === 'stake') sum -= missing > 0 && stage !== 'new' ? movement.lamports : 0n;
        else if (stage !== 'final') sum += venueChange(movement);
      }
      return sum;
    },
    fundingLamports() {
      let sum = 0n;
      for (const { movement, stage } of seen.values()) {
        if (movement.kind === 'house' && stage !== 'final') sum += movement.lamports;
      }
      return sum;
    },
    wasConfirmed: (signature) => (seen.get(signature)?.stage ?? 'new') !== 'new',
    forget: (signature) => void seen.delete(signature),
    isOtherChain: () => otherChain,
  };
}

/** A stake that is on the chain and not yet on record. */
function isOwed({ movement, stage }: Seen): boolean {
  return movement.kind === 'stake' && stage === 'new';
}
