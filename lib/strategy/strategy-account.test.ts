import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBacktest } from '@/lib/backtest/backtest';
import { gamesOfLengths } from '@/lib/backtest/test-kit/worlds';
import { GAME_TICKS_MAX, sideBetWins } from '@/lib/game/rules';
import { DEFAULT_VENUE } from '@/lib/risk/venue';
import { STRATEGIES } from '@/lib/strategy/registry';
import type { Strategy, StrategyContext } from '@/lib/strategy/strategy';
import { lamports } from '@/lib/units/lamports';

const SOL = 1_000_000_000n;
const STAKE = lamports(SOL / 10n);

/** Bets 0.1 SOL whenever it may. */
function eager({ log }: { log?: (context: StrategyContext) => void } = {}): Strategy {
  return {
    id: 'eager',
    name: 'Eager',
    tier: 'aggressive',
    summary: '',
    parameters: {},
    decide(context) {
      log?.(context);
      const plan = { kind: 'flat', stakeLamports: STAKE } as const;
      return { action: 'bet', stakeLamports: STAKE, wantedLamports: STAKE, plan, reasons: () => [] };
    },
  };
}

function play({
  strategies = [eager()],
  lengths,
  delayTicks = 0,
  bankroll = 10n * SOL,
}: {
  strategies?: readonly Strategy[];
  lengths: readonly number[];
  delayTicks?: number;
  bankroll?: bigint;
}) {
  const backtest = createBacktest({
    modelIds: ['published'],
    strategies,
    bankrollLamports: lamports(bankroll),
    delayTicks,
    seed: '1',
  });
  for (const game of gamesOfLengths(lengths)) backtest.play(game);
  return backtest.result();
}

describe('a strategy’s account', () => {
  it('wins four stakes when the rug falls inside the window and loses one when it does not', () => {
    expect(play({ lengths: [40] }).strategies.eager).toMatchObject({
      bets: 1,
      wins: 1,
      finalBankrollLamports: 10_400_000_000n,
    });
    expect(play({ lengths: [41] }).strategies.eager!.wins).toBe(0);
    expect(play({ lengths: [1] }).strategies.eager!.wins).toBe(1);
  });

  it('takes a presale bet at tick 0 whatever the delay, and later bets only when they arrive before the rug', () => {
    expect(play({ lengths: [1], delayTicks: 5 }).strategies.eager).toMatchObject({ bets: 1, wins: 1, missed: 0 });
    // The bet of tick 0 is lost at tick 40; the pause of 30 s lasts to tick 160, and the next bet starts at 165.
    const late = (rugTick: number) => play({ lengths: [rugTick], delayTicks: 5 }).strategies.eager!;
    expect(late(160)).toMatchObject({ bets: 1, missed: 0 });
    expect(late(163)).toMatchObject({ bets: 1, missed: 1 });
    expect(late(165)).toMatchObject({ bets: 1, missed: 1 });
    expect(late(166)).toMatchObject({ bets: 2, wins: 1, missed: 0 });
    expect(late(206)).toMatchObject({ bets: 2, wins: 0, missed: 0 });
  });

  it('has one open bet at a time: the next starts no earlier than the last one ends', () => {
    const starts: number[] = [];
    const strategy = eager({ log: ({ assessment }) => starts.push(assessment.tick) });
    play({ strategies: [strategy], lengths: [2_000], delayTicks: 2 });
    expect(starts[0]).toBe(0);
    for (let i = 1; i < starts.length; i++) expect(starts[i]! - starts[i - 1]!).toBeGreaterThanOrEqual(40);
  });

  it('settles by the published rule alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 120 }), fc.integer({ min: 0, max: 10 }), (rugTick, delayTicks) => {
        const { strategies } = play({ lengths: [rugTick], delayTicks });
        expect(strategies.eager!.bets).toBe(1);
        expect(strategies.eager!.wins).toBe(sideBetWins({ startTick: 0, rugTick }) ? 1 : 0);
      }),
    );
  });

  it('never lets a bankroll below zero nor a stake past the limits, for any strategy and any games', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: GAME_TICKS_MAX }), { minLength: 1, maxLength: 40 }),
        fc.bigInt({ min: 1n, max: 20n * SOL }),
        (lengths, bankroll) => {
          const { strategies } = play({ strategies: [...STRATEGIES, eager()], lengths, bankroll, delayTicks: 1 });
          for (const result of Object.values(strategies)) {
            expect(result.finalBankrollLamports).toBeGreaterThanOrEqual(0n);
            expect(result.finalBankrollLamports).toBe(bankroll + result.netLamports);
            expect(result.maxDrawdown).toBeLessThanOrEqual(1);
            expect(result.ruin).toBeGreaterThanOrEqual(0);
            expect(result.ruin).toBeLessThanOrEqual(1);
            expect(result.wins).toBeLessThanOrEqual(result.bets);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('is ruined from the start with less than the venue takes, and then bets nothing', () => {
    const { strategies } = play({ lengths: [50, 60], bankroll: DEFAULT_VENUE.minStakeLamports - 1n });
    expect(strategies.eager).toMatchObject({ bets: 0, ruined: true, ruin: 1 });
  });
});
