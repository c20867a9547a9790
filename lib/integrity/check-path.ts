// Two checks of the path itself, which need no seed: every tick from 0 to the rug once, in the order they arrived, and the
// length and peak that the game's row claims. Pure.
import { GAME_TICKS_MAX } from '@/lib/game/rules';
import { count, failed, passed, unverifiable, type CheckResult } from '@/lib/integrity/check-result';
import type { GameOnRecord } from '@/lib/integrity/game-on-record';

export function checkTickSequence(game: GameOnRecord): CheckResult {
  const { prices, rugTick, complete } = game;
  if (prices.length > rugTick + 1) {
    const words = `The rug is at tick ${rugTick}, yet the record goes on to tick ${prices.length - 1}.`;
    return failed('tick-sequence', words);
  }
  const other = game.tickPrices && findOtherTick(prices, game.tickPrices);
  if (other !== null) {
    const [path, row] = [prices[other] ?? 'none', game.tickPrices![other] ?? 'none'];
    return failed(
      'tick-sequence',
      `At tick ${other} the compacted path has the price ${path}, the tick’s own row ${row}.`,
    );
  }
  const late = findLateTick(game.arrivalsMs ?? []);
  if (late !== null) {
    return failed('tick-sequence', `Tick ${late.tick} arrived before tick ${late.before}, which it follows.`);
  }
  const holes = findHoles(prices, rugTick);
  if (holes === null) {
    return complete
      ? passed('tick-sequence', `Every tick from 0 to ${rugTick} is on record, in the order it came.`)
      : failed('tick-sequence', `Every tick from 0 to ${rugTick} is on record, yet it says that some are missing.`);
  }
  const words = `Not on record: ${count(holes.ticks, 'tick')} of ${rugTick + 1} (${holes.words})`;
  // A game that was known to have holes is no surprise; one that claims to be whole has lost something.
  return complete
    ? failed('tick-sequence', `${words}, although the record says that it is whole.`)
    : unverifiable('tick-sequence', `${words}. The feed never told them.`);
}

export function checkLengthAndPeak({ prices, rugTick, peak }: GameOnRecord): CheckResult {
  const check = 'length-and-peak';
  if (rugTick < 1 || rugTick > GAME_TICKS_MAX) {
    return failed(check, `The rug is at tick ${rugTick}: a game has 1 to ${GAME_TICKS_MAX} ticks before it.`);
  }
  const first = prices[0] ?? null;
  if (first !== null && first !== 1) return failed(check, `The path begins at ${first}: every game begins at 1.`);
  const ticksKnown = prices.reduce((sum: number, price) => sum + (price === null ? 0 : 1), 0);
  if (ticksKnown === 0) return failed(check, 'No tick of the game is on record.');
  const highest = highestBefore(prices, rugTick);
  if (peak !== highest)
    return failed(check, `The highest price before the rug is ${highest}; the record says ${peak}.`);
  return passed(check, `The rug is at tick ${rugTick} and the highest price before it is ${highest}.`);
}

/** The rug price is near 0 and never counts; a path cut short has none. */
function highestBefore(prices: readonly (number | null)[], rugTick: number): number {
  let highest = 0;
  for (let tick = 0; tick < rugTick; tick++) highest = Math.max(highest, prices[tick] ?? 0);
  return highest;
}

/** The first tick at which two tellings of a path differ. */
function findOtherTick(path: readonly (number | null)[], rows: readonly (number | null)[]): number | null {
  for (let tick = 0; tick < Math.max(path.length, rows.length); tick++) {
    if ((path[tick] ?? null) !== (rows[tick] ?? null)) return tick;
  }
  return null;
}

type Late = { readonly tick: number; readonly before: number };

/** Only ticks that came in their own frame have a time, and each was the newest when it came. */
function findLateTick(arrivalsMs: readonly (number | null)[]): Late | null {
  let before = -1;
  let latestMs = -Infinity;
  for (let tick = 0; tick < arrivalsMs.length; tick++) {
    const at = arrivalsMs[tick] ?? null;
    if (at === null) continue;
    if (at < latestMs) return { tick, before };
    latestMs = at;
    before = tick;
  }
  return null;
}

/** "5–16, 40"; null when there are none. */
function findHoles(prices: readonly (number | null)[], rugTick: number): { ticks: number; words: string } | null {
  let ticks = 0;
  const stretches: string[] = [];
  for (let tick = 0; tick <= rugTick; tick++) {
    if ((prices[tick] ?? null) !== null) continue;
    const from = tick;
    while (tick < rugTick && (prices[tick + 1] ?? null) === null) tick++;
    ticks += tick - from + 1;
    stretches.push(from === tick ? String(tick) : `${from}–${tick}`);
  }
  if (ticks === 0) return null;
  const named = stretches.slice(0, 5).join(', ');
  return { ticks, words: stretches.length > 5 ? `${named} and more` : named };
}
