import { describe, expect, it } from 'vitest';
import {
  exportPath,
  filterAddress,
  isFiltered,
  listPath,
  NO_FILTER,
  readFilter,
} from '@/components/games/games-filter';

describe('the filter of the list of games', () => {
  it('comes back from the address as it was written into it, whatever was typed', () => {
    const filter = { ...NO_FILTER, source: 'live', lengthMin: '100 & more', peakMax: '2.5', verified: 'false' };
    const [, query] = filterAddress(filter).split('?');
    expect(readFilter(new URLSearchParams(query))).toEqual(filter);
  });

  it('leaves the address bare when nothing is chosen', () => {
    expect(filterAddress(NO_FILTER)).toBe('/games');
    expect(readFilter(new URLSearchParams('unknown=1'))).toEqual(NO_FILTER);
  });

  it('asks the list and the export the same', () => {
    const filter = { ...NO_FILTER, from: '2025-12-07', complete: 'false' };
    expect(listPath(filter, null)).toBe('/api/games?from=2025-12-07&complete=false&limit=25');
    expect(listPath(filter, 'abc')).toContain('&before=abc');
    expect(exportPath(filter, 'csv')).toBe('/api/games/export?from=2025-12-07&complete=false&format=csv');
  });

  it('knows narrowing from choosing the games at all', () => {
    expect(isFiltered({ ...NO_FILTER, source: 'live' })).toBe(false);
    expect(isFiltered({ ...NO_FILTER, peakMin: '2' })).toBe(true);
  });
});
