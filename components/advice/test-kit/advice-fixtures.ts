// An adviser over a live store and a storage in memory, for tests: the clock is the fixtures' own.
import { createAdvisor, type Advisor } from '@/components/advice/advisor';
import type { ProfileStorage } from '@/components/advice/profile-store';
import type { LiveAction } from '@/components/live/live-state';
import { createLiveStore, type LiveStore } from '@/components/live/live-store';
import { anAssessment, NOW_MS } from '@/components/live/test-kit/live-fixtures';
import type { Assessment } from '@/lib/decision/assess';
import type { EvidenceView } from '@/lib/decision/evidence';
import type { Recommender } from '@/lib/decision/recommend';
import { epochMs } from '@/lib/units/time';

export type MemoryStorage = ProfileStorage & { readonly kept: Map<string, string> };

export function createMemoryStorage(): MemoryStorage {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

export function anAdvisor({
  actions = [],
  storage = createMemoryStorage(),
  recommender,
}: {
  actions?: readonly LiveAction[];
  storage?: ProfileStorage | null;
  recommender?: Recommender;
} = {}): { live: LiveStore; advisor: Advisor } {
  const live = createLiveStore({ nextFrame: (run) => run() });
  actions.forEach((action) => live.dispatch(action));
  return { live, advisor: createAdvisor({ live, storage, clock: () => epochMs(NOW_MS), recommender }) };
}

/** Steady ticks: nothing but the odds speaks against a bet. */
export function aSteadyAssessment(change: Partial<Assessment> = {}): Assessment {
  const assessment = anAssessment(3);
  return { ...assessment, timing: { ...assessment.timing, reliability: 0.9 }, ...change };
}

/** A win probability of 26 %, surely above break-even. */
export function anEdge(change: Partial<Assessment> = {}): Assessment {
  const winProbability = { value: 0.26, lower: 0.22, upper: 0.3, level: 0.95, samples: 812 };
  return aSteadyAssessment({ winProbability, zone: 'positive', expectedValue: 0.3, ...change });
}

export function anEvidence(change: Partial<EvidenceView> = {}): EvidenceView {
  return {
    games: 653,
    eValue: 0.4,
    needed: 100,
    winProbability: { lower: 0.169, upper: 0.194, level: 0.99 },
    drift: { eValue: 0.7, direction: null },
    ranges: [{ from: 1, to: 9, eValue: 0.6 }],
    terms: [],
    ...change,
  };
}
