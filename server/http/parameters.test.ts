import { describe, expect, it } from 'vitest';
import { decimalNumber, instant, oneOf, readQuery, wholeNumber } from '@/server/http/parameters';

const PARAMETERS = {
  limit: wholeNumber({ min: 1, max: 100, about: '' }),
  peak: decimalNumber({ min: 0, max: 1_000, about: '' }),
  source: oneOf(['live', 'simulator'], ''),
  from: instant({ day: 'begins', about: '' }),
  to: instant({ day: 'ends', about: '' }),
};
const read = (query: string) => readQuery(new URLSearchParams(query), PARAMETERS);

describe('a query', () => {
  it('is read into typed values, and what it leaves out stays out', () => {
    expect(read('limit=7&peak=1.5&source=live')).toEqual({
      ok: true,
      value: { limit: 7, peak: 1.5, source: 'live' },
    });
    expect(read('')).toEqual({ ok: true, value: {} });
  });

  it('takes dates in UTC, instants with their zone, and milliseconds', () => {
    expect(read('from=2025-12-07&to=2025-12-07')).toMatchObject({
      value: { from: Date.UTC(2025, 11, 7), to: Date.UTC(2025, 11, 8) },
    });
    expect(read('from=2025-12-07T18:00:00%2B02:00&to=1765130400000')).toMatchObject({
      value: { from: Date.UTC(2025, 11, 7, 16), to: 1_765_130_400_000 },
    });
  });

  it.each([
    'limit=0',
    'limit=-1',
    'limit=101',
    'limit=1.5',
    'limit=',
    'limit=1e1',
    'limit=0x10',
    'limit=99999999999999999999',
    'peak=NaN',
    'peak=Infinity',
    'peak=-0.1',
    'source=both',
    'source=__proto__',
    'from=yesterday',
    'from=2025-02-30',
    'from=2025-12-07T18:00:00',
    'from=1e20',
    'from=99999999999999',
    'from=-1',
    'to=1970-01-01',
  ])('with %s is refused with the name and what it takes', (query) => {
    const answer = read(query);
    expect(answer).toMatchObject({ ok: false, error: { status: 400 } });
    expect(!answer.ok && answer.error.detail).toMatch(new RegExp(`^${query.split('=')[0]} is .*: it takes `));
  });

  it('with a parameter given twice, or one nobody knows, is refused by name', () => {
    expect(read('limit=1&limit=2')).toMatchObject({ error: { detail: 'limit is given 2 times: it takes one value.' } });
    expect(read('limitt=1')).toMatchObject({
      error: { detail: 'limitt is no parameter here: it takes limit, peak, source, from, to.' },
    });
    expect(read('toString=1')).toMatchObject({ ok: false });
  });
});
