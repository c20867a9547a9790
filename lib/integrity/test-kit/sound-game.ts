// A game that passes every check, for tests and the bench to break or to repeat.
import { hashServerSeed, replayGame } from '@/lib/game/provably-fair';
import { sideBetWins } from '@/lib/game/rules';
import type { GameOnRecord } from '@/lib/integrity/game-on-record';
import { gameId } from '@/lib/units/game-id';
import { lamports } from '@/lib/units/lamports';

export function createSoundGame(number: number): GameOnRecord {
  const id = gameId(`20260101-${number.toString(16).padStart(16, '0')}`);
  const serverSeed = `seed ${number}`;
  const { prices, rugTick, peak } = replayGame({ serverSeed, gameId: id, version: 'v3' });
  const path = [...prices, 0.01];
  const startTicks = [0, 7, 45, Math.max(0, rugTick - 40), rugTick - 1].filter((tick) => tick < rugTick);
  return {
    gameId: id,
    version: 'v3',
    serverSeed,
    serverSeedHash: hashServerSeed(serverSeed),
    commitmentKept: true,
    verification: 'verified',
    rugTick,
    peak,
    complete: true,
    prices: path,
    tickPrices: null,
    arrivalsMs: path.map((_, tick) => (tick % 9 === 4 ? null : tick * 250)),
    trades: startTicks.map((tick) => ({ tick, price: path[tick]! })),
    sideBets: startTicks.map((startTick) => {
      const wins = sideBetWins({ startTick, rugTick });
      return {
        startTick,
        endTick: startTick + 40,
        stakeLamports: lamports(12_500_000n),
        payoutMultiple: 5,
        outcome: wins ? 'won' : 'lost',
        payoutLamports: lamports(wins ? 62_500_000n : 0n),
      };
    }),
    predictions: startTicks.map((tick) => ({ tick, rugTick, won: sideBetWins({ startTick: tick, rugTick }) })),
  };
}
