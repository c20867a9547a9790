// What the side bet costs under the published rules, whatever any model says: the standing reminder on every page.
import { createPublishedModel } from '@/lib/hazard/published';

/** Expected loss per unit staked at this payout: 1 − payout × P(win). Worked value: 5× loses 0.0916 of every stake. */
export function publishedLossShare(payout: number): number {
  return 1 - payout * createPublishedModel().windowProbability(0).value;
}
