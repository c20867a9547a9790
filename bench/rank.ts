// Personal ranking: all strategies, the risk manager and the ranking for one profile and one tick, microseconds in Node
// (a browser runs the same code at every tick; the promise there is 2 ms). Four situations, from what every tick of the
// published game looks like to a win probability that moves at every tick, where no cached outlook can be reused. Beside
// wall time it gives the process's own processor time, which other work on the machine does not lengthen.
import { assess, type Assessment } from '@/lib/decision/assess';
import { createRecommender } from '@/lib/decision/recommend';
import { computeZone } from '@/lib/decision/zone';
import { createPublishedModel } from '@/lib/hazard/published';
import { createProfile, type Profile } from '@/lib/risk/profile';
import { placeBet, settleBet } from '@/lib/risk/play-session';
import { DEFAULT_VENUE, type Conditions } from '@/lib/risk/venue';
import { STRATEGIES } from '@/lib/strategy/registry';
import { createRandom } from '@/lib/strategy/simulate-plan';
import { createTimingEstimator } from '@/lib/timing/tick-timing';
import { lamports } from '@/lib/units/lamports';
import { epochMs } from '@/lib/units/time';
import { percentile, round } from '@/lib/math/percentile';

const TICKS = 20_000;
const WARM_UP_TICKS = 2_000;
const SEED = 40;
const BANKROLL = lamports(2_000_000_000n);
const POSITION = { valueLamports: lamports(1_000_000_000n) };
const CONDITIONS: Conditions = { venue: DEFAULT_VENUE, feed: { status: 'connected', ageMs: 100 }, phase: 'active' };

export async function run() {
  const published = anAssessment({ win: createPublishedModel().windowProbability(0).value, width: 0 });
  const situations = {
    /** The published hazard, nothing bet: every tick of nearly every game. */
    published: measure({ assessmentAt: () => published, profile: player() }),
    /** The same with an open position to insure. */
    hedging: measure({ assessmentAt: () => published, profile: { ...player(), position: POSITION } }),
    /** A proven edge that moves at every tick: every strategy bets, and every outlook is computed anew. */
    movingEdge: measure({ assessmentAt: movingEdge(), profile: { ...player(), position: POSITION } }),
    /** The published hazard with a bet settled every forty ticks, so that bankroll and streak keep changing. */
    settling: measure({ assessmentAt: () => published, profile: player(), settleEvery: 40 }),
  };
  const worst = (figure: 'p99us' | 'cpuP99us') =>
    Math.max(...Object.values(situations).map((figures) => figures[figure]));
  const summary = { p99us: worst('p99us'), cpuP99us: worst('cpuP99us') };
  return { strategies: STRATEGIES.length, ticks: TICKS, ...situations, ...summary };
}

function measure({
  assessmentAt,
  profile: start,
  settleEvery = Infinity,
}: {
  assessmentAt: (tick: number) => Assessment;
  profile: Profile;
  settleEvery?: number;
}) {
  const recommender = createRecommender();
  const random = createRandom(SEED);
  const tookUs: number[] = [];
  const cpuUs: number[] = [];
  let profile = start;
  for (let tick = 0; tick < TICKS; tick++) {
    const assessment = { ...assessmentAt(tick), tick };
    const now = epochMs(1_767_225_600_000 + tick * 250);
    if (tick % settleEvery === settleEvery - 1) profile = settleOne(profile, random() < 0.18, now);
    const cpuBefore = process.cpuUsage();
    const begin = performance.now();
    const result = recommender.recommend({ assessment, profile, conditions: CONDITIONS, now });
    const end = performance.now();
    const cpu = process.cpuUsage(cpuBefore);
    if (!result.ok) throw new Error(result.error.message);
    if (tick < WARM_UP_TICKS) continue;
    tookUs.push((end - begin) * 1000);
    cpuUs.push(cpu.user + cpu.system);
  }
  const at = (values: readonly number[], p: number) => round(percentile(values, p));
  return { p50us: at(tookUs, 0.5), p99us: at(tookUs, 0.99), cpuP99us: at(cpuUs, 0.99) };
}

/** Settles a hundredth of the first bankroll; a player who is down to half starts again. */
function settleOne(profile: Profile, won: boolean, at: ReturnType<typeof epochMs>): Profile {
  if (profile.bankrollLamports < BANKROLL / 2n) return player();
  const bet = { stakeLamports: lamports(BANKROLL / 100n), startTick: 0, endTick: 40 };
  return settleBet(placeBet(profile, bet), { won, payout: 5, at });
}

function player(): Profile {
  const profile = createProfile(BANKROLL, 200);
  return { ...profile, limits: { ...profile.limits, coolingOffMs: 0, maxConsecutiveLosses: 100 } };
}

/** A win probability between 22 and 30 %, never twice the same, surely above break-even. */
function movingEdge(): (tick: number) => Assessment {
  const random = createRandom(SEED);
  return () => anAssessment({ win: 0.22 + 0.08 * random(), width: 0.03 });
}

const BASE = assess({
  tick: 0,
  payout: 5,
  model: createPublishedModel(),
  timing: createTimingEstimator().current(),
});

function anAssessment({ win, width }: { win: number; width: number }): Assessment {
  const winProbability = { ...BASE.winProbability, value: win, lower: win - width / 2, upper: win + width / 2 };
  return {
    ...BASE,
    winProbability,
    zone: computeZone(winProbability, BASE.breakEven),
    timing: { ...BASE.timing, reliability: 0.95 },
  };
}
