// The player in whose name strategies are judged: 10 SOL, default limits, a fresh start every session. Each strategy has
// an account that follows it to the letter, under the venue's rules and its limits, and the ranking of all of them is
// taken down when it says something new. Pure; called by the recorder.
import type { Assessment } from '@/lib/decision/assess';
import type { MadeRecommendation } from '@/lib/decision/made';
import { createRecommender, type RecommendationSet } from '@/lib/decision/recommend';
import type { VerdictWord } from '@/lib/decision/verdict';
import { createProfile } from '@/lib/risk/profile';
import { DEFAULT_VENUE, type Conditions } from '@/lib/risk/venue';
import { STRATEGIES } from '@/lib/strategy/registry';
import { SESSION_GAMES } from '@/lib/strategy/session-book';
import { createStrategyAccount, type FollowedBet } from '@/lib/strategy/strategy-account';
import { lamports } from '@/lib/units/lamports';
import type { EpochMs } from '@/lib/units/time';

export type Advice = Pick<
  MadeRecommendation,
  'strategyId' | 'priority' | 'word' | 'action' | 'stakeLamports' | 'score' | 'reasons' | 'startTick'
>;

export type ReferencePlayer = {
  startGame(): void;
  /** Advice that is new at this tick: bets that are due, and the top of the ranking when it has changed. */
  advise(moment: { assessment: Assessment; now: EpochMs; isDue: boolean }): readonly Advice[];
  /** The newest word on where the running game ended. */
  seeRug(end: { rugTick: number; at: EpochMs }): void;
};

export const REFERENCE_BANKROLL = lamports(10_000_000_000n);
/** A bet sent at a tick starts at the next one: a round trip is shorter than a tick. */
const DELAY_TICKS = 1;
const LATENCY_MS = 200;
const FEED = { status: 'connected', ageMs: 0 } as const;

export function createReferencePlayer(): ReferencePlayer {
  const recommender = createRecommender();
  let accounts = createAccounts();
  let games = 0;
  let end: { rugTick: number; at: EpochMs } | null = null;
  let lastAt: EpochMs | null = null;
  let lastTick = -1;
  let told: { zone: string; top: string; word: VerdictWord } | null = null;

  function rankAll(assessment: Assessment, now: EpochMs): RecommendationSet | null {
    const conditions: Conditions = {
      venue: DEFAULT_VENUE,
      feed: FEED,
      phase: assessment.tick === 0 ? 'presale' : 'active',
    };
    const profile = createProfile(REFERENCE_BANKROLL, LATENCY_MS);
    const result = recommender.recommend({ assessment, profile, conditions, now });
    return result.ok ? result.value : null;
  }

  function offerAll(moment: { tick: number; now: EpochMs; assessment: Assessment }): Map<string, FollowedBet> {
    const bets = new Map<string, FollowedBet>();
    for (const account of accounts) {
      const bet = account.nextTick() <= moment.tick ? account.offer(moment) : null;
      if (bet) bets.set(account.strategyId, bet);
    }
    return bets;
  }

  /** Without a word on the rug the last tick seen alive is the best there is. */
  function endGame(): void {
    if (lastAt === null) return;
    const seen = end ?? { rugTick: lastTick + 1, at: lastAt };
    for (const account of accounts) account.endGame({ rugTick: seen.rugTick, now: seen.at });
  }

  return {
    startGame() {
      endGame();
      if (games === SESSION_GAMES) {
        accounts = createAccounts();
        games = 0;
      }
      games++;
      for (const account of accounts) account.startGame();
      end = null;
      told = null;
      lastAt = null;
      lastTick = -1;
    },
    advise({ assessment, now, isDue }) {
      const { tick } = assessment;
      if (tick <= lastTick) return []; // Presale told tick 0 already.
      lastTick = tick;
      lastAt = now;
      const bets = offerAll({ tick, now, assessment });
      const isNews = isDue || told?.zone !== assessment.zone;
      if (bets.size === 0 && !isNews) return [];
      const set = rankAll(assessment, now);
      if (!set) return [];
      const [top] = set.recommendations;
      const changed = isNews && (told?.top !== top!.strategyId || told.word !== set.word);
      if (isNews) told = { zone: assessment.zone, top: top!.strategyId, word: set.word };
      const advice = [...bets].map(([strategyId, bet]) => toBet(strategyId, bet, set));
      if (changed && !bets.has(top!.strategyId)) advice.push(toVerdict(set, tick));
      return advice;
    },
    seeRug(seen) {
      end = seen;
    },
  };
}

function createAccounts() {
  return STRATEGIES.map((strategy) =>
    createStrategyAccount({
      strategy,
      bankrollLamports: REFERENCE_BANKROLL,
      delayTicks: DELAY_TICKS,
      latencyMs: LATENCY_MS,
    }),
  );
}

function toBet(strategyId: string, bet: FollowedBet, { word, recommendations }: RecommendationSet): Advice {
  const ranked = recommendations.find((one) => one.strategyId === strategyId && one.action === 'bet');
  return {
    strategyId,
    priority: ranked?.priority ?? null,
    word,
    action: 'bet',
    stakeLamports: bet.stakeLamports,
    score: ranked?.score ?? null,
    reasons: bet.reasons().slice(0, 1),
    startTick: bet.startTick,
  };
}

/** The advice to follow: its stake is the reference player's with a full bankroll, as the ranking had it. */
function toVerdict({ word, recommendations }: RecommendationSet, tick: number): Advice {
  const { strategyId, priority, action, stakeLamports, score, reasons } = recommendations[0]!;
  const startTick = tick === 0 ? 0 : tick + DELAY_TICKS;
  return { strategyId, priority, word, action, stakeLamports, score, reasons: reasons.slice(0, 2), startTick };
}
