// Replays one game from its seed with the published generator and compares it with what is known of it: the hash that was
// shown before it, the path that was recorded. Pure, and the same generator as the server's (lib/game/provably-fair). Called
// by the pages that verify in the browser.
import { hashServerSeed, replayGame, type GeneratorVersion, type ReplayedGame } from '@/lib/game/provably-fair';

export type Round = {
  readonly serverSeed: string;
  readonly gameId: string;
  readonly version: GeneratorVersion;
  /** Shown before the game; null when there is none to compare with. */
  readonly serverSeedHash: string | null;
  /** What was recorded of it; null when the seed is all there is. */
  readonly recorded: RecordedPath | null;
};

export type RecordedPath = {
  /** Index = tick, rug price last; null for a tick not on record. */
  readonly prices: readonly (number | null)[];
  /** As it was published with the path; null when it was not. */
  readonly peak: number | null;
};

export type PathComparison =
  | { readonly kind: 'same'; readonly prices: number }
  /** Every recorded price agrees, but some are not on record. */
  | { readonly kind: 'holes'; readonly compared: number; readonly missing: number }
  | ({ readonly kind: 'differs' } & FirstDifference);

/** The price at `tick` in each; null where that path has ended already. */
export type FirstDifference = {
  readonly tick: number;
  readonly replayed: number | null;
  readonly recorded: number | null;
};

export type RoundCheck = {
  readonly round: Round;
  readonly seedHash: string;
  /** Null: no hash was given. */
  readonly hashOk: boolean | null;
  readonly replayed: ReplayedGame;
  /** Null: there is no recorded path. */
  readonly path: PathComparison | null;
  readonly peakOk: boolean | null;
  readonly verdict: CheckVerdict;
};

/**
 * `verified`: the seed is the one committed to and gives this game, whole. `failed`: something differs. `partly`: what could be
 * compared agrees, and not everything could. `replayed`: there was nothing to compare with.
 */
export type CheckVerdict = 'verified' | 'failed' | 'partly' | 'replayed';

export function checkRound(round: Round): RoundCheck {
  const { recorded, serverSeedHash } = round;
  const replayed = replayGame(round);
  const seedHash = hashServerSeed(round.serverSeed);
  const hashOk = serverSeedHash === null ? null : seedHash === serverSeedHash;
  const path = recorded && comparePaths(replayed, recorded.prices);
  const peakOk = recorded && recorded.peak !== null ? recorded.peak === replayed.peak : null;
  return { round, seedHash, hashOk, replayed, path, peakOk, verdict: judge({ hashOk, path, peakOk }) };
}

function judge({ hashOk, path, peakOk }: Pick<RoundCheck, 'hashOk' | 'path' | 'peakOk'>): CheckVerdict {
  if (hashOk === false || path?.kind === 'differs' || peakOk === false) return 'failed';
  if (hashOk && path?.kind === 'same') return 'verified';
  return hashOk === null && path === null ? 'replayed' : 'partly';
}

/** Bit for bit. The recorded path has one price more: the rug's, which is not drawn and is not compared. */
export function comparePaths(replayed: ReplayedGame, recorded: readonly (number | null)[]): PathComparison {
  const recordedRug = recorded.length - 1;
  let missing = 0;
  for (let tick = 0; tick < Math.min(replayed.rugTick, recordedRug); tick++) {
    const price = recorded[tick] ?? null;
    if (price === null) missing++;
    else if (price !== replayed.prices[tick]) {
      return { kind: 'differs', tick, replayed: replayed.prices[tick]!, recorded: price };
    }
  }
  if (replayed.rugTick !== recordedRug) return differentEnd(replayed, recorded);
  return missing === 0
    ? { kind: 'same', prices: replayed.rugTick }
    : { kind: 'holes', compared: replayed.rugTick - missing, missing };
}

/** One of them rugs where the other goes on. */
function differentEnd(replayed: ReplayedGame, recorded: readonly (number | null)[]): PathComparison {
  const recordedRug = recorded.length - 1;
  const tick = Math.max(0, Math.min(replayed.rugTick, recordedRug));
  return {
    kind: 'differs',
    tick,
    replayed: replayed.prices[tick] ?? null,
    recorded: tick < recordedRug ? (recorded[tick] ?? null) : null,
  };
}
