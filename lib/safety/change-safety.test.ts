import { describe, expect, it } from 'vitest';
import { defaultSafety } from '@/lib/account/default-account';
import { changeSafety, type SafetyWish } from '@/lib/safety/change-safety';
import { applyDueRaises, foldSafety } from '@/lib/safety/fold-safety';
import { FOR_GOOD } from '@/lib/safety/pauses';
import type { SafetyState } from '@/lib/safety/safety';
import { lamports, parseSol, type Lamports } from '@/lib/units/lamports';
import { epochMs, type EpochMs } from '@/lib/units/time';

const NOW = epochMs(Date.UTC(2026, 0, 1, 2));
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

function sol(text: string): Lamports {
  const parsed = parseSol(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.value;
}

function later(hours: number): EpochMs {
  return epochMs(NOW + hours * HOUR_MS);
}

function wish(state: SafetyState, wished: SafetyWish, now = NOW, bettingSince: EpochMs | null = null) {
  return changeSafety(applyDueRaises(state, now).safety, wished, { now, bettingSince });
}

function taken(state: SafetyState, wished: SafetyWish, now = NOW): SafetyState {
  const decided = wish(state, wished, now);
  if (!decided.ok) throw new Error(decided.error.message);
  return decided.value.reduce((before, event) => foldSafety(before, event)!, applyDueRaises(state, now).safety);
}

function refusal(state: SafetyState, wished: SafetyWish, now = NOW, bettingSince: EpochMs | null = null) {
  const decided = wish(state, wished, now, bettingSince);
  if (decided.ok) throw new Error('it was not refused');
  return decided.error;
}

describe('limits', () => {
  const start = defaultSafety(NOW);
  const day = (amount: string): SafetyWish => ({ type: 'limits', limits: { perDayLossLamports: sol(amount) } });

  it('lowers at once and raises 24 hours later', () => {
    const lowered = taken(start, day('1'));
    expect(lowered.limits.perDayLossLamports).toBe(sol('1'));
    const raised = taken(lowered, day('2'));
    expect(raised.limits.perDayLossLamports).toBe(sol('1'));
    expect(raised.pending).toEqual([{ field: 'perDayLossLamports', value: '2000000000', effectiveAt: later(24) }]);
    expect(applyDueRaises(raised, epochMs(later(24) - 1)).safety.limits.perDayLossLamports).toBe(sol('1'));
    expect(applyDueRaises(raised, later(24)).safety).toMatchObject({
      limits: { perDayLossLamports: sol('2') },
      pending: [],
    });
  });

  it('waits anew for another value, and not for the same one asked for again', () => {
    const asked = taken(start, day('20'));
    expect(taken(asked, day('20'), later(5)).pending[0]!.effectiveAt).toBe(later(24));
    expect(taken(asked, day('19'), later(5)).pending).toMatchObject([{ value: '19000000000', effectiveAt: later(29) }]);
  });

  it('withdraws a raise by itself, or when a tighter value or the present one is asked for', () => {
    const asked = taken(start, day('20'));
    expect(taken(asked, { type: 'withdraw', fields: ['perDayLossLamports'] }).pending).toEqual([]);
    expect(taken(asked, day('1')).pending).toEqual([]);
    expect(taken(asked, day('3'))).toMatchObject({ pending: [], limits: { perDayLossLamports: sol('3') } });
  });

  it('takes the loss in a game down with that in a session', () => {
    const lowered = taken(start, { type: 'limits', limits: { perSessionLossLamports: sol('0.5') } });
    expect(lowered.limits).toMatchObject({ perSessionLossLamports: sol('0.5'), perGameLossLamports: sol('0.5') });
  });

  it('refuses a game that may lose more than its session, and a limit out of range, by name', () => {
    const above: SafetyWish = { type: 'limits', limits: { perGameLossLamports: sol('5') } };
    expect(refusal(start, above)).toMatchObject({
      code: 'bad-request',
      message: 'The loss allowed in one game is above the loss allowed in the whole session.',
    });
    expect(refusal(start, { type: 'limits', limits: { maxStakeFraction: NaN } }).message).toBe(
      'limits.maxStakeFraction must be a number, got NaN.',
    );
    expect(refusal(start, { type: 'limits', limits: { perHourLossLamports: lamports(0n) } }).code).toBe('bad-request');
  });

  it('lets a reserve or a pause grow at once and shrink after 24 hours', () => {
    const more = taken(start, { type: 'limits', limits: { minBalanceLamports: sol('1'), coolingOffMs: 60_000 } });
    expect(more.limits).toMatchObject({ minBalanceLamports: sol('1'), coolingOffMs: 60_000 });
    const less = taken(more, { type: 'limits', limits: { minBalanceLamports: sol('0') } });
    expect(less.limits.minBalanceLamports).toBe(sol('1'));
    expect(less.pending).toHaveLength(1);
  });
});

describe('pauses', () => {
  const start = defaultSafety(NOW);

  it.each<[SafetyWish, keyof SafetyState, EpochMs]>([
    [{ type: 'cooling-off', durationMs: HOUR_MS }, 'coolingOffUntil', later(1)],
    [{ type: 'cooling-off', durationMs: 30 * DAY_MS }, 'coolingOffUntil', later(720)],
    [{ type: 'exclusion', durationMs: 30 * DAY_MS }, 'excludedUntil', later(720)],
    [{ type: 'exclusion', durationMs: null }, 'excludedUntil', FOR_GOOD],
  ])('begins %o', (wished, field, until) => {
    expect(taken(start, wished)[field]).toBe(until);
  });

  it('is lengthened and not shortened', () => {
    const paused = taken(start, { type: 'cooling-off', durationMs: 2 * DAY_MS });
    expect(refusal(paused, { type: 'cooling-off', durationMs: HOUR_MS })).toEqual({
      code: 'limit-not-lowered',
      message:
        'Your cooling-off runs until 3 January 2026, 02:00 UTC. It can be made longer, but not shorter, by you or by anybody else. Nothing has changed.',
    });
    expect(taken(paused, { type: 'cooling-off', durationMs: 3 * DAY_MS }).coolingOffUntil).toBe(later(72));
    const gone = taken(start, { type: 'exclusion', durationMs: null });
    expect(refusal(gone, { type: 'exclusion', durationMs: 30 * DAY_MS }).message).toMatch(
      /^Your exclusion is for good\./,
    );
  });

  it.each<[SafetyWish, string]>([
    [{ type: 'cooling-off', durationMs: HOUR_MS - 1 }, 'A cooling-off takes 1 hour to 30 days.'],
    [{ type: 'cooling-off', durationMs: NaN }, 'A cooling-off takes 1 hour to 30 days.'],
    [{ type: 'exclusion', durationMs: DAY_MS }, 'An exclusion takes 30 days to 5 years, or is for good.'],
    [{ type: 'exclusion', durationMs: 6 * 366 * DAY_MS }, 'An exclusion takes 30 days to 5 years, or is for good.'],
    [{ type: 'reality-check-interval', intervalMs: 1 }, 'A reality check comes every 15 minutes to 4 hours, or never.'],
  ])('refuses %o', (wished, message) => {
    expect(refusal(start, wished)).toEqual({ code: 'bad-request', message });
  });

  it('stops at once, however often, and resumes', () => {
    const stopped = taken(start, { type: 'stop' });
    expect(stopped.stoppedSince).toBe(NOW);
    expect(taken(stopped, { type: 'stop' }, later(1)).stoppedSince).toBe(NOW);
    expect(taken(stopped, { type: 'resume' }).stoppedSince).toBeNull();
  });
});

describe('a reality check', () => {
  it('is not answered before it is asked: nothing is put off', () => {
    const start = defaultSafety(NOW);
    expect(wish(start, { type: 'reality-checked' }, epochMs(later(1) - 1), NOW)).toEqual({ ok: true, value: [] });
    expect(wish(start, { type: 'reality-checked' }, later(5), null)).toEqual({ ok: true, value: [] });
  });
});

describe('the interval of the reality check', () => {
  const start = defaultSafety(NOW);
  const never: SafetyWish = { type: 'reality-check-interval', intervalMs: null };

  it('is no way around a check that is due', () => {
    expect(refusal(start, never, later(2), NOW)).toMatchObject({ code: 'reality-check' });
    const answered = wish(start, { type: 'reality-checked' }, later(2), NOW);
    expect(answered).toEqual({ ok: true, value: [{ type: 'reality-checked', payload: { at: later(2) } }] });
    expect(wish(start, { type: 'reality-check-interval', intervalMs: HOUR_MS / 4 }, later(2), NOW).ok).toBe(true);
  });

  it('can be changed while nobody plays', () => {
    expect(taken(start, never, later(2)).realityCheckMs).toBeNull();
  });

  it('counts from now where there was none', () => {
    const off = taken(start, never);
    const on = taken(off, { type: 'reality-check-interval', intervalMs: HOUR_MS }, later(9));
    expect(on).toMatchObject({ realityCheckMs: HOUR_MS, realityCheckedAt: later(9) });
  });
});
