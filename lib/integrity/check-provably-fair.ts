// Two checks: the path on record is the one the revealed seed generates, bit for bit, and that seed is the one the feed had
// committed itself to. Pure; the same generator as lib/game/provably-fair, which verified the game when it came.
import { hashServerSeed, isGeneratorVersion, replayGame, type ReplayedGame } from '@/lib/game/provably-fair';
import { count, failed, passed, unverifiable, type CheckResult } from '@/lib/integrity/check-result';
import type { GameOnRecord } from '@/lib/integrity/game-on-record';

export function checkProvablyFair(game: GameOnRecord): CheckResult {
  const { gameId, serverSeed, serverSeedHash, version } = game;
  if (serverSeed === null)
    return unverifiable('provably-fair', 'No seed is on record, so the path cannot be replayed.');
  if (hashServerSeed(serverSeed) !== serverSeedHash) {
    return failed('provably-fair', 'The SHA-256 of the revealed seed is not the hash on record.');
  }
  if (version === null || !isGeneratorVersion(version)) {
    const words = `"${version ?? 'unknown'}" is no published generator, so the path cannot be replayed.`;
    return unverifiable('provably-fair', words);
  }
  return comparePaths(game, replayGame({ serverSeed, gameId, version }));
}

function comparePaths(game: GameOnRecord, replayed: ReplayedGame): CheckResult {
  if (replayed.rugTick !== game.rugTick) {
    const words = `The seed generates a rug at tick ${replayed.rugTick}; the record has it at tick ${game.rugTick}.`;
    return failed('provably-fair', words);
  }
  let missing = 0;
  for (let tick = 0; tick < replayed.rugTick; tick++) {
    const price = game.prices[tick] ?? null;
    if (price === null) missing++;
    else if (price !== replayed.prices[tick]) {
      const words = `At tick ${tick} the seed generates ${replayed.prices[tick]}; the record has ${price}.`;
      return failed('provably-fair', words);
    }
  }
  if (missing > 0) {
    const words = `Not on record: ${count(missing, 'tick')} before the rug. The others replay bit for bit.`;
    return unverifiable('provably-fair', words);
  }
  if (game.verification !== 'verified') {
    const words = `The path replays bit for bit, but the copy that confirmed the game was found ${game.verification}.`;
    return failed('provably-fair', words);
  }
  return passed(
    'provably-fair',
    `The seed hashes to its commitment; ${count(game.rugTick, 'tick')} replay bit for bit.`,
  );
}

export function checkCommitment({ commitmentKept }: GameOnRecord): CheckResult {
  if (commitmentKept === null) {
    return unverifiable('commitment', 'No hash was seen before this game, so there is nothing to hold the seed to.');
  }
  if (!commitmentKept) {
    return failed('commitment', 'The hash shown before the game is not the hash of the seed revealed after it.');
  }
  return passed('commitment', 'The hash shown before the game is the hash of the seed revealed after it.');
}
