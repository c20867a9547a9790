// What the verbs of the engine share.
import type { VenueId } from '@/lib/bets/bet';
import type { BetProblem } from '@/lib/protocol/bet-problem';
import { betProblem } from '@/lib/protocol/bet-problem';
import type { Recommender } from '@/lib/decision/recommend';
import { err, type Result } from '@/lib/units/result';
import type { LiveSource } from '@/server/bets/live-source';
import { RecordUnavailableError, type BetStore, type Ran, type Step } from '@/server/bets/store/bet-store';
import type { Venue } from '@/server/bets/venue';

export type EngineParts = {
  readonly store: BetStore;
  readonly venues: ReadonlyMap<VenueId, Venue>;
  readonly live: LiveSource;
  readonly recommender: Recommender;
  /** 128 random bits each time, base58. */
  readonly newId: () => string;
  /** Why no bet is taken at any venue; null while they are. */
  readonly closed: () => BetProblem | null;
  /** Runs a step, and tells everybody what it changed. */
  readonly run: <T>(step: Step<T>) => Promise<Ran<T>>;
};

/** A record that cannot be reached is an answer like any other to whoever asks; everything else is a fault. */
export async function answering<T>(work: () => Promise<Result<T, BetProblem>>): Promise<Result<T, BetProblem>> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RecordUnavailableError)) throw error;
    return err(
      betProblem('record-unavailable', 'The record cannot be reached, and without it no bet moves. Try again.', {
        retryAfterMs: 2_000,
      }),
    );
  }
}
