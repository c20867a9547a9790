// The followed game as pages and the API tell it.
import { priceAt } from '@/lib/game/price-path';
import { committedHash, type TrackedGame } from '@/lib/game/state';
import type { GameView } from '@/lib/protocol/push';

export function toGameView(game: TrackedGame): GameView {
  return {
    gameId: game.gameId,
    phase: game.phase,
    tick: game.liveTick,
    price: game.liveTick === null ? null : priceAt(game.path, game.liveTick),
    peak: game.path.peak,
    rugTick: game.rugTick,
    serverSeedHash: committedHash(game),
    version: game.version,
    cooldownMs: game.cooldownMs,
    connectedPlayers: game.connectedPlayers,
    tradeCount: game.tradeCount,
    startedAt: game.startedAt,
    ruggedAt: game.ruggedAt,
  };
}
