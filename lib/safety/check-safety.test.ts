import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultSafety } from '@/lib/account/default-account';
import { checkSafety, checkSafetyStop } from '@/lib/safety/check-safety';
import { FOR_GOOD } from '@/lib/safety/pauses';
import type { BettingActivity, SafetyState } from '@/lib/safety/safety';
import { lamports } from '@/lib/units/lamports';
import { epochMs, type EpochMs } from '@/lib/units/time';

const NOW = epochMs(Date.UTC(2026, 0, 1, 2));
const HOUR_MS = 3_600_000;
const START = defaultSafety(NOW);
const SOL = 1_000_000_000n;

const QUIET: BettingActivity = {
  hourNetLamports: lamports(0n),
  dayNetLamports: lamports(0n),
  sessionNetLamports: lamports(0n),
  openStakeLamports: lamports(0n),
  sessionOpenedAt: null,
};

function later(hours: number): EpochMs {
  return epochMs(NOW + hours * HOUR_MS);
}

describe('what stops all betting', () => {
  it.each<[string, Partial<SafetyState>, RegExp, number | undefined]>([
    ['excluded', { excludedUntil: later(800) }, /until 3 February 2026, 10:00 UTC, 33 days 8 hours from now/, 800],
    ['excluded', { excludedUntil: FOR_GOOD }, /for good/, undefined],
    [
      'cooling-off',
      { coolingOffUntil: later(1.5) },
      /until 1 January 2026, 03:30 UTC, 1 hour 30 minutes from now/,
      1.5,
    ],
    ['stopped', { stoppedSince: NOW }, /until you resume it yourself/, undefined],
  ])('says %s: %o', (code, changes, words, hours) => {
    const stop = checkSafetyStop({ ...START, ...changes }, NOW, null)!;
    expect(stop).toMatchObject({ code, message: expect.stringMatching(words) });
    expect(stop.message).toMatch(/othing was staked/);
    expect(stop.retryAfterMs).toBe(hours === undefined ? undefined : hours * HOUR_MS);
  });

  it('ends at the instant it was to end', () => {
    const paused = { ...START, coolingOffUntil: later(1), excludedUntil: later(1) };
    expect(checkSafetyStop(paused, epochMs(later(1) - 1), null)).not.toBeNull();
    expect(checkSafetyStop(paused, later(1), null)).toBeNull();
  });

  it('names first what lasts longest: exclusion, cooling-off, stop switch', () => {
    const all = { ...START, excludedUntil: later(1), coolingOffUntil: later(2), stoppedSince: NOW };
    expect(checkSafetyStop(all, NOW, null)!.code).toBe('excluded');
    expect(checkSafetyStop({ ...all, excludedUntil: null }, NOW, null)!.code).toBe('cooling-off');
  });

  it('asks for a reality check an interval after the last, or after the session began', () => {
    const due = (at: EpochMs, opened: EpochMs | null = NOW) => checkSafetyStop(START, at, opened)?.code ?? null;
    expect(due(epochMs(later(1) - 1))).toBeNull();
    expect(due(later(1))).toBe('reality-check');
    expect(due(later(1.5), later(1))).toBeNull();
    expect(due(later(2), later(1))).toBe('reality-check');
    expect(due(later(50), null)).toBeNull();
    expect(checkSafetyStop({ ...START, realityCheckMs: null }, later(50), NOW)).toBeNull();
  });
});

describe('losses of the session, the hour and the day', () => {
  it('says the result, what is open, the limit and when room comes back', () => {
    const activity = { ...QUIET, hourNetLamports: lamports(-SOL), openStakeLamports: lamports(SOL / 2n) };
    expect(checkSafety({ safety: START, activity, stakeLamports: lamports(SOL), now: NOW })).toEqual([
      {
        rule: 'hour-loss',
        kind: 'wait',
        message:
          'Result of the last 60 minutes: −1 SOL, with 0.5 SOL still open. Losing 1 SOL more would pass your limit of 2 SOL. Room comes back as losses grow older than an hour.',
      },
    ]);
  });

  it('refuses exactly the stakes whose loss, with everything open, would pass a limit', () => {
    const net = fc.bigInt({ min: -4n * SOL, max: 4n * SOL }).map(lamports);
    const stake = fc.bigInt({ min: 1n, max: 3n * SOL }).map(lamports);
    fc.assert(
      fc.property(net, net, net, stake, stake, (hour, day, session, open, stakeLamports) => {
        const activity: BettingActivity = {
          hourNetLamports: hour,
          dayNetLamports: day,
          sessionNetLamports: session,
          openStakeLamports: open,
          sessionOpenedAt: NOW,
        };
        const rules = checkSafety({ safety: START, activity, stakeLamports, now: NOW }).map(({ rule }) => rule);
        const { perHourLossLamports, perDayLossLamports, perSessionLossLamports } = START.limits;
        const worst = (before: bigint) => before - open - stakeLamports;
        expect(rules.includes('hour-loss')).toBe(worst(hour) < -perHourLossLamports);
        expect(rules.includes('day-loss')).toBe(worst(day) < -perDayLossLamports);
        expect(rules.includes('session-loss')).toBe(worst(session) < -perSessionLossLamports);
      }),
    );
  });
});
