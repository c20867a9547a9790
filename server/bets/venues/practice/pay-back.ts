// Pays won and void bets back, each exactly once. A payment is built, signed and written down before it is sent; an index
// of the record allows one that may land for each bet. It is sent until it is final; only when it is dead, or landed as
// failed, is the next attempt made. Told by watch-venue what was seen, and by the relay what is dead.
import bs58 from 'bs58';
import type { BetOwner, VenuePort } from '@/server/bets/venue';
import type { Bet } from '@/lib/bets/bet';
import type { BetTransaction } from '@/lib/bets/bet-transaction';
import type { Lamports } from '@/lib/units/lamports';
import type { Clock } from '@/lib/units/time';
import type { Chain } from '@/server/chain/chain';
import { toMemo } from '@/server/bets/venues/practice/memo';
import type { Relay } from '@/server/bets/venues/practice/relay';
import { buildTransferMessage, toTransactionBytes } from '@/server/bets/venues/practice/transfer-message';
import {
  insertPaying,
  markPayingConfirmed,
  markPayingOver,
  readTransactions,
  type PayingTransaction,
} from '@/server/bets/venues/practice/venue-store';
import type { VenueKey } from '@/server/bets/venues/practice/venue-key';
import type { VenueWatchParts } from '@/server/bets/venues/practice/watch-venue';
import type { RecordDatabase } from '@/server/store/record-database';

type Payment = {
  readonly betId: string;
  readonly role: 'payout' | 'refund';
  readonly to: string;
  readonly lamports: Lamports;
  /** The attempt that may land; null while there is none. */
  signature: string | null;
  nextAt: number;
  failures: number;
};

export type PayBacks = VenueWatchParts['payBacks'] & {
  /** Idempotent by bet. */
  add(payment: { bet: Bet; owner: BetOwner; lamports: Lamports }): void;
  /** Makes what attempts are due. Throws what the chain or the record did; the next call goes on. */
  step(): Promise<void>;
  dead(signature: string, betId: string): Promise<void>;
  size(): number;
};

/** More than the bets that can be open; beyond it, payments are taken up after the next restart. */
const PAYMENTS_MAX = 50_000;
/** Signed in one go: some 5 ms of work. */
const BATCH_MAX = 25;
const RETRY_MS = 2_000;
const RETRY_MS_MAX = 60_000;

export function createPayBacks({
  chain,
  database,
  venueKey,
  relay,
  port,
  clock,
  onFull,
}: {
  chain: Pick<Chain, 'latestBlockhash'>;
  database: RecordDatabase;
  venueKey: VenueKey;
  relay: Relay;
  port: Pick<VenuePort, 'paid'>;
  clock: Clock;
  onFull: (betId: string) => void;
}): PayBacks {
  const payments = new Map<string, Payment>();
  /** Those without an attempt that may land. */
  const waiting = new Set<Payment>();

  function again(payment: Payment): void {
    payment.signature = null;
    payment.nextAt = clock() + Math.min(RETRY_MS_MAX, RETRY_MS * 2 ** Math.min(10, payment.failures++));
    waiting.add(payment);
  }

  function adopt(payment: Payment, { signature, role, bytes, lastValidBlockHeight, status }: BetTransaction): void {
    payment.signature = signature;
    waiting.delete(payment);
    relay.add(
      {
        signature,
        betId: payment.betId,
        role,
        bytes,
        lastValidBlockHeight: lastValidBlockHeight!,
        wasConfirmed: status !== 'sent',
      },
      { sendNow: status === 'sent' },
    );
  }

  async function attempt(due: readonly Payment[]): Promise<void> {
    const betIds = due.map(({ betId }) => betId);
    const stored = await database.use((sql) => readTransactions(sql, { signatures: [], betIds }));
    const fresh: { payment: Payment; row: PayingTransaction }[] = [];
    const { blockhash, lastValidBlockHeight } = await chain.latestBlockhash();
    for (const payment of due) {
      const rows = stored.filter(({ betId, role }) => betId === payment.betId && role !== 'stake');
      const alive = rows.find(({ status }) => status === 'sent' || status === 'confirmed');
      const final = rows.find(({ status }) => status === 'finalized');
      if (final) {
        // On record already; the engine is told again what it knows.
        payments.delete(payment.betId);
        waiting.delete(payment);
      } else if (alive) adopt(payment, alive);
      else {
        const ofRole = rows.filter(({ role }) => role === payment.role);
        const attemptNumber = Math.max(0, ...ofRole.map((row) => row.attempt)) + 1;
        fresh.push({ payment, row: sign(payment, { blockhash, lastValidBlockHeight, attempt: attemptNumber }) });
      }
    }
    if (fresh.length === 0) return;
    await database.use((sql) =>
      insertPaying(
        sql,
        fresh.map(({ row }) => row),
      ),
    );
    for (const { payment, row } of fresh) adopt(payment, row);
  }

  function sign(
    payment: Payment,
    how: { blockhash: string; lastValidBlockHeight: number; attempt: number },
  ): PayingTransaction {
    const message = buildTransferMessage({
      from: venueKey.address,
      to: payment.to,
      lamports: payment.lamports,
      memo: toMemo(payment.role, payment.betId),
      blockhash: how.blockhash,
    });
    const signature = venueKey.sign(message);
    return {
      signature: bs58.encode(signature),
      betId: payment.betId,
      role: payment.role,
      attempt: how.attempt,
      status: 'sent',
      bytes: toTransactionBytes(message, signature),
      lastValidBlockHeight: how.lastValidBlockHeight,
      slot: null,
      feeLamports: null,
      sentAt: clock(),
      confirmedAt: null,
      finalizedAt: null,
    };
  }

  return {
    add({ bet, owner, lamports }) {
      const { betId } = bet;
      if (payments.has(betId)) return;
      if (payments.size >= PAYMENTS_MAX) return onFull(betId);
      const role = bet.state === 'won' ? 'payout' : 'refund';
      const payment: Payment = { betId, role, to: owner.publicKey, lamports, signature: null, nextAt: 0, failures: 0 };
      payments.set(betId, payment);
      waiting.add(payment);
    },
    async step() {
      for (;;) {
        const now = clock();
        const due: Payment[] = [];
        for (const payment of waiting) {
          if (payment.nextAt <= now && due.push(payment) >= BATCH_MAX) break;
        }
        if (due.length === 0) return;
        await attempt(due);
        // A game that ends with hundreds of winners must not hold up everything else.
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    async confirmed(seen) {
      const at = clock();
      await database.use((sql) => markPayingConfirmed(sql, { signatures: seen.map(({ signature }) => signature), at }));
    },
    async finalized({ signature, betId, movement }) {
      const { lamports, feeLamports } = movement;
      await port.paid({ betId, signature, lamports, feeLamports });
      const payment = payments.get(betId);
      payments.delete(betId);
      if (payment) waiting.delete(payment);
    },
    async failed({ signature, betId }) {
      await database.use((sql) => markPayingOver(sql, { signature, status: 'failed' }));
      const payment = payments.get(betId);
      if (payment) again(payment);
    },
    async dead(signature, betId) {
      await database.use((sql) => markPayingOver(sql, { signature, status: 'dead' }));
      const payment = payments.get(betId);
      if (payment) again(payment);
    },
    size: () => payments.size,
  };
}
