// Do not bet: always among the recommendations, and the one to beat. It stakes nothing, expects nothing and cannot lose.
import { checkAnyBet } from '@/lib/risk/risk-manager';
import { noEdgeReasons } from '@/lib/strategy/place-stake';
import type { Strategy } from '@/lib/strategy/strategy';

export const doNotBet: Strategy = {
  id: 'do-not-bet',
  name: 'Do not bet',
  tier: 'conservative',
  summary: 'Keeps the stake. The measure every other strategy has to beat.',
  parameters: {},
  decide(context) {
    const refusals = checkAnyBet(context);
    const stops = refusals.some(({ kind }) => kind === 'stop');
    return {
      action: stops ? 'stop' : 'wait',
      reasons() {
        const blocked = refusals.map(({ message }) => message);
        if (context.edge.supported && blocked.length === 0) return ['Not betting costs nothing and risks nothing.'];
        const odds = noEdgeReasons(context);
        // A session that is over ends the matter; otherwise the odds are the first thing to know.
        return stops || context.edge.supported ? [...blocked, ...odds] : [...odds, ...blocked];
      },
    };
  },
};
