// A place where bets are made. One interface; each implementation is a folder of server/bets/venues, and a line in
// server/bets/venues/create-venues.ts. A venue moves money and watches it; it never decides who won and writes no bet:
// it reports what it sees through the port, and the engine makes events of it. Reports may come twice or after a restart.
import type { Bet, VenueId, ExpiryReason } from '@/lib/bets/bet';
import type { GameFact } from '@/lib/game/events';
import type { VenueRules } from '@/lib/risk/venue';
import type { Lamports } from '@/lib/units/lamports';
import type { Result } from '@/lib/units/result';
import type { EpochMs } from '@/lib/units/time';
import type { BetProblem } from '@/lib/protocol/bet-problem';
import type { GameId } from '@/lib/units/game-id';

export type BetOwner = {
  readonly accountId: string;
  /** The wallet's address. */
  readonly publicKey: string;
  readonly playerId: string | null;
  readonly latencyMs: number;
};

/** What the player gets to sign or to do, in words and in bytes. */
export type Preparation = {
  /** Unsigned transaction, base64; absent where there is nothing to sign. */
  readonly transaction?: string;
  /** What signing it does, one sentence a line. */
  readonly words: readonly string[];
  readonly feeLamports: Lamports;
  /** What the player holds after it, where that is known. */
  readonly balanceAfterLamports: Lamports | null;
  /** Kept with the bet (bets.preparation) and given back to `check` and `relay`. Plain JSON. */
  readonly kept: object | null;
};

export type CheckedStake = {
  readonly signature: string;
  readonly bytes: Uint8Array;
  readonly lastValidBlockHeight: number;
};

export type Venue = {
  readonly id: VenueId;
  readonly name: string;
  rules(): VenueRules;
  /** Null while bets can be placed; else why not, in words. */
  problem(): BetProblem | null;
  /** What the player holds there; null where the venue cannot know. */
  balance(owner: BetOwner): Promise<Result<Lamports | null, BetProblem>>;
  /**
   * Builds what the player is to sign, and tries it out. Nothing has moved yet. `known`: what `balance` said a moment ago;
   * the trial run has the last word.
   */
  prepare(
    bet: Bet,
    owner: BetOwner,
    known?: { readonly balanceLamports: Lamports | null },
  ): Promise<Result<Preparation, BetProblem>>;
  /**
   * `sign`: the player submits a signed transaction. `none`: submitted as soon as it is prepared. `elsewhere`: the player
   * places it on another site and the venue sees it.
   */
  readonly submission: 'sign' | 'none' | 'elsewhere';
  /** Exactly what was prepared, signed by its player, and nothing else. Pure but for reading `kept`. */
  check?(input: {
    readonly bet: Bet;
    readonly owner: BetOwner;
    readonly kept: unknown;
    readonly transaction: string;
  }): Result<CheckedStake, BetProblem>;
  /** Called once the bet is `submitted` on record, and again after a restart: relays, watches, reports. Idempotent. */
  follow(bet: Bet, owner: BetOwner): void;
  /** Called when a bet is `won` or `void` with a final stake, and again after a restart: pays once, reports `paid`. */
  payBack(bet: Bet, owner: BetOwner, lamports: Lamports): void;
  /** Facts of the feed, in order: for venues that see bets there. */
  take?(fact: GameFact): void;
  start(port: VenuePort): Promise<void>;
  stop(): Promise<void>;
};

/**
 * Every report resolves once it is on record, or found to be there already; it rejects when the record cannot be written,
 * or when it comes before the one it builds on (`finalized` or `vanished` before `confirmed`): report again later, in
 * order. The engine keeps the stake's row of bet_transactions (written with `submitted`, its status with each report); rows
 * of payouts and refunds are the venue's own, and `paid` marks the one it names as finalized.
 */
export type VenuePort = {
  /** The stake has been taken; `at` is when the venue saw it. The engine names the tick. `seen`: the feed named it. */
  confirmed(report: {
    readonly betId: string;
    readonly signature: string | null;
    readonly stakeLamports: Lamports;
    readonly feeLamports: Lamports;
    readonly at: EpochMs;
    readonly seen?: { readonly gameId: GameId; readonly startTick: number };
  }): Promise<void>;
  /** Nothing can undo it any more. */
  finalized(report: { readonly betId: string; readonly signature: string | null }): Promise<void>;
  /** It was confirmed, and the chain took it back for good. */
  vanished(report: { readonly betId: string; readonly signature: string }): Promise<void>;
  /** It will never be taken. */
  failed(report: {
    readonly betId: string;
    readonly reason: ExpiryReason;
    readonly feeLamports: Lamports;
    readonly signature: string | null;
  }): Promise<void>;
  /** The payout or refund is final. */
  paid(report: {
    readonly betId: string;
    readonly signature: string | null;
    readonly lamports: Lamports;
    readonly feeLamports: Lamports;
  }): Promise<void>;
  /** A bet of a linked player that has no ticket: the engine makes one and activates it. */
  found(report: {
    readonly accountId: string;
    readonly gameId: GameId;
    readonly startTick: number;
    readonly stakeLamports: Lamports;
    readonly payout: number;
    readonly at: EpochMs;
  }): Promise<void>;
  /**
   * The house's own money moved, once this is final: funding arrived (`lamports` above 0: funding −, house +), or a paying
   * transaction of ours landed and failed, which costs its fee only (house −, fees +). Posting "house:<signature>".
   */
  houseMoved(report: {
    readonly signature: string;
    readonly lamports: Lamports;
    readonly feeLamports: Lamports;
  }): Promise<void>;
  /** Money that belongs to no bet reached the venue's address, or left it. Booked, and an alert raised. */
  unidentified(report: {
    readonly signature: string;
    readonly lamports: Lamports;
    readonly feeLamports: Lamports;
  }): Promise<void>;
};
