import { describe, expect, it } from 'vitest';
import { epochMs } from '@/lib/units/time';
import { createCrowd } from '@/server/simulator/crowd';
import { planGame, type GamePlan } from '@/server/simulator/plan-game';
import { createRandom } from '@/server/simulator/random';
import { closeGame, EMPTY_SESSION, INSTARUG_THRESHOLD, type Session } from '@/server/simulator/session';

const DAY_MS = 86_400_000;
const START = epochMs(Date.UTC(2025, 11, 14));
const players = createCrowd(createRandom('session'));
const base = planGame({ seed: 'session', index: 0, at: START, hazard: 0.005, players });

function game(change: Partial<GamePlan>, index = 0, day = 0): GamePlan {
  const { gameId } = planGame({ seed: 'ids', index, at: epochMs(START + day * DAY_MS), hazard: 0.005, players });
  return { ...base, gameId, ...change };
}

function close(session: Session, plan: GamePlan): Session {
  return closeGame(session, { plan, rows: [], at: START });
}

describe('the session', () => {
  it('keeps the last ten games, newest first, and the peaks of the last hundred', () => {
    let session = EMPTY_SESSION;
    for (let index = 1; index <= 120; index++) session = close(session, game({ peak: index }, index));
    expect(session.history.map(({ peakMultiplier }) => peakMultiplier)).toEqual(
      Array.from({ length: 10 }, (_, i) => 120 - i),
    );
    expect(session.peaks).toHaveLength(100);
    expect(session.peaks[0]).toBe(120);
  });

  it('names the highest game of the day, and starts over on the next', () => {
    let session = close(EMPTY_SESSION, game({ peak: 50 }, 1));
    session = close(session, game({ peak: 3 }, 2));
    expect(session.highest?.peak).toBe(50);
    session = close(session, game({ peak: 4 }, 3, 1));
    expect(session.highest?.peak).toBe(4);
  });

  it('keeps a tenfold jump under the highest multiple it reached', () => {
    const prices = [1, 1.2, 12, 11, 0.01];
    const session = close(EMPTY_SESSION, game({ prices, rugTick: 4, peak: 12 }));
    expect(session.godCandles[10]).toMatchObject({ peak: 12, jump: [1.2, 12], prices: [1, 1.2, 12, 11] });
    expect(session.godCandles[2]).toBeNull();
    expect(close(session, game({ prices: [1, 2, 0.01], rugTick: 2, peak: 2 }, 1)).godCandles).toEqual(
      session.godCandles,
    );
  });

  it('fills the rug pool with instant rugs and pays it out at its threshold', () => {
    let session = EMPTY_SESSION;
    for (let index = 0; index < INSTARUG_THRESHOLD; index++) session = close(session, game({ rugTick: 2 }, index));
    expect(session.instarugCount).toBe(INSTARUG_THRESHOLD);
    expect(session.rugpoolLamports).toBeGreaterThan(0n);
    session = close(session, game({ rugTick: 200 }, 99));
    expect(session).toMatchObject({ instarugCount: 0, rugpoolLamports: 0n });
  });
});
