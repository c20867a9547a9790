// Whether the wins of a session are what luck does with the probabilities that were said at placement. Expected wins are
// Σp, the interval is 1.96 · √Σp(1 − p) (variance of a sum of independent trials), and the word comes from the exact tails:
// with few bets the interval reaches below zero and says little. Bets at which nothing was said are left out. Pure.
import { poissonBinomialTails } from '@/lib/performance/poisson-binomial';
import type { SettledBet } from '@/lib/performance/session-bet';
import { Z_95 } from '@/lib/metrics/shares';
import { formatNumber, formatPercent } from '@/lib/units/format';

/** Chance of a word other than luck where there is nothing but luck: this much on either side. */
export const TAIL_LEVEL = 0.025;

export type LuckVerdict = 'luck' | 'fewer' | 'more';

export type SessionLuck = {
  /** Settled bets with a probability. */
  readonly bets: number;
  readonly won: number;
  readonly expectedWins: number;
  /** Half width of the 95 % interval. */
  readonly reach: number;
  /** P(as many wins or more), P(as many or fewer), if the probabilities were right. */
  readonly atLeast: number;
  readonly atMost: number;
  readonly verdict: LuckVerdict;
  /** So few that not even winning none would be surprising. */
  readonly isFew: boolean;
};

/** Null where there is no settled bet with a probability. */
export function computeSessionLuck(bets: readonly Pick<SettledBet, 'won' | 'winProbability'>[]): SessionLuck | null {
  const probabilities: number[] = [];
  let [won, expectedWins, variance, noneWins] = [0, 0, 0, 1];
  for (const { won: hasWon, winProbability: p } of bets) {
    if (p === null) continue;
    probabilities.push(p);
    if (hasWon) won++;
    expectedWins += p;
    variance += p * (1 - p);
    noneWins *= 1 - p;
  }
  if (probabilities.length === 0) return null;
  const { atLeast, atMost } = poissonBinomialTails(probabilities, won);
  return {
    bets: probabilities.length,
    won,
    expectedWins,
    reach: Z_95 * Math.sqrt(variance),
    atLeast,
    atMost,
    verdict: atLeast < TAIL_LEVEL ? 'more' : atMost < TAIL_LEVEL ? 'fewer' : 'luck',
    isFew: noneWins >= TAIL_LEVEL,
  };
}

/** "You won 4 of 15; expected 2.7 ± 3.0: luck, not edge." */
export function luckSentence(luck: SessionLuck): string {
  const { bets, won, expectedWins, reach } = luck;
  const start = `You won ${won} of ${bets}; expected ${formatNumber(expectedWins, 1)} ± ${formatNumber(reach, 1)}`;
  return `${start}: ${WORDS[luck.verdict](luck)}.`;
}

const WORDS: Record<LuckVerdict, (luck: SessionLuck) => string> = {
  luck: ({ won, expectedWins }) => (won >= expectedWins ? 'luck, not edge' : 'bad luck at most'),
  fewer: ({ atMost }) => `fewer than luck explains, which does this in ${chance(atMost)} of such sessions`,
  more: ({ atLeast }) => `more than luck explains, which does this in ${chance(atLeast)} of such sessions`,
};

/** TAIL_LEVEL, in words: how often the word is wrong, not how rare this session is. */
const ONE_IN_FORTY = 'These words are said of one in forty sessions of pure luck.';

/** What the word leaves open, or null. */
export function luckCaveat({ bets, verdict, isFew }: SessionLuck): string | null {
  if (verdict === 'more') {
    return `${ONE_IN_FORTY} An edge would show again in the next sessions.`;
  }
  if (verdict === 'fewer') {
    return `${ONE_IN_FORTY} If it happens again, the probabilities you were told were too high.`;
  }
  if (!isFew) return null;
  return `${bets === 1 ? 'One bet is' : `${bets} bets are`} too few to tell more: even winning none of them would be luck.`;
}

function chance(probability: number): string {
  return probability < 0.0001 ? 'less than 0.01 %' : formatPercent(probability, probability < 0.01 ? 2 : 1);
}
