import { describe, expect, it } from 'vitest';
import { createBacktest } from '@/lib/backtest/backtest';
import { toJson, type BacktestReport } from '@/lib/backtest/backtest-report';
import { htmlReport } from '@/lib/backtest/html-report';
import { simulateGames } from '@/lib/backtest/simulate-games';
import { niceTicks, svgChart } from '@/lib/backtest/svg-chart';
import { textReport } from '@/lib/backtest/text-report';
import { MODEL_IDS } from '@/lib/hazard/model-set';
import { STRATEGIES } from '@/lib/strategy/registry';
import { lamports } from '@/lib/units/lamports';

function makeReport(): BacktestReport {
  const backtest = createBacktest({
    modelIds: MODEL_IDS,
    strategies: STRATEGIES,
    bankrollLamports: lamports(10_000_000_000n),
    delayTicks: 1,
    seed: '1',
  });
  for (const game of simulateGames({ games: 120, seed: 'report' })) backtest.play(game);
  return {
    result: backtest.result(),
    source: 'simulated <b>&',
    bankroll: '10',
    delayTicks: 1,
    seed: '1',
    unusable: {
      count: 1,
      byReason: { 'bad-prices': 1 },
      examples: [{ file: 'a.jsonl', line: 3, code: 'bad-prices', message: 'prices[1] is "<script>"' }],
    },
    seconds: 1.5,
  };
}

describe('the reports of a backtest', () => {
  const report = makeReport();

  it('keep the JSON contract', () => {
    const json = JSON.parse(JSON.stringify(toJson(report)));
    expect(json).toMatchObject({ games: 120, ticks: expect.any(Number), seconds: 1.5 });
    for (const id of MODEL_IDS) {
      expect(Object.keys(json.models[id])).toEqual(expect.arrayContaining(['logLoss', 'brier', 'ece', 'bins']));
    }
    expect(Object.keys(json.headline)).toEqual(
      expect.arrayContaining(['logLoss', 'brier', 'ece', 'positiveEdgeTicks', 'positiveEdgeShare']),
    );
    for (const { id } of STRATEGIES) {
      for (const key of ['bets', 'wins', 'roi', 'maxDrawdown', 'sharpe', 'ruin', 'finalBankroll']) {
        expect(typeof json.strategies[id][key], `${id}.${key}`).toBe('number');
      }
    }
    for (const key of ['medianE40', 'meanAbsoluteError', 'within1', 'within2', 'within3', 'coverage50', 'coverage90']) {
      expect(typeof json.predictions[key], key).toBe('number');
    }
  });

  it('name every model and strategy in the text, and what could not be used', () => {
    const text = textReport(report);
    for (const id of [...MODEL_IDS, ...STRATEGIES.map((strategy) => strategy.id)]) expect(text).toContain(id);
    expect(text).toContain('1 lines could not be used: 1 bad-prices');
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  });

  it('make a page that asks for nothing, runs nothing, and escapes what files say', () => {
    const html = htmlReport(report);
    expect(html).not.toMatch(/(src|href)=|url\(|@import|<script|https?:/);
    expect(html).toContain('prices[1] is &quot;&lt;script&gt;&quot;');
    expect(html).toContain('simulated &lt;b&gt;&amp;');
    expect(html).toContain('prefers-color-scheme:dark');
    expect(html.match(/<svg/g)).toHaveLength(2);
    expect(html).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('simulate the same games from the same seed, and others from another', () => {
    const [a, b, c] = ['x', 'x', 'y'].map((seed) => [...simulateGames({ games: 5, seed })].map((each) => each.rugTick));
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
  });
});

describe('a chart', () => {
  it('has round ticks inside its range', () => {
    expect(niceTicks(0, 1)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(niceTicks(7.3, 12.1)).toEqual([8, 9, 10, 11, 12]);
    for (const value of niceTicks(-0.013, 0.021)) expect(Math.abs(value)).toBeLessThanOrEqual(0.021);
  });

  it('has a place for a flat line and for no points', () => {
    for (const points of [
      [
        { x: 0, y: 5 },
        { x: 1, y: 5 },
      ],
      [],
    ]) {
      const svg = svgChart({ title: 't', xLabel: 'x', yLabel: 'y', series: [{ name: 's', points }] });
      expect(svg).not.toMatch(/NaN|Infinity/);
    }
  });
});
