// Laws, over any sequence of wishes and any passing of time:
// - A limit gets looser only if exactly that was asked for 24 hours before or earlier (the loss in a game may stay below
//   what was asked for, never above), and nothing tighter was asked for since.
// - A tighter value acts at once and withdraws the raise that waited.
// - A cooling-off and an exclusion never end sooner than they once would have.
// - A state is the fold of its events, and survives being written as JSON.
// - Limits always hold together: none out of range, a game's loss within its session's.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultSafety } from '@/lib/account/default-account';
import { changeSafety, type SafetyWish } from '@/lib/safety/change-safety';
import { checkSafetyLimits } from '@/lib/safety/check-limits';
import { applyDueRaises, foldSafety } from '@/lib/safety/fold-safety';
import { isTighter, LIMIT_FIELDS, LIMIT_RULES, type LimitField, type LimitKind } from '@/lib/safety/limit-fields';
import { RAISE_WAITS_MS } from '@/lib/safety/pauses';
import type { SafetyLimits, SafetyState } from '@/lib/safety/safety';
import type { SafetyEvent } from '@/lib/safety/safety-event';
import { safetyFromJson, safetyToJson } from '@/lib/safety/safety-json';
import { lamports } from '@/lib/units/lamports';
import { epochMs, type EpochMs } from '@/lib/units/time';

const BEGIN = epochMs(1_767_225_600_000);
const HOUR_MS = 3_600_000;
const RUNS = { numRuns: 300 };

/** Few values, so that the same is asked for twice and clamps are met. */
const VALUES: Readonly<Record<LimitKind, fc.Arbitrary<number | bigint>>> = {
  lamports: fc.integer({ min: 1, max: 12 }).map((n) => lamports(BigInt(n) * 500_000_000n)),
  share: fc.constantFrom(0.01, 0.05, 0.1, 0.25, 0.5, 1),
  count: fc.integer({ min: 1, max: 20 }),
  duration: fc.integer({ min: 0, max: 6 }).map((n) => n * 15_000),
  score: fc.integer({ min: 0, max: 4 }).map((n) => n / 4),
};

const limits = fc.record(Object.fromEntries(LIMIT_RULES.map(({ field, kind }) => [field, VALUES[kind]])), {
  requiredKeys: [],
}) as fc.Arbitrary<Partial<SafetyLimits>>;

const duration = fc
  .oneof(fc.integer({ min: 1, max: 720 }), fc.integer({ min: 720, max: 45_000 }))
  .map((n) => n * HOUR_MS);

const wish = fc.oneof(
  { weight: 6, arbitrary: limits.map((wished): SafetyWish => ({ type: 'limits', limits: wished })) },
  fc.subarray([...LIMIT_FIELDS]).map((fields): SafetyWish => ({ type: 'withdraw', fields })),
  duration.map((durationMs): SafetyWish => ({ type: 'cooling-off', durationMs })),
  fc.option(duration).map((durationMs): SafetyWish => ({ type: 'exclusion', durationMs })),
  fc.constantFrom<SafetyWish>({ type: 'stop' }, { type: 'resume' }, { type: 'reality-checked' }),
  fc
    .option(fc.integer({ min: 10, max: 300 }))
    .map((minutes): SafetyWish => ({ type: 'reality-check-interval', intervalMs: minutes && minutes * 60_000 })),
);

const step = fc.record({
  waitMs: fc.constantFrom(0, 1, HOUR_MS, 12 * HOUR_MS, RAISE_WAITS_MS - 1, RAISE_WAITS_MS),
  wish,
});
const steps = fc.array(step, { maxLength: 25 });

type Moment = {
  readonly now: EpochMs;
  /** Before the wish, with what came due by then. */
  readonly before: SafetyState;
  readonly wish: SafetyWish;
  readonly isTaken: boolean;
  readonly after: SafetyState;
};

type Play = { readonly moments: readonly Moment[]; readonly events: readonly SafetyEvent[] };

function play(all: readonly { waitMs: number; wish: SafetyWish }[]): Play {
  const opened: SafetyEvent = {
    type: 'opened',
    payload: { safety: safetyToJson(defaultSafety(BEGIN)), restored: false },
  };
  const events: SafetyEvent[] = [opened];
  const moments: Moment[] = [];
  let now = BEGIN;
  let written = foldSafety(null, opened)!;
  for (const { waitMs, wish: wished } of all) {
    now = epochMs(now + waitMs);
    const due = applyDueRaises(written, now);
    const decided = changeSafety(due.safety, wished, { now, bettingSince: null });
    const fresh = decided.ok ? [...due.events, ...decided.value] : [];
    const after = decided.ok
      ? decided.value.reduce((state, event) => foldSafety(state, event)!, due.safety)
      : due.safety;
    moments.push({ now, before: due.safety, wish: wished, isTaken: decided.ok, after });
    // What is refused writes nothing; the raises that were due are written with the next change.
    if (decided.ok) written = after;
    events.push(...fresh);
  }
  return { moments, events };
}

describe('the law of limits', () => {
  it('makes no limit looser sooner than 24 hours after exactly that was asked for', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const { moments } = play(all);
        let last = defaultSafety(BEGIN).limits;
        moments.forEach(({ now, before, after }, i) => {
          for (const field of LIMIT_FIELDS) {
            expect(isTighter(field, before.limits[field], after.limits[field]), `${field} looser at once`).toBe(false);
            if (!isTighter(field, last[field], before.limits[field])) continue;
            const asked = requestsFor(moments.slice(0, i), field, epochMs(now - RAISE_WAITS_MS));
            const value = before.limits[field];
            const isAsked = field === 'perGameLossLamports' ? asked.some((one) => one >= value) : asked.includes(value);
            expect(isAsked, `${field} became ${value}, asked for were ${asked.join(', ')}`).toBe(true);
          }
          last = after.limits;
        });
      }),
      RUNS,
    );
  });

  it('applies what is tighter at once, and nothing looser waits behind it', () => {
    fc.assert(
      fc.property(steps, (all) => {
        for (const { before, wish: wished, isTaken, after } of play(all).moments) {
          if (wished.type !== 'limits' || !isTaken) continue;
          for (const field of LIMIT_FIELDS) {
            const value = wished.limits[field];
            if (value === undefined || isTighter(field, before.limits[field], value)) continue;
            expect(after.limits[field]).toBe(value);
            expect(after.pending.filter((one) => one.field === field)).toEqual([]);
          }
        }
      }),
      RUNS,
    );
  });

  it('never takes a single tighter value amiss, whatever waits', () => {
    fc.assert(
      fc.property(steps, limits, (all, wished) => {
        const state = play(all).moments.at(-1)?.after ?? defaultSafety(BEGIN);
        for (const field of LIMIT_FIELDS) {
          const value = wished[field];
          if (value === undefined || isTighter(field, state.limits[field], value)) continue;
          const single: SafetyWish = { type: 'limits', limits: { [field]: value } };
          expect(changeSafety(state, single, { now: BEGIN, bettingSince: null }).ok).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it('never shortens a cooling-off or an exclusion', () => {
    fc.assert(
      fc.property(steps, (all) => {
        let [coolingOff, excluded] = [0, 0];
        for (const { after } of play(all).moments) {
          expect(after.coolingOffUntil ?? 0).toBeGreaterThanOrEqual(coolingOff);
          expect(after.excludedUntil ?? 0).toBeGreaterThanOrEqual(excluded);
          [coolingOff, excluded] = [after.coolingOffUntil ?? 0, after.excludedUntil ?? 0];
        }
      }),
      RUNS,
    );
  });

  it('keeps limits that hold together, one raise a field, in a state that its events and its JSON give again', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const { moments, events } = play(all);
        for (const { after } of moments) {
          expect(checkSafetyLimits(after.limits)).toBeNull();
          expect(new Set(after.pending.map(({ field }) => field)).size).toBe(after.pending.length);
          expect(safetyFromJson(JSON.parse(JSON.stringify(safetyToJson(after))))).toEqual(after);
        }
        const folded = events.reduce<SafetyState | null>(foldSafety, null)!;
        const end = moments.at(-1);
        if (end) expect(applyDueRaises(folded, end.now).safety).toEqual(end.after);
      }),
      RUNS,
    );
  });
});

/** Every value that was asked for, and taken, by then. */
function requestsFor(moments: readonly Moment[], field: LimitField, by: EpochMs): (number | bigint)[] {
  return moments.flatMap(({ now, wish: wished, isTaken }) => {
    const value = wished.type === 'limits' && isTaken && now <= by ? wished.limits[field] : undefined;
    return value === undefined ? [] : [value];
  });
}
