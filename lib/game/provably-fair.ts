// Replays a game from its revealed seed with the published generator and compares it, bit for bit, with what the
// feed showed. Pure and synchronous: the server, the command line and the browser's verify page run this same code.
// Source: the game's published v3 generator (npm seedrandom, ARC4), confirmed on 46 of 46 recorded games.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import seedrandom from 'seedrandom';
import { GAME_TICKS_MAX, PUBLISHED_HAZARD } from '@/lib/game/rules';

export type GeneratorVersion = 'v1' | 'v3';

export type ReplayedGame = {
  /** Price at each tick before the rug; index = tick, prices[0] = 1. The rug price itself is not drawn. */
  readonly prices: readonly number[];
  /** Index at which the feed appends the rug price. */
  readonly rugTick: number;
  readonly peak: number;
};

export type Verification = {
  /** `unverifiable`: without a seed, or of a version not published, so that nothing can be said either way. */
  readonly status: 'verified' | 'failed' | 'unverifiable';
  readonly hashOk: boolean;
  readonly pathOk: boolean;
  readonly rugTick: number;
  readonly peak: number;
  /** Whether the peak that was published with the path is the path's; true when none was. */
  readonly peakOk: boolean;
  /** Largest absolute price difference, tick by tick; Infinity when the lengths differ. */
  readonly maxDifference: number;
};

const GOD_CANDLE_CHANCE = 0.00001;
const GOD_CANDLE_MULTIPLE = 10;
const GOD_CANDLE_PRICE_MAX = 100;
const BIG_MOVE_CHANCE = 0.125;
const BIG_MOVE_MIN = 0.15;
const BIG_MOVE_MAX = 0.25;
const DRIFT_MIN = -0.02;
const DRIFT_MAX = 0.03;
const VOLATILITY = 0.005;
const VOLATILITY_ROOT_MAX = 10;

export function isGeneratorVersion(version: string): version is GeneratorVersion {
  return version === 'v1' || version === 'v3';
}

/** SHA-256, hex, of the seed string itself (not of the bytes it spells). */
export function hashServerSeed(serverSeed: string): string {
  return bytesToHex(sha256(utf8ToBytes(serverSeed)));
}

/** `hazard` differs from the published 0.005 only in simulated games, which then say that they cannot be verified. */
export function replayGame({
  serverSeed,
  gameId,
  version,
  hazard = PUBLISHED_HAZARD,
}: {
  serverSeed: string;
  gameId: string;
  version: GeneratorVersion;
  hazard?: number | ((tick: number) => number);
}): ReplayedGame {
  const random = seedrandom(`${serverSeed}-${gameId}`);
  const hazardAt = typeof hazard === 'number' ? () => hazard : hazard;
  const prices = [1];
  let price = 1;
  let peak = 1;
  while (prices.length < GAME_TICKS_MAX) {
    if (random() < hazardAt(prices.length)) break;
    price = nextPrice({ price, version, random });
    if (price > peak) peak = price;
    prices.push(price);
  }
  return { prices, rugTick: prices.length, peak };
}

/** One price step; the order of the draws is the generator's and must not change. */
function nextPrice({
  price,
  version,
  random,
}: {
  price: number;
  version: GeneratorVersion;
  random: () => number;
}): number {
  if (version === 'v3' && random() < GOD_CANDLE_CHANCE && price <= GOD_CANDLE_PRICE_MAX) {
    return price * GOD_CANDLE_MULTIPLE;
  }
  let change: number;
  if (random() < BIG_MOVE_CHANCE) {
    const size = BIG_MOVE_MIN + random() * (BIG_MOVE_MAX - BIG_MOVE_MIN);
    change = random() > 0.5 ? size : -size;
  } else {
    change = DRIFT_MIN + random() * (DRIFT_MAX - DRIFT_MIN);
    const root = version === 'v1' ? Math.sqrt(price) : Math.min(VOLATILITY_ROOT_MAX, Math.sqrt(price));
    change += VOLATILITY * root * (2 * random() - 1);
  }
  const next = price * (1 + change);
  return next < 0 ? 0 : next;
}

/** Checks a finished game: seed against its commitment, then every published price against the replay. */
export function verifyGame({
  serverSeed,
  serverSeedHash,
  gameId,
  version,
  prices,
  peak: publishedPeak,
}: {
  serverSeed: string | null;
  serverSeedHash: string | null;
  gameId: string;
  version: string | null;
  /** The published path, rug price last. */
  prices: readonly (number | null)[];
  /** The published peak. */
  peak?: number;
}): Verification {
  const rugTick = prices.length - 1;
  const hashOk = serverSeed !== null && hashServerSeed(serverSeed) === serverSeedHash;
  const peak = peakOf(prices);
  const peakOk = publishedPeak === undefined || publishedPeak === peak;
  if (serverSeed === null || version === null || !isGeneratorVersion(version)) {
    return { status: 'unverifiable', hashOk, pathOk: false, rugTick, peak, peakOk, maxDifference: Infinity };
  }
  const replayed = replayGame({ serverSeed, gameId, version });
  const maxDifference = replayed.rugTick === rugTick ? largestDifference(replayed.prices, prices) : Infinity;
  const pathOk = maxDifference === 0;
  const status = hashOk && pathOk && peakOk ? 'verified' : 'failed';
  return { status, hashOk, pathOk, rugTick, peak, peakOk, maxDifference };
}

function largestDifference(replayed: readonly number[], published: readonly (number | null)[]): number {
  let largest = 0;
  for (let tick = 0; tick < replayed.length; tick++) {
    const price = published[tick];
    if (price === null || price === undefined) return Infinity;
    const difference = Math.abs(price - replayed[tick]!);
    if (difference > largest) largest = difference;
  }
  return largest;
}

/** Highest price before the rug; the rug price is near 0 and never counts. */
export function peakOf(prices: readonly (number | null)[]): number {
  let peak = 0;
  for (let tick = 0; tick < prices.length - 1; tick++) {
    const price = prices[tick];
    if (price !== null && price !== undefined && price > peak) peak = price;
  }
  return peak;
}
