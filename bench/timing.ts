// Coverage of the 95 % interval of a window's duration, on simulated server-side ticks, on ticks seen over a jittery
// connection, and on the recorded capture when it is there; and what an observation costs.
import { existsSync } from 'node:fs';
import { createTimingEstimator, type TickTiming } from '@/lib/timing/tick-timing';
import { epochMs } from '@/lib/units/time';
import { readCapture } from '@/server/feed/read-capture';
import { createIngest } from '@/server/ingest/ingest';
import { createRandom, type Random } from '@/server/simulator/random';
import { sampleTickOffsets } from '@/server/simulator/tick-intervals';
import { round } from '@/lib/math/percentile';

const CAPTURE = '../shared/data/captures/2025-12-14.jsonl.gz';
const GAMES = [20, 200, 2_000];
const HAZARD = 0.005;

/** Arrival times of one game's ticks, ms, by tick. */
type Game = readonly number[];

export async function run() {
  const random = createRandom('bench timing');
  const figures: Record<string, unknown> = {};
  for (const [name, play] of [
    ['serverSide', serverSide],
    ['clientSide', clientSide],
  ] as const) {
    for (const games of GAMES) {
      const played = Array.from({ length: games }, () => play(gameLength(random), random));
      figures[`${name}${games}Games`] = measure(played);
    }
  }
  figures.recorded = existsSync(CAPTURE) ? measure(await recordedGames()) : 'skipped: ../shared is not here';
  return figures;
}

function measure(games: readonly Game[]) {
  const estimator = createTimingEstimator();
  let windows = 0;
  let covered = 0;
  let width = 0;
  let observations = 0;
  let elapsedMs = 0;
  let offset = 0;
  for (const arrivals of games) {
    estimator.interrupt();
    const promised: TickTiming['windowMs'][] = [];
    arrivals.forEach((at, tick) => {
      const start = performance.now();
      estimator.observe({ tick, at: epochMs(offset + at) });
      promised.push(estimator.current().windowMs);
      elapsedMs += performance.now() - start;
      observations++;
      const promise = promised[tick - 40];
      if (!promise) return;
      const duration = at - arrivals[tick - 40]!;
      windows++;
      width += promise.upper - promise.lower;
      if (duration >= promise.lower && duration <= promise.upper) covered++;
    });
    offset += arrivals.at(-1)! + 20_000;
  }
  return {
    windows,
    coverage: round(covered / windows, 4),
    meanWidthMs: round(width / windows, 0),
    observeUs: round((elapsedMs * 1000) / observations),
  };
}

function gameLength(random: Random): number {
  return Math.ceil(Math.log(1 - random.next()) / Math.log(1 - HAZARD)) + 1;
}

function serverSide(ticks: number, random: Random): Game {
  return sampleTickOffsets({ lastTick: ticks, random });
}

/** A steady grid seen through a connection with 38 ms of jitter and rare stalls, after which all comes at once. */
function clientSide(ticks: number, random: Random): Game {
  const arrivals: number[] = [];
  let heldUntil = 0;
  for (let tick = 0; tick <= ticks; tick++) {
    const sent = tick * 250.9;
    if (random.chance(0.0003)) heldUntil = sent + random.between(1_000, 14_000);
    const due = sent + Math.max(0, 60 + 38 * random.gaussian());
    arrivals.push(Math.max(due, heldUntil, arrivals.at(-1) ?? 0));
  }
  return arrivals;
}

async function recordedGames(): Promise<Game[]> {
  const games = new Map<string, number[]>();
  const ingest = createIngest({
    onFact(fact) {
      if (fact.type !== 'tick' || !fact.live || fact.at === null) return;
      games.set(fact.gameId, [...(games.get(fact.gameId) ?? []), fact.at]);
    },
    onDeadLetter: () => undefined,
  });
  for await (const line of readCapture(CAPTURE)) if (line.ok) ingest.take(line.frame);
  return [...games.values()].map((arrivals) => arrivals.map((at) => at - arrivals[0]!));
}
