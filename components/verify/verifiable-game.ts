// A game as the record has it, and whether it can be verified at all; if not, why, in words. Pure.
import { z } from 'zod';
import type { Round } from '@/components/verify/check-round';
import { isGeneratorVersion } from '@/lib/game/provably-fair';
import { gamePathSchema, storedGameSchema } from '@/lib/protocol/games-api';
import { err, ok, type Result } from '@/lib/units/result';

/** What verifying needs of a stored game; whatever else an answer holds is left out. */
const verifiableGameSchema = storedGameSchema.pick({
  gameId: true,
  rugTick: true,
  peak: true,
  version: true,
  serverSeed: true,
  serverSeedHash: true,
});

/** Of `GET /api/games/ID`. */
export const gameAnswerSchema = gamePathSchema.extend({ game: verifiableGameSchema });

const recentGameSchema = storedGameSchema.pick({ gameId: true, rugTick: true, peak: true, endedAt: true });
export type RecentGame = Readonly<z.infer<typeof recentGameSchema>>;

/** Of `GET /api/games`: what a picker needs. */
export const recentGamesSchema = z.object({ games: z.array(recentGameSchema) });

export type VerifiableGame = Readonly<z.infer<typeof verifiableGameSchema>> & {
  readonly prices: readonly (number | null)[];
};

export function toRound(game: VerifiableGame): Result<Round, string> {
  const obstacle = findObstacle(game);
  if (obstacle !== null) return err(obstacle);
  const { gameId, serverSeed, serverSeedHash, version, prices, peak } = game;
  if (serverSeed === null || version === null || !isGeneratorVersion(version)) return err(WITHOUT_SEED);
  return ok({ gameId, serverSeed, serverSeedHash, version, recorded: { prices, peak } });
}

const WITHOUT_SEED =
  'Its seed is not on record, and without it there is nothing to replay: this game cannot be verified.';

/** Null when the game can be verified. */
export function findObstacle(game: Omit<VerifiableGame, 'prices'>): string | null {
  if (game.rugTick === null) {
    return 'This game has not ended. Its seed stays secret until it has; before that nobody can know, or check, how it goes.';
  }
  if (game.serverSeed === null) {
    return game.serverSeedHash === null
      ? WITHOUT_SEED
      : 'Its seed has not been seen yet: the feed reveals it a few seconds after the rug. If it never came, this game cannot be verified.';
  }
  if (game.version === null || !isGeneratorVersion(game.version)) {
    return `It was made by generator version ${game.version ?? 'unknown'}, which is not published (v1 and v3 are), so there is nothing to replay it with.`;
  }
  return null;
}
