// Every strategy there is, in a fixed order. Adding one means its file and one line here.
import { adaptiveTiming } from '@/lib/strategy/adaptive-timing';
import { cappedMartingale } from '@/lib/strategy/capped-martingale';
import { conservativeProgression } from '@/lib/strategy/conservative-progression';
import { doNotBet } from '@/lib/strategy/do-not-bet';
import { flatStake } from '@/lib/strategy/flat-stake';
import { fractionalKelly } from '@/lib/strategy/fractional-kelly';
import { rugInsurance } from '@/lib/strategy/rug-insurance';
import type { Strategy } from '@/lib/strategy/strategy';
import { zoneBased } from '@/lib/strategy/zone-based';

export const STRATEGIES: readonly Strategy[] = [
  doNotBet,
  flatStake,
  fractionalKelly,
  zoneBased,
  conservativeProgression,
  cappedMartingale,
  adaptiveTiming,
  rugInsurance,
];

export function strategyById(id: string): Strategy | undefined {
  return STRATEGIES.find((strategy) => strategy.id === id);
}
