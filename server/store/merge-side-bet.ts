// What a fact or the history says of a side bet, and its settlement from the rug: never from the feed's own settlement
// rows, whose ticks mean different things on wins and losses. Money is exact. Pure.
import { sideBetWins } from '@/lib/game/rules';
import { computePayoutLamports } from '@/lib/game/side-bet-payout';
import type { HistorySideBet } from '@/lib/protocol/feed';
import type { GameId } from '@/lib/units/game-id';
import { lamports } from '@/lib/units/lamports';
import type { EpochMs } from '@/lib/units/time';
import { cleanText } from '@/server/store/clean-text';
import { earlier, type SideBetRow } from '@/server/store/rows';

export type ToldSideBet = {
  readonly gameId: GameId;
  readonly sideBet: HistorySideBet;
  /** When it was seen live; null from the history, whose word is final. */
  readonly seenAt: EpochMs | null;
};

/** A player has one open bet at a time, so that game, player and start name it. */
export function sideBetKey({ playerId, startTick }: { playerId: string; startTick: number }): string {
  return `${startTick} ${playerId}`;
}

export function mergeSideBet(row: SideBetRow | undefined, told: ToldSideBet): SideBetRow {
  const fresh = toRow(told);
  if (!row) return fresh;
  const terms = hasBetterTerms(row, fresh) ? fresh : row;
  return {
    ...terms,
    username: terms.username ?? row.username ?? fresh.username,
    placedAt: earlier(row.placedAt, fresh.placedAt),
    seenAt: earlier(row.seenAt, fresh.seenAt),
    confirmed: row.confirmed || fresh.confirmed,
  };
}

/** Settles by the rule once the rug is final; before, the bet is open. */
export function settleSideBet(row: SideBetRow, rugTick: number | null): SideBetRow {
  if (rugTick === null) return { ...row, outcome: null, payoutLamports: null };
  if (!sideBetWins({ startTick: row.startTick, rugTick })) {
    return { ...row, outcome: 'lost', payoutLamports: lamports(0n) };
  }
  return { ...row, outcome: 'won', payoutLamports: computePayoutLamports(row) };
}

function hasBetterTerms(row: SideBetRow, fresh: SideBetRow): boolean {
  if (row.confirmed !== fresh.confirmed) return fresh.confirmed;
  return !row.confirmed && fresh.seenAt! < (row.seenAt ?? Infinity);
}

function toRow({ gameId, sideBet, seenAt }: ToldSideBet): SideBetRow {
  return {
    gameId,
    playerId: cleanText(sideBet.playerId),
    startTick: sideBet.startTick,
    endTick: sideBet.endTick,
    username: sideBet.username === null ? null : cleanText(sideBet.username),
    stakeLamports: sideBet.stakeLamports,
    payoutMultiple: sideBet.payoutMultiple,
    coinAddress: cleanText(sideBet.coinAddress),
    placedAt: sideBet.placedAt,
    seenAt,
    confirmed: seenAt === null,
    outcome: null,
    payoutLamports: null,
  };
}
