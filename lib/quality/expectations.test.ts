import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { evaluateQuality } from '@/lib/quality/evaluate-quality';
import { EXPECTATIONS } from '@/lib/quality/expectations';
import type { Measurements } from '@/lib/quality/measurements';
import { GOOD, withFeed, withRecord } from '@/lib/quality/test-kit/measured';

function check(id: string, measured: Measurements) {
  const found = evaluateQuality(measured).checks.find((each) => each.check === id);
  if (!found) throw new Error(`no check ${id}`);
  return found;
}

const MINUTE_MS = 60_000;
const withStore = (changes: Partial<Measurements['store']>): Measurements => ({
  ...GOOD,
  store: { ...GOOD.store, ...changes },
});

describe('a record in which all is well', () => {
  it('scores 100, with every check good and in words', () => {
    const report = evaluateQuality(GOOD);
    expect(report.checks.filter(({ status }) => status !== 'good')).toEqual([]);
    expect(report).toMatchObject({ status: 'good', score: 100, best: 100 });
    for (const { detail } of report.checks) expect(detail).toMatch(/^[A-Z0-9].*\.$/);
  });

  it('has expectations with ids of their own, each with a reason', () => {
    expect(new Set(EXPECTATIONS.map(({ id }) => id)).size).toBe(EXPECTATIONS.length);
    for (const { title, why, limits } of EXPECTATIONS) {
      expect(title).not.toMatch(/\.$/);
      expect(why).toMatch(/\.$/);
      expect(limits.good).toBeLessThanOrEqual(limits.bad);
    }
  });
});

describe('each check', () => {
  it.each<[string, 'warning' | 'bad', Measurements, RegExp]>([
    ['missing-ticks', 'warning', withRecord({ incomplete: { count: 1, examples: ['20260115-a'] } }), /20260115-a/],
    ['missing-ticks', 'bad', withRecord({ incomplete: { count: 13, examples: ['20260115-a'] } }), /13 of .*a, …/],
    [
      'missing-games',
      'bad',
      withRecord({ holes: { spanMs: 86_400_000, missedMs: 7_200_000, holes: 2 } }),
      /2 gaps of 2 h .* 103 games/,
    ],
    ['lost-facts', 'bad', withStore({ dropped: 1 }), /1 fact dropped/],
    ['dead-letters', 'warning', withFeed({ deadLetters: 20 }), /0.14 %|0.1 %/],
    ['dead-letters', 'bad', withFeed({ deadLetters: 1_400 }), /10 %/],
    ['verification-failures', 'bad', withRecord({ failed: { count: 1, examples: ['20260115-b'] } }), /20260115-b/],
    [
      'event-log',
      'bad',
      withRecord({ log: { position: 9, checked: 9, fault: 'Position 4 does not follow.' } }),
      /Position 4/,
    ],
    ['twins', 'warning', withRecord({ twins: [{ what: 'trades told twice', rows: 2 }] }), /2 trades told twice/],
    ['frame-age', 'bad', withFeed({ frameAgeMs: 61_000, connected: false }), /1 min ago.*down/],
    ['game-age', 'warning', withRecord({ newestGameAgeMs: 11 * MINUTE_MS }), /11 min/],
    ['game-age', 'bad', withRecord({ newestGameAgeMs: 31 * MINUTE_MS }), /31 min/],
    ['clock-skew', 'warning', withRecord({ clock: { skewMs: 4_000, games: 9 } }), /4 s ahead of/],
    [
      'verification-backlog',
      'warning',
      withRecord({ unchecked: { games: 10_000, atLeast: true, waitingMs: 6 * MINUTE_MS } }),
      /At least 10\u202f000 games/,
    ],
    ['rollup-lag', 'bad', withRecord({ rollup: { minutes: 9, waitingMs: 31 * MINUTE_MS } }), /9 minutes/],
    ['write-lag', 'warning', withStore({ status: 'behind', spooled: 900 }), /900 on disk/],
    ['write-lag', 'bad', withStore({ status: 'down', spooled: 900 }), /900 on disk/],
    ['ranges', 'warning', withRecord({ implausible: [{ what: 'games that end early', rows: 1 }] }), /1 games that end/],
    [
      'interval-drift',
      'bad',
      withRecord({ intervals: [{ day: '2026-01-15', games: 40, departing: 20 }] }),
      /20 of 40 games/,
    ],
    [
      'length-drift',
      'bad',
      withRecord({ lengths: [{ day: '2026-01-15', counts: [60, 10, 10, 10, 10, 10, 10, 10, 10, 10] }] }),
      /too many games of 1 to 21 ticks/,
    ],
    ['retention', 'bad', withRecord({ retention: { days: 4, waitingMs: 50 * 3_600_000 } }), /4 days .* 2.1 days/],
    [
      'archive',
      'warning',
      withRecord({ archive: { files: 3, days: 1, waitingMs: 7 * 3_600_000 } }),
      /1 day of data waits .* 7 h/,
    ],
  ])('%s is %s when it should be, and says why', (id, status, measured, words) => {
    const found = check(id, measured);
    expect(found.status).toBe(status);
    expect(found.detail).toMatch(words);
    expect(found.value).toBeGreaterThan(found.limit);
  });

  it('is unknown rather than good when nothing was measured', () => {
    const fresh = evaluateQuality({
      ...GOOD,
      feed: { ...GOOD.feed, frames: 12 },
      record: {
        ...GOOD.record!,
        games: 0,
        newestGameAgeMs: null,
        holes: null,
        clock: null,
        lengths: [],
        intervals: [],
        retention: null,
        archive: null,
        log: null,
      },
      uptimeMs: 5_000,
    });
    const unknown = fresh.checks.filter(({ status }) => status === 'unknown').map((each) => each.check);
    expect(unknown).toEqual([
      'missing-ticks',
      'missing-games',
      'dead-letters',
      'verification-failures',
      'event-log',
      'twins',
      'game-age',
      'clock-skew',
      'ranges',
      'length-drift',
      'interval-drift',
      'retention',
      'archive',
    ]);
    for (const each of fresh.checks) expect(each.value === null).toBe(each.status === 'unknown');
    expect(fresh.status).toBe('unknown');
    expect(fresh.score).toBeLessThan(100);
    expect(fresh.best).toBe(100);
  });

  it('is unknown when it rests on the database and that is away, which itself is bad', () => {
    const report = evaluateQuality({ ...GOOD, record: null, recordTrouble: 'the connection was lost' });
    expect(report.checks.find((each) => each.check === 'record-answers')).toMatchObject({
      status: 'bad',
      detail: 'It did not answer this time: the connection was lost.',
    });
    const good = report.checks.filter(({ status }) => status === 'good').map((each) => each.check);
    expect(good).toEqual(['lost-facts', 'dead-letters', 'frame-age', 'write-lag']);
    expect(report).toMatchObject({ status: 'bad' });
    expect(report.best).toBeLessThanOrEqual(50);
  });

  it('does not ask a recording for freshness, nor another pace for intervals', () => {
    for (const id of ['frame-age', 'game-age', 'clock-skew']) {
      expect(check(id, withFeed({ source: 'replay', frameAgeMs: 1e9 })).status).toBe('unknown');
    }
    expect(check('interval-drift', withFeed({ speed: 10 })).detail).toMatch(/10 times/);
    expect(check('interval-drift', withFeed({ speed: null })).status).toBe('unknown');
  });

  it('waits after a start before it misses games, and then counts from the start', () => {
    const started = (uptimeMs: number) =>
      check('game-age', { ...withRecord({ newestGameAgeMs: 9e7 }), uptimeMs }).status;
    expect([started(60_000), started(15 * MINUTE_MS), started(40 * MINUTE_MS)]).toEqual(['good', 'warning', 'bad']);
  });
});

describe('the document', () => {
  it('lists every expectation with its weight and severity, and no other', () => {
    const text = readFileSync(resolve('docs/record/data-quality.md'), 'utf8');
    const rows = [...text.matchAll(/^\| (.+?) +\| .+? +\| .+? +\| (\d+) +\| (\w+) +\|$/gm)];
    expect(rows.map(([, title, weight, severity]) => [title, Number(weight), severity])).toEqual(
      EXPECTATIONS.map(({ title, weight, severity }) => [title, weight, severity]),
    );
  });
});
