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
 * The first reason of the advice on top. A hedge's opens with the odds, which speak against it: its second says why. A
 * Skip in spite of an edge is explained by the strategy that found no room for a bet.
 */
function pickReason({ word, recommendations, refused }: RecommendationSet): string {
  const [best, next] = recommendations;
  if (word === 'Hedge') return best?.reasons[1] ?? best?.reasons[0] ?? '';
  if (word === 'Skip') return refused[0]?.refusals[0]?.message ?? next?.reasons[0] ?? best?.reasons[0] ?? '';
  return best?.reasons[0] ?? '';
}

function asClause(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');
}
