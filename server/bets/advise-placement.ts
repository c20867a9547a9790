// What Fortytick says of a bet at its placement, worked out again on the server and kept with the bet for good. A browser
// may have shown something else; this is what counts. Pure but for the recommender's cache.
import type { BetAdvice } from '@/lib/bets/bet-advice';
import type { RecommendationSet, Recommender } from '@/lib/decision/recommend';
import { packAssessment } from '@/lib/protocol/compact-assessment';
import type { Profile } from '@/lib/risk/profile';
import type { Lamports } from '@/lib/units/lamports';
import type { Moment } from '@/server/bets/check-placement';

export function advisePlacement({
  moment: { assessment, conditions, now },
  profile,
  strategyId,
  stakeLamports,
  recommender,
}: {
  readonly moment: Moment;
  readonly profile: Profile;
  readonly strategyId: string | null;
  readonly stakeLamports: Lamports;
  readonly recommender: Recommender;
}): BetAdvice {
  const said = {
    tick: assessment.tick,
    assessment: packAssessment(assessment),
    expectedValue: assessment.expectedValue,
    winProbability: assessment.winProbability.value,
  };
  const recommended = recommender.recommend({ assessment, profile, conditions, now });
  if (!recommended.ok) {
    return { ...said, word: null, strategyId, advisedLamports: '0', stance: 'unadvised' };
  }
  const { word } = recommended.value;
  const advised = findAdvice(recommended.value, strategyId);
  const follows = advised.lamports > 0n && stakeLamports <= advised.lamports;
  return {
    ...said,
    word,
    strategyId: advised.strategyId,
    advisedLamports: String(advised.lamports),
    stance: follows ? 'followed' : 'against',
  };
}

/** Of the strategy the bet names, or of the one to follow; no stake where the advice is not to bet. */
function findAdvice(
  { recommendations }: RecommendationSet,
  strategyId: string | null,
): { readonly strategyId: string | null; readonly lamports: bigint } {
  const named = recommendations.find((one) =>
    strategyId === null ? one.priority === 1 : one.strategyId === strategyId,
  );
  // A strategy that is not worth more than not betting advises nothing, whatever its own stake would be.
  const bets = named?.action === 'bet' && named.beatsDoNotBet;
  return { strategyId: strategyId ?? named?.strategyId ?? null, lamports: bets ? named.stakeLamports : 0n };
}

/** For a bet that nobody was asked about: one first seen on the feed. */
export const UNADVISED: BetAdvice = {
  tick: null,
  assessment: null,
  word: null,
  strategyId: null,
  advisedLamports: '0',
  expectedValue: null,
  winProbability: null,
  stance: 'unadvised',
};
