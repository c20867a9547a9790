// The odds in plain words, for whoever is about to bet for the first time: every number follows from the published hazard
// and the payout, none is typed in. Pure; the statement at first use and the settings show them.
import { DEFAULT_PAYOUT_MULTIPLE, PUBLISHED_HAZARD, WINDOW_TICKS } from '@/lib/game/rules';
import { timesRoundedDown } from '@/lib/risk/amounts';
import { solAbout } from '@/lib/risk/words';
import { formatPercent } from '@/lib/units/format';
import { LAMPORTS_PER_SOL, lamports } from '@/lib/units/lamports';

export type Odds = {
  readonly winProbability: number;
  readonly breakEven: number;
  /** EV per unit staked. */
  readonly expectedValue: number;
  readonly payout: number;
};

export function computeOdds(payout: number = DEFAULT_PAYOUT_MULTIPLE): Odds {
  const winProbability = 1 - (1 - PUBLISHED_HAZARD) ** WINDOW_TICKS;
  return { winProbability, breakEven: 1 / payout, expectedValue: payout * winProbability - 1, payout };
}

const STREAK = 10;
const MANY = 100;

/** One sentence each, the most important first. */
export function describeOdds({ winProbability, breakEven, expectedValue, payout }: Odds): readonly string[] {
  const inHundred = (share: number) => `${Math.round(share * 100)}`;
  const perSol = timesRoundedDown(LAMPORTS_PER_SOL, expectedValue);
  const many = lamports(perSol * BigInt(MANY));
  const side = expectedValue < 0 ? 'lost' : 'won';
  return [
    `About ${inHundred(winProbability)} in 100 bets win. At a payout of ${payout}× you need ${inHundred(breakEven)} in 100 to come out even.`,
    `Of every SOL staked, about ${solAbout(absolute(perSol))} is ${side} on average. After ${MANY} bets of 1 SOL that is about ${solAbout(absolute(many))}.`,
    `No tick, price or past game changes the chance of a rug: the draw at every tick is a fixed ${formatPercent(PUBLISHED_HAZARD)}. A bet is no more likely to win because others lost before it.`,
    `${STREAK} losses in a row are ordinary: any ${STREAK} bets are all lost with a chance of ${formatPercent((1 - winProbability) ** STREAK)}. Raising the stake after a loss does not bring it back; it makes the next one larger.`,
    'Winning over an evening is luck, and it happens. Winning for good is not to be expected, unless the dashboard shows an edge and says how sure it is.',
  ];
}

function absolute(amount: bigint) {
  return lamports(amount < 0n ? -amount : amount);
}
