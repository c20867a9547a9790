// How the shell writes the record. Writing never waits: facts go to a bounded queue, from there to PostgreSQL in batches,
// and to a spool on disk while the database is away. Reading is server/history's.
import type { Assessment } from '@/lib/decision/assess';
import type { MadePrediction, MadeRecommendation } from '@/lib/decision/made';
import type { GameFact } from '@/lib/game/events';
import type { EpochMs } from '@/lib/units/time';

export type DeadLetter = {
  readonly at: EpochMs;
  readonly event: string;
  readonly reason: string;
  /** The piece that could not be decoded; kept as JSON, cut to a bounded size. */
  readonly part: unknown;
};

export type StoreHealth = {
  /** `behind`: facts wait in the spool; nothing is lost. `down`: the spool is full and facts are being dropped, counted. */
  readonly status: 'ok' | 'behind' | 'down';
  readonly queued: number;
  readonly spooled: number;
  readonly dropped: number;
  readonly written: number;
};

export type Store = {
  /** Takes a fact for the record, a tick with its assessment; returns at once whatever the database does. */
  write(fact: GameFact, assessment?: Assessment | null): void;
  writePrediction(prediction: MadePrediction): void;
  writeRecommendation(recommendation: MadeRecommendation): void;
  writeDeadLetter(letter: DeadLetter): void;
  health(): StoreHealth;
  /** Resolves when everything taken so far is durable in PostgreSQL (not merely spooled). */
  flush(): Promise<void>;
  stop(): Promise<void>;
};
