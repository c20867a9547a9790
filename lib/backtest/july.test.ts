// The figures of docs/decision-core/backtest.md on the recorded games of July 2025, game after game in order.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createBacktest } from '@/lib/backtest/backtest';
import { parseGame } from '@/lib/backtest/parse-game';
import { MODEL_IDS } from '@/lib/hazard/model-set';
import { STRATEGIES } from '@/lib/strategy/registry';
import { lamports } from '@/lib/units/lamports';

const FILE = resolve(import.meta.dirname, '../../../shared/data/rounds-2025-07.jsonl.gz');

describe.skipIf(!existsSync(FILE))(`the games of July 2025 (skipped without ${FILE})`, () => {
  const backtest = createBacktest({
    modelIds: MODEL_IDS,
    strategies: STRATEGIES,
    bankrollLamports: lamports(10_000_000_000n),
    delayTicks: 1,
    seed: '1',
  });
  const play = () => {
    for (const line of gunzipSync(readFileSync(FILE)).toString().trim().split('\n')) {
      const game = parseGame(line);
      if (!game.ok) throw new Error(game.error.message);
      backtest.play(game.value);
    }
    return backtest.result();
  };
  const result = existsSync(FILE) ? play() : null!;

  it('give the constant published hazard its known scores', () => {
    expect(result.games).toBe(653);
    expect(result.ticks).toBe(132_380);
    const { logLoss, brier, ece } = result.models.published!;
    expect(logLoss).toBeCloseTo(0.4676, 4);
    expect(brier).toBeCloseTo(0.146, 4);
    expect(ece).toBeCloseTo(0.004, 3);
  });

  it('leave the headline at least as good, calibrated, and without a false positive zone', () => {
    const { headline, models } = result;
    expect(headline.logLoss).toBeLessThanOrEqual(models.published!.logLoss + 0.001);
    expect(headline.ece).toBeLessThanOrEqual(0.015);
    expect(headline.positiveEdgeShare).toBeLessThanOrEqual(0.001);
    expect(models['documented-curve']!.logLoss).toBeGreaterThan(headline.logLoss + 0.5);
  });

  it('cost the learning models next to nothing for having learnt', () => {
    expect(result.models.empirical!.logLoss - result.models.published!.logLoss).toBeLessThan(0.001);
    expect(result.models.covariate!.logLoss - result.models.published!.logLoss).toBeLessThan(0.003);
  });

  it('find the predicted intervals covering what they promise', () => {
    // 653 games; a game's checkpoints share its end, so the standard error of a coverage is about 2 points.
    expect(Math.abs(result.predictions.coverage50 - 0.5)).toBeLessThan(0.05);
    expect(Math.abs(result.predictions.coverage90 - 0.9)).toBeLessThan(0.03);
  });
});
