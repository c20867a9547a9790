// What must be true of a world once everything has come to rest: of every bet, of the ledger, of the chain. Returns what is
// not, in words; an empty list is a world in which money is right.
import { OPEN_STATES, type Bet } from '@/lib/bets/bet';
import { payoutOf } from '@/lib/bets/bet-amounts';
import { sideBetWins } from '@/lib/game/rules';
import { SIM_VENUE } from '@/server/bets/simulation/scripted-venue';
import { walletOf } from '@/server/bets/simulation/sim-account';
import type { SimEntry } from '@/server/bets/simulation/sim-chain';
import type { SimWorld } from '@/server/bets/simulation/sim-world';
import type { StoredBet } from '@/server/bets/store/bet-store';

/** What the store holds at the end, however it holds it. */
export type Record = {
  readonly bets: readonly StoredBet[];
  readonly balances: ReadonlyMap<string, bigint>;
};

export function checkWorld(world: SimWorld, { bets, balances }: Record): readonly string[] {
  const entries = world.chain.entriesAfter(-1);
  const wrong: string[] = [];
  for (const stored of bets) {
    for (const problem of checkBet(world, stored, entries)) {
      wrong.push(`bet ${stored.bet.betId} (${stored.bet.state}, ${stored.bet.reason ?? 'no reason'}): ${problem}`);
    }
  }
  return [
    ...wrong,
    ...checkLedger(world, balances, entries),
    ...world.faults.map((fault) => `fault: ${String(fault)}`),
  ];
}

function* checkBet(world: SimWorld, { bet, entries: booked }: StoredBet, entries: readonly SimEntry[]) {
  const of = (role: string) => entries.filter(({ memo, failed }) => memo === `${role}:${bet.betId}` && !failed);
  const payments = [...of('payout'), ...of('refund')];
  const stakes = bookedStakes(booked);
  const taken = BigInt(entries.find(({ signature }) => stakes.has(signature))?.lamports ?? 0);
  if (stakes.size > 1) yield `has ${stakes.size} stakes`;
  if (bet.closedAt === null || OPEN_STATES.includes(bet.state)) yield 'is still open';
  if (payments.length > 1) yield `was paid ${payments.length} times`;
  const paid = BigInt(payments[0]?.lamports ?? 0);
  const owed = bet.state === 'paid' ? payoutOf(bet) : bet.state === 'refunded' ? taken : 0n;
  if (paid !== owed) yield `is owed ${owed} and was paid ${paid}`;
  if (bet.state === 'paid' && paid !== 5n * bet.stakeLamports)
    yield `won, and was paid ${paid} for ${bet.stakeLamports}`;
  if ((bet.paidLamports ?? 0n) !== paid) yield `says ${bet.paidLamports} were paid, the chain says ${paid}`;
  if ((bet.state === 'paid' || bet.state === 'lost') && taken !== bet.stakeLamports)
    yield 'was settled without its stake';
  if (bet.state === 'expired' && taken !== 0n) yield 'expired, and its stake was taken';
  const escrow = booked.filter(({ account }) => account === 'escrow').reduce((sum, one) => sum + one.lamports, 0n);
  if (escrow !== 0n) yield `still holds ${escrow} in escrow`;
  yield* checkOutcome(world, bet);
}

function* checkOutcome({ feed }: SimWorld, bet: Bet) {
  if (bet.state !== 'paid' && bet.state !== 'lost') return;
  const wins = sideBetWins({ startTick: bet.startTick!, rugTick: feed.truthOf(bet.gameId) });
  // A tick that never was may lose a bet early; only a confirmed result can say so.
  if (!feed.isConfirmed(bet.gameId) && bet.rugTick === null) return;
  if (wins !== (bet.state === 'paid')) yield `the game says it ${wins ? 'won' : 'lost'}`;
}

function* checkLedger(
  { chain, accountIds }: SimWorld,
  balances: ReadonlyMap<string, bigint>,
  entries: readonly SimEntry[],
) {
  const balance = (account: string) => balances.get(account) ?? 0n;
  const sum = [...balances.values()].reduce((total, amount) => total + amount, 0n);
  if (sum !== 0n) yield `the ledger sums to ${sum}`;
  if (balance('escrow') !== 0n) yield `escrow holds ${balance('escrow')}`;
  // Whatever players send here names a bet of theirs, so it is known whose it is.
  if (balance('unidentified') !== 0n) yield `unidentified holds ${balance('unidentified')}`;
  const address = balance('escrow') + balance('house') + balance('unidentified');
  if (chain.balance(SIM_VENUE) !== address) {
    yield `the venue's address holds ${chain.balance(SIM_VENUE)}, the ledger says ${address}`;
  }
  for (const accountId of accountIds) {
    const wallet = walletOf(accountId);
    const moved = entries.reduce((total, entry) => {
      const amount = entry.failed ? 0n : BigInt(entry.lamports);
      if (entry.from === wallet) return total - amount - FEE;
      return entry.to === wallet ? total + amount : total;
    }, 0n);
    const known = balance(`wallet:${accountId}`);
    if (known !== moved) yield `${accountId} moved ${moved} on the chain, the ledger says ${known}`;
  }
}

/** Signatures of the stakes that are booked for a bet and stand. */
function bookedStakes(booked: StoredBet['entries']): ReadonlySet<string> {
  const names = (prefix: string) =>
    booked.flatMap(({ posting }) => (posting.startsWith(prefix) ? [posting.slice(prefix.length)] : []));
  const gone = new Set(names('vanished:'));
  return new Set(names('stake:').filter((signature) => !gone.has(signature)));
}

const FEE = 5_000n;
