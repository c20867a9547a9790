// What the rest of the server may ask of the bets. The implementation is createBetEngine.
import type { Bet } from '@/lib/bets/bet';
import type { GameFact } from '@/lib/game/events';
import type { BetProblem } from '@/lib/protocol/bet-problem';
import type { BetView, PlacedBet, PlaceBetRequest } from '@/lib/protocol/bets-api';
import type { Result } from '@/lib/units/result';
import type { Actor } from '@/server/auth/actor';
import type { BetsQuery } from '@/server/bets/bets-parameters';
import type { StoredBet } from '@/server/bets/store/bet-store';

export type BetEngine = {
  /** Idempotent by the actor's account and `clientKey`: the same again gives the same bet and the same transaction. */
  place(actor: Actor, request: PlaceBetRequest): Promise<Result<PlacedBet, BetProblem>>;
  submit(actor: Actor, betId: string, transaction: string): Promise<Result<BetView, BetProblem>>;
  /** Before it is submitted only. */
  cancel(actor: Actor, betId: string): Promise<Result<BetView, BetProblem>>;
  /** Bets of an account that are not closed, newest first: what the live channel begins with. */
  unclosed(accountId: string): readonly BetView[];
  /** Facts of the feed, in order, after the live loop has taken them. */
  take(fact: GameFact): void;
  /** Time passes: timeouts, idle sessions. Called a few times a second. */
  tick(): void;
  /** One bet of the account, or null. */
  read(accountId: string, betId: string): Promise<BetView | null>;
  /** Bets of the account, newest first. */
  list(accountId: string, query: BetsQuery): Promise<readonly StoredBet[]>;
  /** Ends a running session by hand; bets of it that are open still settle in it. Idempotent. */
  closeSession(accountId: string, sessionId: string): Promise<Result<null, BetProblem>>;
  /** From now on no bet is placed, for this reason in words; what is open goes on. Until `resume`. */
  halt(reason: string): void;
  resume(): void;
  onChange(listener: (bet: Bet, view: BetView) => void): void;
  /** Loads every bet that is not closed and takes it up where it stands. */
  start(): Promise<void>;
  stop(): Promise<void>;
};
