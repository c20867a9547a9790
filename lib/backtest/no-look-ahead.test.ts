// The law of the backtester: what is shown at a tick depends on earlier games and on this game's ticks so far, on nothing
// else. Checked by changing what comes later, all of it, and finding every earlier number the same.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBacktest, type Backtest } from '@/lib/backtest/backtest';
import type { RecordedGame } from '@/lib/backtest/recorded-game';
import { volatileWorld } from '@/lib/backtest/test-kit/worlds';
import { MODEL_IDS } from '@/lib/hazard/model-set';
import type { Strategy } from '@/lib/strategy/strategy';
import { lamports } from '@/lib/units/lamports';

type Seen = { tick: number; win: number; lower: number; hazard: number; bankroll: bigint };

/** Notes everything it is shown and bets on every fiftieth look, so that its bankroll moves. */
function createSpy(): { strategy: Strategy; seen: Seen[] } {
  const seen: Seen[] = [];
  const strategy: Strategy = {
    id: 'spy',
    name: 'Spy',
    tier: 'mathematical',
    summary: '',
    parameters: {},
    decide({ assessment, profile, ceilingLamports }) {
      const { tick, winProbability, hazard } = assessment;
      const { value: win, lower } = winProbability;
      seen.push({ tick, win, lower, hazard, bankroll: profile.bankrollLamports });
      if (seen.length % 50 !== 0 || ceilingLamports < 1_000_000n) return { action: 'wait', reasons: () => [] };
      const stakeLamports = lamports(1_000_000n);
      const plan = { kind: 'flat', stakeLamports } as const;
      return { action: 'bet', stakeLamports, wantedLamports: stakeLamports, plan, reasons: () => [] };
    },
  };
  return { strategy, seen };
}

const TRAINING = volatileWorld({ games: 260, seed: 'training', effect: 1.2 });
const PAST = volatileWorld({ games: 12, seed: 'past', effect: 1.2 });
const FUTURE = volatileWorld({ games: 12, seed: 'future', effect: 1.2 });

function startBacktest(): { backtest: Backtest; seen: Seen[] } {
  const { strategy, seen } = createSpy();
  const backtest = createBacktest({
    modelIds: MODEL_IDS,
    strategies: [strategy],
    bankrollLamports: lamports(10_000_000_000n),
    delayTicks: 1,
    seed: '1',
  });
  for (const game of TRAINING) backtest.learn(game);
  return { backtest, seen };
}

function watch(games: readonly RecordedGame[]): { seen: Seen[]; lengths: number[]; backtest: Backtest } {
  const { backtest, seen } = startBacktest();
  const lengths = games.map((game) => {
    backtest.play(game);
    return seen.length;
  });
  return { seen, lengths, backtest };
}

describe('the backtester does not look ahead', () => {
  it('has a headline here that follows covariates, so that there would be something to see', () => {
    const { seen, backtest } = watch(PAST);
    expect(backtest.result().headline.modelId).toContain('volatility');
    expect(new Set(seen.map(({ win }) => win)).size).toBeGreaterThan(100);
  });

  it('shows the same past whatever games come after, in whatever order', () => {
    const reference = watch([...PAST, ...FUTURE]);
    const cut = reference.lengths[PAST.length - 1]!;
    fc.assert(
      fc.property(fc.shuffledSubarray(FUTURE, { minLength: 0, maxLength: FUTURE.length }), (future) => {
        const other = watch([...PAST, ...future]);
        expect(other.lengths[PAST.length - 1]).toBe(cut);
        expect(other.seen.slice(0, cut)).toEqual(reference.seen.slice(0, cut));
      }),
      { numRuns: 4 },
    );
  });

  it('shows the same ticks of a game whenever it ends', () => {
    const long = longestOf(PAST);
    fc.assert(
      fc.property(fc.integer({ min: 2, max: long.rugTick }), (rugTick) => {
        const shorter = { ...long, rugTick, prices: [...long.prices!.slice(0, rugTick), 0.01] };
        const [whole, cut] = [watch([long]), watch([shorter])];
        const before = (seen: readonly Seen[]) => seen.filter(({ tick }) => tick < rugTick);
        expect(before(cut.seen)).toEqual(before(whole.seen));
      }),
      { numRuns: 4 },
    );
  });
});

function longestOf(games: readonly RecordedGame[]): RecordedGame {
  return games.reduce((longest, game) => (game.rugTick > longest.rugTick ? game : longest));
}
