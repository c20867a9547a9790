import { describe, expect, it } from 'vitest';
import { computeRealityCheck } from '@/components/safety/compute-reality-check';
import { ACCOUNT_NOW, anAccountView, QUIET_ACTIVITY } from '@/components/safety/test-kit/account-fixtures';
import { checkSafetyStop } from '@/lib/safety/check-safety';
import { safetyFromJson } from '@/lib/safety/safety-json';
import { epochMs } from '@/lib/units/time';

const HOUR_MS = 3_600_000;
const paper = {
  ...QUIET_ACTIVITY,
  sessionOpenedAt: ACCOUNT_NOW + HOUR_MS,
  sessionBets: 3,
  sessionNetLamports: '-300000000',
};
const view = anAccountView({ activity: { practice: QUIET_ACTIVITY, paper, assisted: QUIET_ACTIVITY } });

describe('the reality check', () => {
  it('comes an interval after the session began, with time, bets and result', () => {
    expect(computeRealityCheck(view, ACCOUNT_NOW + 2 * HOUR_MS)).toEqual({
      intervalMs: HOUR_MS,
      waitMs: 0,
      isDue: true,
      sessions: [{ venue: 'paper', name: 'Paper, no money', playedMs: HOUR_MS, bets: 3, netLamports: -300_000_000n }],
    });
  });

  it('does not come without an interval or a session', () => {
    expect(computeRealityCheck(anAccountView(), ACCOUNT_NOW + 90 * HOUR_MS)).toBeNull();
    const safety = { ...view.account.safety, realityCheckMs: null };
    expect(computeRealityCheck({ ...view, account: { ...view.account, safety } }, ACCOUNT_NOW)).toBeNull();
  });

  it('is due exactly when the server stops bets for it', () => {
    const safety = safetyFromJson(view.account.safety);
    for (const atMs of [1.5, 1.9999, 2, 3].map((hours) => ACCOUNT_NOW + hours * HOUR_MS)) {
      const stop = checkSafetyStop(safety, epochMs(atMs), epochMs(paper.sessionOpenedAt));
      expect(computeRealityCheck(view, atMs)!.isDue).toBe(stop?.code === 'reality-check');
    }
  });
});
