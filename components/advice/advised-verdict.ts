// One verdict on screen: where the recommendations say more than the assessment alone (Hedge, Stop, a limit that holds a
// bet back), their word and reason replace it; where both say the same, the assessment's shorter sentence stands. Pure.
import type { RecommendationSet } from '@/lib/decision/recommend';
import type { Verdict, VerdictWord } from '@/lib/decision/verdict';

export function adviseVerdict(plain: Verdict, set: RecommendationSet | null): Verdict {
  if (!set || set.word === plain.word) return plain;
  const { word } = set;
  const reason = asClause(pickReason(set));
  return { word, reason, sentence: `${word}: ${reason}`, spoken: `${word}: ${SPOKEN[word]}` };
}

/** Without figures, so that a screen reader hears a change of advice and not of digits. */
const SPOKEN: Record<VerdictWord, string> = {
  Skip: 'no bet is worth placing within your limits',
  Wait: 'your limits hold bets back for now',
  Bet: 'wins more often than it needs to',
  Hedge: 'insuring your position is worth its price',
  Stop: 'your limits end this session',
};

/**
 * The first reason of the advice on top, unless that only tells the odds: a hedge's second reason says why it is one, a
 * Wait is explained by what holds the bet up, and a Skip in spite of an edge by what leaves no room for a bet.
 */
function pickReason({ word, recommendations, refused }: RecommendationSet): string {
  const [best, next] = recommendations;
  const reasons = best?.reasons ?? [];
  switch (word) {
    case 'Hedge':
      return reasons[1] ?? reasons[0] ?? '';
    case 'Wait': {
      const heldUp = refused.find(({ refusals }) => refusals.every(({ kind }) => kind === 'wait'));
      return heldUp?.refusals[0]?.message ?? reasons.at(-1) ?? '';
    }
    case 'Skip':
      return refused[0]?.refusals[0]?.message ?? next?.reasons[0] ?? reasons[0] ?? '';
    case 'Bet':
    case 'Stop':
      return reasons[0] ?? '';
  }
}

function asClause(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');
}
