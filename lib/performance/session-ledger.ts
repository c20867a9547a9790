// The three-way ledger of a session: what was advised, what the player took, and what the game made of it. Pure. Bets carry
// what was advised for that player at placement; advice that no bet answers is the record's, made for the reference player
// (10 SOL, default limits), so that its stakes are that player's.
import type { Stance } from '@/lib/bets/bet-advice';
import type { SessionBet, SettledBet } from '@/lib/performance/session-bet';
import { WINDOW_TICKS } from '@/lib/game/rules';
import { lamports, type Lamports } from '@/lib/units/lamports';

/** A recorded recommendation to bet, first in its ranking, and what the game made of it. */
export type AdvisedBet = {
  readonly gameId: string;
  /** When it was said, and where a bet taken at once would have begun. */
  readonly tick: number;
  readonly startTick: number;
  readonly stakeLamports: Lamports;
  /** `missed`: the game ended before the bet began. Null: not known yet. */
  readonly outcome: 'won' | 'lost' | 'missed' | null;
  readonly netLamports: Lamports | null;
};

export const LEDGER_KINDS = ['followed', 'against', 'unadvised', 'skipped'] as const;
export type LedgerKind = (typeof LEDGER_KINDS)[number];

export type LedgerRow = {
  readonly kind: LedgerKind;
  readonly bets: number;
  /** Of settled bets: what was advised for them, what was taken. Of skipped ones nothing was taken. */
  readonly advisedLamports: Lamports;
  readonly takenLamports: Lamports;
  readonly won: number;
  readonly lost: number;
  /** Void, expired, missed or open: in no figure but this. */
  readonly uncounted: number;
  /** Of skipped bets: what they would have brought. */
  readonly netLamports: Lamports;
};

/** `settled`: those of `bets` that are, as settledBets gives them. */
export function computeSessionLedger({
  bets,
  settled,
  skipped,
}: {
  bets: readonly SessionBet[];
  settled: readonly SettledBet[];
  skipped: readonly AdvisedBet[];
}): LedgerRow[] {
  const stanceOf = (bet: SessionBet): Stance => bet.stance ?? 'unadvised';
  const kinds = ['followed', 'against', 'unadvised'] as const;
  return [
    ...kinds.map((kind) => {
      const isOfKind = (bet: SessionBet) => stanceOf(bet) === kind;
      return takenRow(kind, { bets: bets.filter(isOfKind).length, settled: settled.filter(isOfKind) });
    }),
    skippedRow(skipped),
  ];
}

function takenRow(
  kind: Stance,
  { bets, settled }: { readonly bets: number; readonly settled: readonly SettledBet[] },
): LedgerRow {
  const won = settled.filter((bet) => bet.won).length;
  return {
    kind,
    bets,
    advisedLamports: sum(settled.map((bet) => bet.advisedLamports)),
    takenLamports: sum(settled.map((bet) => bet.stakeLamports)),
    won,
    lost: settled.length - won,
    uncounted: bets - settled.length,
    netLamports: sum(settled.map((bet) => bet.netLamports)),
  };
}

function skippedRow(skipped: readonly AdvisedBet[]): LedgerRow {
  const settled = skipped.filter(({ outcome }) => outcome === 'won' || outcome === 'lost');
  return {
    kind: 'skipped',
    bets: skipped.length,
    advisedLamports: sum(settled.map((bet) => bet.stakeLamports)),
    takenLamports: lamports(0n),
    won: settled.filter(({ outcome }) => outcome === 'won').length,
    lost: settled.filter(({ outcome }) => outcome === 'lost').length,
    uncounted: skipped.length - settled.length,
    netLamports: sum(settled.map((bet) => bet.netLamports ?? lamports(0n))),
  };
}

/**
 * Advice that a player betting whenever told so could have taken besides what they did: not while a bet of theirs on the
 * game was running, and of advice whose windows overlap only the first, since one bet at a time is the rule.
 */
export function findSkipped(advised: readonly AdvisedBet[], bets: readonly SessionBet[]): AdvisedBet[] {
  const taken = new Map<string, number[]>();
  for (const bet of bets) {
    if (bet.state !== 'expired') addTo(taken, bet.gameId, bet.startTick ?? bet.preparedTick ?? 0);
  }
  const inOrder = [...advised].sort((a, b) => (a.gameId < b.gameId ? -1 : a.gameId > b.gameId ? 1 : a.tick - b.tick));
  return inOrder.filter(({ gameId, startTick }) => {
    const overlaps = (taken.get(gameId) ?? []).some((start) => Math.abs(start - startTick) < WINDOW_TICKS);
    if (!overlaps) addTo(taken, gameId, startTick);
    return !overlaps;
  });
}

function addTo(starts: Map<string, number[]>, gameId: string, startTick: number): void {
  const list = starts.get(gameId);
  if (list) list.push(startTick);
  else starts.set(gameId, [startTick]);
}

function sum(amounts: readonly Lamports[]): Lamports {
  return lamports(amounts.reduce<bigint>((total, amount) => total + amount, 0n));
}
