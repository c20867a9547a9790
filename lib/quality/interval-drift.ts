// Do the ticks of a day come as recorded ones did? Each game of 40 intervals or more either keeps to the recorded rhythm
// or departs from it; a day's games are held against "whatever came before, a game departs with at most 5 %". Pure;
// called by the expectation of intervals. Intervals within a game hang together (a stall is followed by a burst), so the
// game is the unit, not the interval.
// Limits of a game, from the two recordings of game-facts: the median is 250 or 251 ms in both, and no quantile from
// the 5th to the 95th leaves 155 … 326 ms; 526 ms is the 99th percentile of the looser one. In the recorded capture and in
// the simulated games (see the test) a game departs in well under 5 % of cases.
import { logEvidenceAbove } from '@/lib/edge/bernoulli-mixture';

export const INTERVALS_NEEDED = 40;
export const MEDIAN_MS = { least: 240, most: 262 } as const;
export const P95_MS_MOST = 526;
export const DEPARTING_SHARE_MOST = 0.05;

/** ln of an e-value, anytime-valid: P(it ever reaches ln(1/α) in a day) ≤ α while at most 5 % of games depart. */
export function logIntervalEvidence({ games, departing }: { games: number; departing: number }): number {
  return games === 0 ? 0 : logEvidenceAbove(DEPARTING_SHARE_MOST, { successes: departing, trials: games });
}
