// One line of a games file to a game, or the reason why not, naming the field. Takes recorded rounds (`prices`, `rugTick` or
// both), and gameHistory entries as the feed publishes them. Pure; the backtest command adds file and line.
import { GAME_TICKS_MAX, NOMINAL_TICK_MS, SOL_COIN_ADDRESS } from '@/lib/game/rules';
import type { RecordedGame } from '@/lib/backtest/recorded-game';
import { err, ok, type Result } from '@/lib/units/result';

export type GameProblemCode =
  | 'not-json'
  | 'not-a-game'
  | 'not-ended'
  | 'bad-id'
  | 'bad-time'
  | 'bad-prices'
  | 'bad-rug-tick'
  | 'bad-offsets'
  | 'bad-market-rows'
  | 'duplicate';

export type GameProblem = { readonly code: GameProblemCode; readonly message: string };

type Fields = Readonly<Record<string, unknown>>;

/** Above any price seen by orders of magnitude; a path that holds more was corrupted. */
const PRICE_MAX = 1e12;
const ID_LENGTH_MAX = 200;

export function parseGame(text: string): Result<RecordedGame, GameProblem> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    return problem('not-json', `not JSON: ${cause instanceof Error ? cause.message : cause}`);
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return problem('not-a-game', `a game is an object with prices or rugTick, not ${show(json)}`);
  }
  try {
    return ok(toGame(json as Fields));
  } catch (cause) {
    if (cause instanceof GameProblemError) return err(cause.problem);
    throw cause;
  }
}

function toGame(fields: Fields): RecordedGame {
  if (fields.rugged === false) fail('not-ended', 'rugged is false: the game had not ended');
  const prices = parsePrices(fields.prices);
  const rugTick = parseRugTick(fields.rugTick, prices);
  return {
    gameId: parseId(fields.gameId ?? fields.id),
    startedAtMs: parseStart(fields, rugTick),
    rugTick,
    prices,
    tickOffsetsMs: parseOffsets(fields.tickOffsetsMs, rugTick),
    tradeTicks: parseTrades(fields.globalTrades),
    sideBets: parseSideBets(fields.globalSidebets),
  };
}

function parsePrices(value: unknown): RecordedGame['prices'] {
  if (value === undefined || value === null) return null;
  if (!Array.isArray(value)) fail('bad-prices', `prices is ${show(value)}, not an array`);
  const prices = value as unknown[];
  if (prices.length < 2 || prices.length > GAME_TICKS_MAX + 1) {
    fail('bad-prices', `prices has ${prices.length} entries: a game has 2 to ${GAME_TICKS_MAX + 1}`);
  }
  prices.forEach((price, tick) => {
    if (price === null) return;
    if (typeof price !== 'number' || !(price >= 0 && price <= PRICE_MAX)) {
      fail('bad-prices', `prices[${tick}] is ${show(price)}: a price is a number from 0 to ${PRICE_MAX}`);
    }
  });
  if (prices[0] !== null && prices[0] !== 1) {
    fail('bad-prices', `prices[0] is ${show(prices[0])}: every game starts at 1, so this path is not whole`);
  }
  return prices as (number | null)[];
}

/** Without `rugTick` the path's last entry is the rug price; with it the path may or may not include that price. */
function parseRugTick(value: unknown, prices: RecordedGame['prices']): number {
  if (value === undefined || value === null) {
    if (!prices) fail('not-a-game', 'it has neither prices nor rugTick');
    return prices!.length - 1;
  }
  const rugTick = value as number;
  if (!Number.isInteger(rugTick) || rugTick < 1 || rugTick > GAME_TICKS_MAX) {
    fail('bad-rug-tick', `rugTick is ${show(value)}: it is a whole number from 1 to ${GAME_TICKS_MAX}`);
  }
  if (prices && prices.length !== rugTick && prices.length !== rugTick + 1) {
    fail(
      'bad-rug-tick',
      `rugTick is ${rugTick} but prices has ${prices.length} entries: ${rugTick + 1} with the rug price, ${rugTick} without`,
    );
  }
  return rugTick;
}

function parseId(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string' || value.length === 0 || value.length > ID_LENGTH_MAX) {
    fail('bad-id', `gameId is ${show(value)}: it is a text of 1 to ${ID_LENGTH_MAX} characters`);
  }
  return value as string;
}

/** A history entry tells when the game ended; its start is about that many nominal ticks earlier. */
function parseStart({ startedAt, timestamp }: Fields, rugTick: number): number | null {
  const [name, value] = startedAt !== undefined ? ['startedAt', startedAt] : ['timestamp', timestamp];
  if (value === undefined || value === null) return null;
  const ms = typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : NaN;
  if (!(ms >= 0)) fail('bad-time', `${name} is ${show(value)}: it is an ISO time or milliseconds since 1970`);
  return name === 'startedAt' ? ms : Math.max(0, ms - rugTick * NOMINAL_TICK_MS);
}

function parseOffsets(value: unknown, rugTick: number): readonly number[] | null {
  if (value === undefined || value === null) return null;
  if (!Array.isArray(value)) fail('bad-offsets', `tickOffsetsMs is ${show(value)}, not an array`);
  const offsets = value as unknown[];
  if (offsets.length !== rugTick && offsets.length !== rugTick + 1) {
    fail('bad-offsets', `tickOffsetsMs has ${offsets.length} entries for a game of ${rugTick} ticks before the rug`);
  }
  let before = 0;
  offsets.forEach((offset, tick) => {
    if (typeof offset !== 'number' || !Number.isFinite(offset)) {
      fail('bad-offsets', `tickOffsetsMs[${tick}] is ${show(offset)}, not a number of milliseconds`);
    }
    if ((offset as number) < before) {
      fail('bad-offsets', `tickOffsetsMs[${tick}] is ${show(offset)}, before the tick before it (${before})`);
    }
    before = offset as number;
  });
  return offsets as number[];
}

/** Histories come with trades stripped as often as not: none listed means that they are not known. */
function parseTrades(value: unknown): readonly number[] | null {
  const rows = parseRows('globalTrades', value);
  if (rows.length === 0) return null;
  return rows.map((row, i) => parseTick(`globalTrades[${i}].tickIndex`, row.tickIndex)).sort((a, b) => a - b);
}

function parseSideBets(value: unknown): RecordedGame['sideBets'] {
  const rows = parseRows('globalSidebets', value);
  const placed = rows.filter((row) => row.type === 'placed' && row.coinAddress === SOL_COIN_ADDRESS);
  if (rows.length === 0) return null;
  return placed
    .map((row, i) => ({
      tick: parseTick(`globalSidebets, placed bet ${i}: startedAtTick`, row.startedAtTick ?? row.startTick),
      stakeSol: parseStake(`globalSidebets, placed bet ${i}: betAmount`, row.betAmount),
    }))
    .sort((a, b) => a.tick - b.tick);
}

function parseRows(name: string, value: unknown): readonly Fields[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || value.some((row) => typeof row !== 'object' || row === null)) {
    fail('bad-market-rows', `${name} is ${show(value)}, not an array of rows`);
  }
  return value as Fields[];
}

function parseTick(name: string, value: unknown): number {
  if (!Number.isInteger(value) || (value as number) < 0)
    fail('bad-market-rows', `${name} is ${show(value)}, not a tick`);
  return value as number;
}

function parseStake(name: string, value: unknown): number {
  if (typeof value !== 'number' || !(value >= 0)) fail('bad-market-rows', `${name} is ${show(value)}, not an amount`);
  return value as number;
}

/** Carries a problem out of nested parsing; never leaves this file. */
class GameProblemError extends Error {
  constructor(readonly problem: GameProblem) {
    super(problem.message);
  }
}

function fail(code: GameProblemCode, message: string): never {
  throw new GameProblemError({ code, message });
}

function problem(code: GameProblemCode, message: string): Result<never, GameProblem> {
  return err({ code, message });
}

/** A value as it stands in the file, cut short. */
function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'missing';
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
