// A venue for simulations over the scripted chain. It keeps the promises that server/bets/venue.ts asks of any venue and is
// otherwise as unhelpful as one may be: it repeats its reports, mixes up their order, and after a restart tells everything
// again from the beginning. Its payments are written down before they are sent, in a book that survives the process.
import type { Bet } from '@/lib/bets/bet';
import { betProblem } from '@/lib/protocol/bet-problem';
import { DEFAULT_VENUE } from '@/lib/risk/venue';
import { lamports, type Lamports } from '@/lib/units/lamports';
import { err, ok } from '@/lib/units/result';
import type { Clock } from '@/lib/units/time';
import type { Gate } from '@/server/bets/simulation/gate';
import {
  FEE_LAMPORTS,
  signatureOf,
  SimChainDownError,
  type SimChain,
  type SimEntry,
  type SimTransfer,
} from '@/server/bets/simulation/sim-chain';
import type { BetOwner, Venue, VenuePort } from '@/server/bets/venue';

export const SIM_VENUE = 'venue';

/** What the venue has written down, by bet; survives a kill. */
export type PayBook = Map<string, { signature: string; transfer: SimTransfer; dead: boolean }[]>;

export type ScriptedVenue = Venue & {
  /** One round of looking at the chain; called at every block. */
  round(): Promise<void>;
};

export type StakeOnRecord = {
  readonly signature: string;
  /** Null for one that the wallet sent by itself. */
  readonly transfer: SimTransfer | null;
  readonly status: 'sent' | 'confirmed' | 'finalized';
};

type Followed = StakeOnRecord & { readonly betId: string; readonly lastValidBlockHeight: number };
type Payment = {
  readonly betId: string;
  readonly role: 'payout' | 'refund';
  readonly to: string;
  readonly lamports: Lamports;
};

export function createScriptedVenue({
  chain,
  gate,
  book,
  clock,
  random,
  readStakes,
  onFault,
}: {
  chain: SimChain;
  gate: Gate;
  book: PayBook;
  /** Stakes of the bet on record that were sent or landed. */
  readStakes: (betId: string) => Promise<readonly StakeOnRecord[]>;
  clock: Clock;
  random: () => number;
  onFault: (error: unknown) => void;
}): ScriptedVenue {
  let port: VenuePort | null = null;
  const followed = new Map<string, Followed>();
  const payments = new Map<string, Payment>();
  const confirmed = new Map<string, SimEntry>();
  /** Signature and stage of what the engine has answered for. */
  const told = new Set<string>();
  let busy = false;
  /** Height up to which everything is final and told. */
  let cursor = -1;

  const ask = <T>(name: string, answer: () => T): Promise<T> =>
    gate.pass(name, async () => {
      if (chain.faults.down) throw new SimChainDownError();
      return answer();
    });
  const send = (transfer: SimTransfer) => ask('chain send', () => chain.send(transfer));

  async function tell(name: string, key: string, report: () => Promise<void>): Promise<boolean> {
    if (told.has(key) && random() > 0.05) return true;
    try {
      await report();
      told.add(key);
      return true;
    } catch (error) {
      onFault(error);
      return false;
    }
  }

  async function reportStake(entry: SimEntry, isFinal: boolean): Promise<void> {
    const betId = betOf(entry.memo)!;
    const { signature } = entry;
    if (entry.failed) {
      const failed = { betId, reason: 'failed-on-chain', feeLamports: lamports(FEE_LAMPORTS), signature } as const;
      if (isFinal) await tell('failed', `failed ${signature}`, () => port!.failed(failed));
      return;
    }
    // Now and then in the wrong order: it must be refused, and told again.
    if (isFinal && random() < 0.05) await port!.finalized({ betId, signature }).catch(() => {});
    const stake = { stakeLamports: lamports(BigInt(entry.lamports)), feeLamports: lamports(FEE_LAMPORTS), at: clock() };
    const isTold = await tell('confirmed', `confirmed ${signature}`, () =>
      port!.confirmed({ betId, signature, ...stake }),
    );
    confirmed.set(signature, entry);
    if (isFinal && isTold)
      await tell('finalized', `finalized ${signature}`, () => port!.finalized({ betId, signature }));
  }

  async function reportPayment(entry: SimEntry, isFinal: boolean): Promise<void> {
    const betId = betOf(entry.memo)!;
    const { signature } = entry;
    if (!isFinal) return;
    if (entry.failed) throw new Error('the simulated house cannot pay');
    const paid = { betId, signature, lamports: lamports(BigInt(entry.lamports)), feeLamports: lamports(FEE_LAMPORTS) };
    if (await tell('paid', `paid ${signature}`, () => port!.paid(paid))) payments.delete(betId);
  }

  async function watch(): Promise<void> {
    const { entries, finalized, height } = await ask('chain read', () => ({
      entries: chain.entriesAfter(cursor),
      finalized: chain.finalizedHeight(),
      height: chain.height(),
    }));
    for (const entry of entries) {
      if (entry.height >= height) continue;
      const isFinal = entry.height <= finalized;
      if (entry.from === SIM_VENUE) await reportPayment(entry, isFinal);
      else await reportStake(entry, isFinal);
    }
    await takeUpGone(finalized);
    // What is final and told is not read again by this process.
    const untold = entries.find((entry) => entry.height > finalized || !isTold(entry));
    cursor = untold ? untold.height - 1 : finalized;
  }

  function isTold({ signature }: SimEntry): boolean {
    return ['finalized', 'failed', 'paid'].some((stage) => told.has(`${stage} ${signature}`));
  }

  /** Confirmed once and not there any more: sent again while it can land, gone for good after that. */
  async function takeUpGone(finalized: number): Promise<void> {
    for (const [signature, entry] of confirmed) {
      const there = chain.find(signature);
      if (there && there.height <= finalized && isTold(there)) confirmed.delete(signature);
      if (there) continue;
      if (finalized <= entry.lastValidBlockHeight) await send(entry);
      else if (
        await tell('vanished', `vanished ${signature}`, () => port!.vanished({ betId: betOf(entry.memo)!, signature }))
      ) {
        confirmed.delete(signature);
      }
    }
    for (const [signature, { betId, transfer, lastValidBlockHeight, status }] of followed) {
      const there = chain.find(signature);
      if (confirmed.has(signature) || (there && isTold(there))) followed.delete(signature);
      else if (there) continue;
      else if (finalized <= lastValidBlockHeight) {
        if (transfer) await send(transfer);
      } else if (status === 'confirmed') {
        if (await tell('vanished', `vanished ${signature}`, () => port!.vanished({ betId, signature }))) {
          followed.delete(signature);
        }
      } else {
        const failed = { betId, reason: 'never-landed', feeLamports: lamports(0n), signature } as const;
        if (await tell('failed', `never ${signature}`, () => port!.failed(failed))) followed.delete(signature);
      }
    }
  }

  async function pay(): Promise<void> {
    for (const { betId, role, to, lamports: owed } of payments.values()) {
      if (owed === 0n) {
        const nothing = { betId, signature: null, lamports: lamports(0n), feeLamports: lamports(0n) };
        if (await tell('paid', `paid ${betId}`, () => port!.paid(nothing))) payments.delete(betId);
        continue;
      }
      const { finalized, find } = await ask('chain read', () => ({
        finalized: chain.finalizedHeight(),
        find: chain.find,
      }));
      const attempts = book.get(betId) ?? [];
      for (const attempt of attempts) {
        if (attempt.dead || find(attempt.signature)) continue;
        if (finalized > attempt.transfer.lastValidBlockHeight) attempt.dead = true;
        else await send(attempt.transfer);
      }
      if (attempts.some(({ dead }) => !dead)) continue;
      const transfer: SimTransfer = {
        from: SIM_VENUE,
        to,
        lamports: String(owed),
        memo: `${role}:${betId}`,
        lastValidBlockHeight: chain.lastValidBlockHeight(),
      };
      await gate.pass('write payment', async () => {
        // Another process of the same venue may have been first.
        const written = book.get(betId) ?? [];
        if (written.every(({ dead }) => dead)) {
          book.set(betId, [...written, { signature: signatureOf(transfer), transfer, dead: false }]);
        }
      });
    }
  }

  return {
    id: 'practice',
    name: 'Simulated chain',
    submission: 'sign',
    rules: () => DEFAULT_VENUE,
    problem: () => null,
    async balance({ publicKey }: BetOwner) {
      try {
        return ok(lamports(await ask('chain balance', () => chain.balance(publicKey))));
      } catch {
        return err(UNAVAILABLE);
      }
    },
    async prepare(bet, { publicKey }) {
      const transfer: SimTransfer = {
        from: publicKey,
        to: SIM_VENUE,
        lamports: String(bet.stakeLamports),
        memo: `bet:${bet.betId}`,
        lastValidBlockHeight: chain.lastValidBlockHeight(),
      };
      try {
        await ask('chain simulate', () => null);
      } catch {
        return err(UNAVAILABLE);
      }
      const feeLamports = lamports(FEE_LAMPORTS);
      return ok({
        transaction: JSON.stringify(transfer),
        words: [],
        feeLamports,
        balanceAfterLamports: null,
        kept: transfer,
      });
    },
    check({ kept, transaction }) {
      if (JSON.stringify(kept) !== transaction) return err(betProblem('transaction-changed', 'Not what was prepared.'));
      const transfer = kept as SimTransfer;
      return ok({
        signature: signatureOf(transfer),
        bytes: new TextEncoder().encode(transaction),
        lastValidBlockHeight: transfer.lastValidBlockHeight,
      });
    },
    follow({ betId }: Bet) {
      gate
        .pass('read stakes', () => readStakes(betId))
        .then((stakes) => {
          for (const stake of stakes) {
            if (stake.status === 'finalized') continue;
            const lastValidBlockHeight = stake.transfer?.lastValidBlockHeight ?? chain.lastValidBlockHeight();
            followed.set(stake.signature, { ...stake, betId, lastValidBlockHeight });
          }
        })
        .catch(onFault);
    },
    payBack(bet, owner, owed) {
      const role = bet.state === 'won' ? 'payout' : 'refund';
      payments.set(bet.betId, { betId: bet.betId, role, to: owner.publicKey, lamports: owed });
    },
    async start(to) {
      port = to;
    },
    stop: async () => {},
    async round() {
      if (!port || busy) return;
      busy = true;
      try {
        await watch();
        await pay();
      } catch (error) {
        onFault(error);
      } finally {
        busy = false;
      }
    },
  };
}

function betOf(memo: string): string | null {
  return /^(?:bet|payout|refund):(.+)$/.exec(memo)?.[1] ?? null;
}

const UNAVAILABLE = betProblem('venue-unavailable', 'The simulated chain does not answer.');
