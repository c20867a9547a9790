// Flat stake: the same amount on every bet, one hundredth of the bankroll the session began with. It looks at no edge,
// so it shows what betting without one costs.
import { timesRoundedDown } from '@/lib/risk/amounts';
import { formatPercent } from '@/lib/units/format';
import { breakEvenSentence, placeStake } from '@/lib/strategy/place-stake';
import type { Strategy } from '@/lib/strategy/strategy';

/** A hundred lost stakes to the bankroll: small enough to watch a losing bet lose slowly. */
const STAKE_FRACTION = 0.01;

export const flatStake: Strategy = {
  id: 'flat-stake',
  name: 'Flat stake',
  tier: 'conservative',
  summary: 'Stakes 1 % of the bankroll the session began with, on every bet.',
  parameters: { stakeFraction: STAKE_FRACTION },
  decide(context) {
    const { bankrollLamports, session } = context.profile;
    return placeStake({
      context,
      wantedLamports: timesRoundedDown(bankrollLamports - session.netLamports, STAKE_FRACTION),
      plan: (stakeLamports) => ({ kind: 'flat', stakeLamports }),
      reasons: () => [
        breakEvenSentence(context),
        `It stakes the same every time: ${formatPercent(STAKE_FRACTION)} of what this session began with.`,
      ],
    });
  },
};
