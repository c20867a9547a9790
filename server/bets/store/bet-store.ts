// The record of bets: rows, events, sessions, transactions and the ledger, changed together or not at all. A step says what
// it must know, decides purely on what the record says at that moment, and is alone while it does. Two implementations
// under one contract: PostgreSQL, and memory for simulations.
import type { Account } from '@/lib/account/account';
import type { Bet, VenueId } from '@/lib/bets/bet';
import type { BetEvent } from '@/lib/bets/bet-event';
import type { BetSession } from '@/lib/bets/bet-session';
import type { BetTransaction } from '@/lib/bets/bet-transaction';
import type { ActivityBet } from '@/lib/bets/betting-activity';
import type { LedgerAccount, Posting } from '@/lib/ledger/ledger';
import type { BetsQuery } from '@/server/bets/bets-parameters';
import type { GameId } from '@/lib/units/game-id';
import type { Lamports } from '@/lib/units/lamports';
import type { EpochMs } from '@/lib/units/time';

export type LedgerEntry = {
  readonly posting: string;
  readonly account: LedgerAccount;
  readonly lamports: Lamports;
  readonly signature: string | null;
};

/** What the player was given to sign, kept so that the same command gets the same answer. Plain JSON. */
export type KeptPreparation = {
  readonly transaction?: string;
  readonly words: readonly string[];
  readonly feeLamports: string;
  readonly balanceAfterLamports: string | null;
  /** The venue's own. */
  readonly kept: object | null;
};

export type StoredBet = {
  readonly bet: Bet;
  readonly preparation: KeptPreparation | null;
  readonly transactions: readonly BetTransaction[];
  readonly entries: readonly LedgerEntry[];
};

/** What a step must know. Everything is read in one go, under the lock. */
export type Asks = {
  readonly bets?: readonly string[];
  /** The player's bet of that client key, open bets, running session, recent bets, account. */
  readonly placement?: { readonly accountId: string; readonly venue: VenueId; readonly clientKey: string };
  readonly accounts?: readonly string[];
  readonly sessions?: readonly string[];
  /** Running sessions without a bet since then. */
  readonly idleSince?: EpochMs;
};

/** Answers only what was asked; the rest reads as absent. */
export type BetFacts = {
  bet(betId: string): StoredBet | null;
  betByClientKey(accountId: string, clientKey: string): StoredBet | null;
  /** Prepared, submitted and active bets, of any venue. */
  openBets(accountId: string): readonly Bet[];
  session(sessionId: string): BetSession | null;
  runningSession(accountId: string, venue: VenueId): BetSession | null;
  idleSessions(since: EpochMs): readonly BetSession[];
  /** Bets of the last day and since the running sessions began, of any venue. */
  activity(accountId: string): readonly ActivityBet[];
  account(accountId: string): Account | null;
};

export type Changes = {
  readonly events?: readonly { readonly betId: string; readonly event: BetEvent }[];
  /** With the first event of a bet only. */
  readonly preparation?: KeptPreparation;
  readonly sessions?: readonly BetSession[];
  /** Replaces the one of the same signature. */
  readonly transactions?: readonly BetTransaction[];
  /** One whose name is booked already is left out. */
  readonly postings?: readonly Posting[];
};

export type Decision<T> = { readonly result: T; readonly changes: Changes | null };

export type Step<T> = {
  /** A player waits for it: it goes before steps that nobody waits for. */
  readonly isUrgent?: boolean;
  readonly asks: Asks;
  /** Pure but for the clock and the live game; may be called again when the transaction has to be repeated. */
  decide(facts: BetFacts): Decision<T>;
};

export type Ran<T> = { readonly result: T; readonly changed: readonly StoredBet[] };

export type BetStore = {
  /** Rejects with RecordUnavailableError when the record cannot be written, or too much waits to be. */
  run<T>(step: Step<T>): Promise<Ran<T>>;
  /** Reads without the lock: what it says may be over by the time it is read. */
  look(asks: Asks): Promise<BetFacts>;
  /** Bets of an account, newest first; read without the lock. */
  list(accountId: string, query: BetsQuery): Promise<readonly StoredBet[]>;
  /** Every bet that is not closed, oldest first; at most UNCLOSED_MAX. */
  unclosed(): Promise<readonly StoredBet[]>;
  /** Where confirmed games ended; games that are not confirmed are left out. */
  results(gameIds: readonly GameId[]): Promise<ReadonlyMap<GameId, number>>;
  /** Bets prepared since then that were lost before their game's end was known. */
  lostEarly(since: EpochMs): Promise<readonly StoredBet[]>;
  /** Resolves once nothing that was asked is under way. */
  idle(): Promise<void>;
  stop(): Promise<void>;
};

/** More cannot be open at once by a wide margin: one a player. The oldest come first. */
export const UNCLOSED_MAX = 20_000;

export class RecordUnavailableError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RecordUnavailableError';
  }
}
