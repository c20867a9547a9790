import { describe, expect, it, vi } from 'vitest';
import { createProfileStore, defaultProfile } from '@/components/advice/profile-store';
import {
  anAdvisor,
  anEdge,
  aSteadyAssessment,
  createMemoryStorage,
} from '@/components/advice/test-kit/advice-fixtures';
import { aGame, aStatus, aTick, aTrade, NEXT_GAME_ID, NOW_MS, opening } from '@/components/live/test-kit/live-fixtures';
import { createRecommender } from '@/lib/decision/recommend';
import { createProfile } from '@/lib/risk/profile';
import { placeBet, settleBet } from '@/lib/risk/play-session';
import { lamports } from '@/lib/units/lamports';
import { epochMs } from '@/lib/units/time';

const FAIR = opening({ assessment: aSteadyAssessment() });

describe('the adviser', () => {
  it('puts not betting first under the published rules, and says what the verdict says', () => {
    const { live, advisor } = anAdvisor({ actions: FAIR });
    const { set, verdict } = advisor.get();
    expect(set?.recommendations[0]).toMatchObject({ strategyId: 'do-not-bet', priority: 1 });
    expect(set?.recommendations.length).toBeLessThanOrEqual(5);
    expect(verdict).toBe(live.get().verdict);
    expect(verdict?.word).toBe('Skip');
  });

  it('ranks once for a tick and a profile, whatever else is pushed', () => {
    const recommender = createRecommender();
    const recommend = vi.spyOn(recommender, 'recommend');
    const { live, advisor } = anAdvisor({ actions: FAIR, recommender });
    const first = advisor.get();
    live.dispatch({ type: 'trades', push: { type: 'trades', trades: [aTrade({ id: 'b' })] }, atMs: NOW_MS });
    expect(advisor.get()).toBe(first);
    expect(recommend).toHaveBeenCalledTimes(1);
    live.dispatch({ type: 'game', push: aTick(4, 1.2), atMs: NOW_MS });
    expect(advisor.get()).not.toBe(first);
    advisor.save(createProfile(lamports(2_000_000_000n), 50));
    advisor.get();
    expect(recommend).toHaveBeenCalledTimes(3);
  });

  it('stakes by the bankroll, within its limits', () => {
    const { advisor } = anAdvisor({ actions: opening({ assessment: anEdge() }) });
    const stakeOf = () =>
      advisor.get().set!.recommendations.find((advice) => advice.strategyId === 'flat-stake')!.stakeLamports;
    expect(stakeOf()).toBe(10_000_000n);
    advisor.save(createProfile(lamports(3_000_000_000n), 50));
    expect(stakeOf()).toBe(30_000_000n);
    expect(advisor.get().verdict?.word).toBe('Bet');
  });

  it('replaces the word where a limit holds the bet back, with the limit as its reason', () => {
    const storage = createMemoryStorage();
    let profile = defaultProfile();
    for (let n = 0; n < profile.limits.maxConsecutiveLosses; n++) {
      profile = placeBet(profile, { stakeLamports: lamports(1_000_000n), startTick: 1, endTick: 41 });
      profile = settleBet(profile, { won: false, payout: 5, at: epochMs(NOW_MS - 1_000_000) });
    }
    createProfileStore(storage).save(profile);
    const { live, advisor } = anAdvisor({ actions: opening({ assessment: anEdge() }), storage });
    expect(live.get().verdict.word).toBe('Bet');
    expect(advisor.get().verdict).toMatchObject({
      word: 'Stop',
      reason: 'you lost 10 bets in a row; your limit is 10',
      spoken: 'Stop: your limits end this session',
    });
    expect(advisor.get().set!.refused.length).toBeGreaterThan(0);
    const unsteady = anEdge({ timing: { ...anEdge().timing, reliability: 0.1 } });
    const held = anAdvisor({ actions: opening({ assessment: unsteady }) }).advisor.get();
    expect(held.verdict?.sentence).toBe('Wait: tick timing is unsteady: reliability 0.10, you ask for 0.50');
  });

  it('says what holds a hedge up, not the odds that speak against a bet', () => {
    const unsteady = aSteadyAssessment({ timing: { ...anEdge().timing, reliability: 0.1 } });
    const { advisor } = anAdvisor({ actions: opening({ assessment: unsteady }) });
    advisor.hold(lamports(500_000_000n));
    expect(advisor.get().verdict?.sentence).toBe('Wait: tick timing is unsteady: reliability 0.10, you ask for 0.50');
  });

  it('hedges a position for as long as its game runs, and never stores it', () => {
    const storage = createMemoryStorage();
    const { live, advisor } = anAdvisor({ actions: FAIR, storage });
    advisor.hold(lamports(500_000_000n));
    expect(advisor.get().set?.word).toBe('Hedge');
    expect(advisor.get().verdict?.reason).toContain('your position is 50.0 % of your bankroll');
    advisor.save(advisor.get().profile!);
    expect([...storage.kept.values()].join()).toContain('"position":null');
    live.dispatch({ type: 'game', push: aTick(1, 1, { gameId: NEXT_GAME_ID }), atMs: NOW_MS });
    expect(advisor.get().profile?.position).toBeNull();
    expect(advisor.get().verdict?.word).toBe('Skip');
  });

  it('claims nothing while the feed is silent, nor between games', () => {
    const { live, advisor } = anAdvisor({ actions: opening({ assessment: anEdge() }) });
    expect(advisor.get().set).not.toBeNull();
    live.dispatch({ type: 'status', push: aStatus({ status: 'stale', ageMs: 7_200 }), atMs: NOW_MS + 7_200 });
    expect(advisor.get()).toMatchObject({ set: null, conditions: null, verdict: { word: 'No advice' } });
    live.dispatch({ type: 'status', push: aStatus(), atMs: NOW_MS + 7_300 });
    live.dispatch({
      type: 'game',
      push: { type: 'game', game: aGame({ phase: 'rugged', rugTick: 9 }) },
      atMs: NOW_MS + 7_300,
    });
    expect(advisor.get()).toMatchObject({ set: null, verdict: { word: 'Wait' } });
  });

  it('says which field is wrong when nothing can be recommended', () => {
    const { advisor } = anAdvisor({ actions: FAIR });
    advisor.save({ ...defaultProfile(), bankrollLamports: lamports(0n) });
    expect(advisor.get()).toMatchObject({ set: null, error: { field: 'bankrollLamports' }, verdict: { word: 'Skip' } });
  });
});
