// Simulated worlds with a known hazard: what is true in them, what Wald's test would need, and how the edge evidence fares.
// For the worlds bench and for tests; seeded, so failures repeat.
import seedrandom from 'seedrandom';
import { breakEvenOf, intensityOf } from '@/lib/edge/break-even';
import { createEdgeEvidence } from '@/lib/edge/edge-evidence';
import { GAME_TICKS_MAX, WINDOW_TICKS } from '@/lib/game/rules';

/** Hazards from a tick on, in order of ticks; the first starts at tick 1. */
export type HazardSteps = readonly (readonly [fromTick: number, hazard: number])[];

export type EdgeWorld = {
  readonly hazards: HazardSteps;
  /** When given, these hold for the first `games` games and `hazards` after them. */
  readonly before?: { readonly games: number; readonly hazards: HazardSteps };
};

export type WorldOutcome = {
  /** A positive zone was shown, at any time, at a tick whose win probability then was at most break-even. */
  readonly falseZone: boolean;
  /** How far below break-even the worst of them was, in win probability. */
  readonly worstShortfall: number;
  /** Games of the affected world needed for the alarm, and for the first true positive zone; Infinity when never. */
  readonly alarmGames: number;
  readonly detectionGames: number;
  /** Expected profit per unit stake after detection: of every bet with an edge, and of the positive zones. */
  readonly oracleProfit: number;
  readonly profit: number;
};

const PAYOUT = 5;
/** Past every boundary in use; later ticks answer alike, in the worlds and in the engine. */
const SCAN_TICKS = 700;

export function simulateWorld({
  world,
  seed,
  gamesMax,
  stopAtDetection = false,
}: {
  world: EdgeWorld;
  seed: string;
  gamesMax: number;
  stopAtDetection?: boolean;
}): WorldOutcome {
  const random = seedrandom(seed);
  const evidence = createEdgeEvidence({ payout: PAYOUT });
  const breakEven = breakEvenOf(PAYOUT).winProbability;
  const shift = world.before?.games ?? 0;
  let alarmGames = Infinity;
  let detectionGames = Infinity;
  let worstShortfall = -1;
  let oracleProfit = 0;
  let profit = 0;
  let hazards = world.before?.hazards ?? world.hazards;
  let wins = winProbabilities(hazards);
  for (let game = 0; game < gamesMax + shift; game++) {
    if (game === shift) wins = winProbabilities((hazards = world.hazards));
    const alarmed = evidence.hasAlarm();
    if (alarmed) {
      const found = scan((tick) => evidence.isPositive(tick), wins, breakEven);
      worstShortfall = Math.max(worstShortfall, found.worstShortfall);
      if (game >= shift) alarmGames = Math.min(alarmGames, game - shift);
      if (game >= shift && found.anyTrue) detectionGames = Math.min(detectionGames, game - shift);
    }
    if (stopAtDetection && detectionGames < Infinity) break;
    const rugTick = drawRugTick(hazards, random);
    if (detectionGames < Infinity) {
      oracleProfit += expectedProfit((tick) => wins[tick]! > breakEven, wins, rugTick);
      if (alarmed) profit += expectedProfit((tick) => evidence.isPositive(tick), wins, rugTick);
    }
    evidence.observeGame({ rugTick });
  }
  return { falseZone: worstShortfall >= 0, worstShortfall, alarmGames, detectionGames, oracleProfit, profit };
}

function scan(isPositive: (tick: number) => boolean, wins: Float64Array, breakEven: number) {
  let worstShortfall = -1;
  let anyTrue = false;
  for (let tick = 0; tick < SCAN_TICKS; tick++) {
    if (!isPositive(tick)) continue;
    if (wins[tick]! > breakEven) anyTrue = true;
    else worstShortfall = Math.max(worstShortfall, breakEven - wins[tick]!);
  }
  return { worstShortfall, anyTrue };
}

/** One unit at every chosen tick before the rug, one bet open at a time; the next may follow where the last one ended. */
function expectedProfit(chosen: (tick: number) => boolean, wins: Float64Array, rugTick: number): number {
  let profit = 0;
  for (let tick = 0; tick < rugTick;) {
    const at = Math.min(tick, SCAN_TICKS - 1);
    if (chosen(at)) {
      profit += PAYOUT * wins[at]! - 1;
      tick += WINDOW_TICKS;
    } else tick++;
  }
  return profit;
}

/** The rug tick by inversion: hazard adds up along the ticks until it reaches an exponential draw. */
export function drawRugTick(hazards: HazardSteps, random: () => number): number {
  let left = -Math.log1p(-random());
  for (let i = 0; i < hazards.length; i++) {
    const [from, hazard] = hazards[i]!;
    const to = hazards[i + 1]?.[0] ?? GAME_TICKS_MAX;
    const intensity = intensityOf(hazard);
    if (left < intensity * (to - from)) return from + Math.floor(left / intensity);
    left -= intensity * (to - from);
  }
  return GAME_TICKS_MAX;
}

export function hazardAt(hazards: HazardSteps, tick: number): number {
  return hazards.findLast(([from]) => from <= tick)![1];
}

/** Win probability of the window after each tick. */
export function winProbabilities(hazards: HazardSteps): Float64Array {
  return Float64Array.from({ length: SCAN_TICKS }, (_, tick) => {
    let intensity = 0;
    for (let i = tick + 1; i <= tick + WINDOW_TICKS; i++) intensity += intensityOf(hazardAt(hazards, i));
    return -Math.expm1(-intensity);
  });
}

/**
 * Wald's bound ln(1/α) / KL for the test that knows everything: break-even hazard against the true one on the affected
 * ticks (those above break-even), KL being the expected log-likelihood ratio per game under the truth.
 * Wald, Sequential tests of statistical hypotheses, Ann. Math. Statist. 16 (1945) 117–186.
 */
export function waldGames(hazards: HazardSteps, alpha: number): number {
  const { hazard: b } = breakEvenOf(PAYOUT);
  let alive = 1;
  let kl = 0;
  for (let tick = 1; tick < GAME_TICKS_MAX; tick++) {
    const h = hazardAt(hazards, tick);
    if (h > b) kl += alive * (h * Math.log(h / b) + (1 - h) * Math.log((1 - h) / (1 - b)));
    alive *= 1 - h;
  }
  return Math.log(1 / alpha) / kl;
}

/** Games that Wald's test itself took in one world: the first crossing of ln(1/α), which overshoots its bound. */
export function waldTestGames({ hazards, seed, alpha }: { hazards: HazardSteps; seed: string; alpha: number }): number {
  const random = seedrandom(seed);
  const { hazard: b } = breakEvenOf(PAYOUT);
  let log = 0;
  let games = 0;
  while (log < Math.log(1 / alpha)) {
    const rugTick = drawRugTick(hazards, random);
    games++;
    hazards.forEach(([from, h], i) => {
      const end = hazards[i + 1]?.[0] ?? GAME_TICKS_MAX;
      if (h <= b || rugTick < from) return;
      log += (Math.min(rugTick, end) - from) * Math.log((1 - h) / (1 - b));
      if (rugTick < end) log += Math.log(h / b);
    });
  }
  return games;
}
