// Laws: log-loss and Brier equal their definitions; the Brier decomposition adds up exactly; a perfect forecaster has no
// calibration error; bins partition the forecasts and their intervals hold what was observed.
import fc from 'fast-check';
import seedrandom from 'seedrandom';
import { describe, expect, it } from 'vitest';
import { BINS, createCalibration } from '@/lib/performance/calibration';

const forecasts = fc.array(
  fc.record({ p: fc.double({ min: 0, max: 1, noNaN: true }), happened: fc.boolean(), last: fc.boolean() }),
  { minLength: 1, maxLength: 200 },
);

describe('calibration scores', () => {
  it('are the means of their definitions', () => {
    fc.assert(
      fc.property(forecasts, (all) => {
        const calibration = createCalibration();
        for (const { p, happened } of all) calibration.add(p, happened);
        calibration.endGroup();
        const clamp = (p: number) => Math.min(1 - 1e-15, Math.max(1e-15, p));
        const mean = (f: (each: (typeof all)[number]) => number) =>
          all.reduce((sum, each) => sum + f(each), 0) / all.length;
        const scores = calibration.scores();
        expect(scores.count).toBe(all.length);
        expect(scores.brier).toBeCloseTo(
          mean(({ p, happened }) => (p - Number(happened)) ** 2),
          9,
        );
        expect(scores.logLoss).toBeCloseTo(
          mean(({ p, happened }) => -(happened ? Math.log(clamp(p)) : Math.log1p(-clamp(p)))),
          9,
        );
      }),
    );
  });

  it('decompose the Brier score exactly', () => {
    fc.assert(
      fc.property(forecasts, (all) => {
        const calibration = createCalibration();
        for (const { p, happened, last } of all) {
          calibration.add(p, happened);
          if (last) calibration.endGroup();
        }
        const { brier, decomposition: d } = calibration.scores();
        const sum = d.reliability - d.resolution + d.uncertainty + d.withinBinVariance - d.withinBinCovariance;
        expect(sum).toBeCloseTo(brier, 9);
        expect(Math.min(d.reliability, d.resolution, d.uncertainty)).toBeGreaterThanOrEqual(0);
        expect(d.withinBinVariance).toBeGreaterThan(-1e-9);
      }),
    );
  });

  it('put every forecast into the bin that holds it, and the observed share inside its interval', () => {
    fc.assert(
      fc.property(forecasts, (all) => {
        const calibration = createCalibration();
        for (const { p, happened, last } of all) {
          calibration.add(p, happened);
          if (last) calibration.endGroup();
        }
        calibration.endGroup();
        const { bins } = calibration.scores();
        expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(all.length);
        for (const bin of bins) {
          expect(bin.to - bin.from).toBeCloseTo(1 / BINS, 12);
          expect(bin.meanForecast).toBeGreaterThanOrEqual(bin.from - 1e-9);
          expect(bin.meanForecast).toBeLessThanOrEqual(bin.to + 1e-9);
          expect(bin.lower).toBeLessThanOrEqual(bin.observed + 1e-9);
          expect(bin.upper).toBeGreaterThanOrEqual(bin.observed - 1e-9);
        }
      }),
    );
  });

  it('give intervals that count a game once: they cover the truth although its ticks move together', () => {
    let hits = 0;
    const runs = 400;
    for (let run = 0; run < runs; run++) {
      const random = seedrandom(`games ${run}`);
      const calibration = createCalibration();
      for (let game = 0; game < 150; game++) {
        const ticks = 1 + Math.floor(random() * 30);
        const happened = random() < 0.3; // All ticks of a game share one outcome.
        for (let tick = 0; tick < ticks; tick++) calibration.add(0.31, happened);
        calibration.endGroup();
      }
      const [bin] = calibration.scores().bins;
      if (bin!.lower <= 0.3 && 0.3 <= bin!.upper) hits++;
    }
    expect(hits / runs).toBeGreaterThan(0.92);
    expect(hits / runs).toBeLessThan(0.98);
  });

  it('say nothing of nothing', () => {
    expect(createCalibration().scores()).toMatchObject({ count: 0, bins: [] });
  });
});
