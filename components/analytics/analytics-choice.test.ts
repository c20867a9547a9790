import { describe, expect, it } from 'vitest';
import { analyticsPaths, readChoice, RANGES, writeChoice } from '@/components/analytics/analytics-choice';

describe('the choice of the analytics page', () => {
  it('comes back from the address it was written to', () => {
    for (const range of RANGES) {
      for (const source of ['live', 'simulator', null] as const) {
        expect(readChoice(new URLSearchParams(writeChoice({ range, source })))).toEqual({ range, source });
      }
    }
  });

  it('is a week of the feed’s own games when the address says nothing, or nonsense', () => {
    expect(readChoice(new URLSearchParams('range=year&source=dreams'))).toEqual({ range: 'week', source: null });
    expect(analyticsPaths({ range: 'week', source: null }).performance).toBe('/api/analytics/performance?hours=168');
  });

  it('asks about one source only once one is chosen', () => {
    expect(analyticsPaths({ range: 'all', source: 'simulator' })).toEqual({
      performance: '/api/analytics/performance?hours=all&source=simulator',
      calibration: '/api/analytics/calibration?hours=all&source=simulator',
      patterns: '/api/analytics/patterns?hours=all&source=simulator',
      trends: '/api/analytics/trends?days=366&source=simulator',
    });
  });
});
