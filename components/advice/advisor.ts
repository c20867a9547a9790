// The player's adviser in the browser: joins the live state and the profile, ranks the strategies once per change of
// either, and keeps the answer until the next. Loaded after the page: nothing of it is needed to read the verdict.
import { adviseVerdict } from '@/components/advice/advised-verdict';
import { createProfileStore, type FollowedProfile, type ProfileStorage } from '@/components/advice/profile-store';
import type { LiveState } from '@/components/live/live-state';
import type { LiveStore } from '@/components/live/live-store';
import { createRecommender, type RecommendationSet, type Recommender } from '@/lib/decision/recommend';
import { isClaiming, type Verdict } from '@/lib/decision/verdict';
import type { InputError } from '@/lib/risk/input-error';
import type { Profile } from '@/lib/risk/profile';
import { DEFAULT_VENUE, type Conditions } from '@/lib/risk/venue';
import type { Lamports } from '@/lib/units/lamports';
import { epochMs, type Clock } from '@/lib/units/time';

export type AdviceState = {
  /** Null until the adviser is loaded. With the position, while its game runs. */
  readonly profile: Profile | null;
  readonly isChosen: boolean;
  readonly problem: string | null;
  /** Null while nothing may be claimed: no live feed, or no bet to judge. */
  readonly set: RecommendationSet | null;
  readonly error: InputError | null;
  readonly conditions: Conditions | null;
  /** The one verdict to show; null leaves it to the assessment alone. */
  readonly verdict: Verdict | null;
};

export type Advisor = {
  get(): AdviceState;
  subscribe(listener: () => void): () => void;
  save(profile: Profile): void;
  reset(): void;
  reload(): void;
  suggestLatency(latencyMs: number): void;
  isChosen(): boolean;
  /** See ProfileStore. */
  follow(account: FollowedProfile | null): void;
  own(): Profile | null;
  /** A position in the running game, or none; it ends with the game and is never stored. */
  hold(valueLamports: Lamports | null): void;
};

/** The name under which every ranking is measured, for a performance observer. */
export const RANKING_MEASURE = 'rank strategies';

export function createAdvisor({
  live,
  storage,
  clock,
  recommender = createRecommender(),
}: {
  live: LiveStore;
  storage: ProfileStorage | null;
  clock: Clock;
  recommender?: Recommender;
}): Advisor {
  const profiles = createProfileStore(storage);
  const listeners = new Set<() => void>();
  let held: { readonly valueLamports: Lamports; readonly gameId: string } | null = null;
  let revision = 0;
  let known: { readonly revision: number; readonly live: LiveState; readonly advice: AdviceState } | null = null;
  const change = (apply: () => void) => {
    apply();
    revision++;
    listeners.forEach((listener) => listener());
  };
  const compute = (state: LiveState): AdviceState => {
    const stored = profiles.get();
    const isHeld = held !== null && held.gameId === state.game?.gameId && state.game.phase === 'active';
    const profile = isHeld ? { ...stored, position: { valueLamports: held!.valueLamports } } : stored;
    const base = { profile, isChosen: profiles.isChosen(), problem: profiles.problem() };
    return { ...base, ...advise({ state, profile, recommender, clock }) };
  };
  return {
    get() {
      const state = live.get();
      if (!known || known.revision !== revision || !isSameMoment(known.live, state)) {
        known = { revision, live: state, advice: compute(state) };
      }
      return known.advice;
    },
    subscribe(listener) {
      listeners.add(listener);
      const leave = live.subscribe(listener);
      return () => {
        listeners.delete(listener);
        leave();
      };
    },
    save: (profile) => change(() => profiles.save({ ...profile, position: null })),
    reset: () => change(profiles.reset),
    reload: () => change(profiles.reload),
    suggestLatency: (latencyMs) => change(() => profiles.suggestLatency(latencyMs)),
    isChosen: profiles.isChosen,
    follow: (account) => change(() => profiles.follow(account)),
    own: profiles.own,
    hold(valueLamports) {
      const gameId = live.get().game?.gameId;
      change(() => (held = valueLamports === null || !gameId ? null : { valueLamports, gameId }));
    },
  };
}

/** Prices, tapes and counted seconds change nothing here. */
function isSameMoment(a: LiveState, b: LiveState): boolean {
  return (
    a.assessment === b.assessment &&
    a.verdict === b.verdict &&
    a.health.kind === b.health.kind &&
    a.game?.phase === b.game?.phase &&
    a.game?.gameId === b.game?.gameId
  );
}

function advise({
  state,
  profile,
  recommender,
  clock,
}: {
  state: LiveState;
  profile: Profile;
  recommender: Recommender;
  clock: Clock;
}): Pick<AdviceState, 'set' | 'error' | 'conditions' | 'verdict'> {
  const { assessment, game, feed, health, verdict } = state;
  if (!isClaiming(health) || !assessment || !game || !feed) {
    return { set: null, error: null, conditions: null, verdict };
  }
  const now = clock();
  const ageMs = state.frameHeardAtMs === null ? null : Math.max(0, now - state.frameHeardAtMs);
  const conditions: Conditions = { venue: DEFAULT_VENUE, feed: { status: feed.status, ageMs }, phase: game.phase };
  const result = measured(() => recommender.recommend({ assessment, profile, conditions, now: epochMs(now) }));
  if (!result.ok) return { set: null, error: result.error, conditions, verdict };
  return { set: result.value, error: null, conditions, verdict: adviseVerdict(verdict, result.value) };
}

/** Observers see the measure; the browser's own list of measures would grow with every tick. */
function measured<T>(run: () => T): T {
  const start = performance.now();
  const result = run();
  performance.measure?.(RANKING_MEASURE, { start });
  performance.clearMeasures?.(RANKING_MEASURE);
  return result;
}
