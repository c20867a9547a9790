// What the games endpoints take: the same parameters parse a query and stand in /api/openapi.json.
import { GAME_TICKS_MAX } from '@/lib/game/rules';
import { SOURCES } from '@/lib/protocol/games-api';
import { err, ok, type Result } from '@/lib/units/result';
import type { GamesFilter } from '@/server/history/games-filter';
import type { GameSource } from '@/lib/game/game-source';
import { badQuery, decimalNumber, instant, oneOf, readQuery, textLike, wholeNumber } from '@/server/http/parameters';
import type { Problem } from '@/server/http/problem';
import { parseCursor } from '@/server/store/games-cursor';

export const LIMIT_DEFAULT = 20;
export const LIMIT_MAX = 100;
/** Above any peak: the generator takes a price over 100 no further than tenfold by a god candle, and games end. */
const PEAK_MAX = 1_000_000_000;

const at = instant({ day: 'ends', about: 'Time travel: what the record knew at that moment.' });

const FILTER_PARAMETERS = {
  source: oneOf(SOURCES, 'The real game or the simulator; the source of the running feed unless given.'),
  from: instant({ day: 'begins', about: 'Games that ended then or later.' }),
  to: instant({ day: 'ends', about: 'Games that ended before; a date includes its day.' }),
  lengthMin: wholeNumber({ min: 0, max: GAME_TICKS_MAX, about: 'Least rug tick.' }),
  lengthMax: wholeNumber({ min: 0, max: GAME_TICKS_MAX, about: 'Greatest rug tick.' }),
  peakMin: decimalNumber({ min: 0, max: PEAK_MAX, about: 'Least peak, as a multiple of the starting price.' }),
  peakMax: decimalNumber({ min: 0, max: PEAK_MAX, about: 'Greatest peak.' }),
  verified: oneOf(['true', 'false', 'unverifiable'], 'Result of replaying the revealed seed.'),
  complete: oneOf(['true', 'false'], 'Whether every tick is on record.'),
  at,
};

export const GAMES_PARAMETERS = {
  limit: wholeNumber({ min: 1, max: LIMIT_MAX, about: `Games on a page; ${LIMIT_DEFAULT} unless given.` }),
  before: textLike({ takes: 'the "next" of an earlier page', about: 'Where the page begins.', read: readCursor }),
  ...FILTER_PARAMETERS,
};

export const FORMATS = ['csv', 'jsonl'] as const;
export type ExportFormat = (typeof FORMATS)[number];
const format = oneOf(FORMATS, 'CSV by RFC 4180, or one JSON object a line; csv unless given.');
export const GAMES_EXPORT_PARAMETERS = { format, ...FILTER_PARAMETERS };
export const GAME_EXPORT_PARAMETERS = { format };
export const GAME_DETAIL_PARAMETERS = { at };
export const NO_PARAMETERS = {};

export type GamesQuery = {
  readonly filter: GamesFilter;
  readonly limit: number;
  readonly after: ReturnType<typeof parseCursor> | undefined;
};

export function parseGamesQuery(query: URLSearchParams, source: GameSource): Result<GamesQuery, Problem> {
  const read = readQuery(query, GAMES_PARAMETERS);
  if (!read.ok) return read;
  const { limit = LIMIT_DEFAULT, before: after, ...filter } = read.value;
  const problem = findReversed(filter);
  return problem ? err(problem) : ok({ filter: toFilter(filter, source), limit, after });
}

export function parseExportQuery(
  query: URLSearchParams,
  source: GameSource,
): Result<{ filter: GamesFilter; format: ExportFormat }, Problem> {
  const read = readQuery(query, GAMES_EXPORT_PARAMETERS);
  if (!read.ok) return read;
  const { format = 'csv', ...filter } = read.value;
  const problem = findReversed(filter);
  return problem ? err(problem) : ok({ filter: toFilter(filter, source), format });
}

type FilterValues = {
  readonly [K in keyof typeof FILTER_PARAMETERS]: ReturnType<(typeof FILTER_PARAMETERS)[K]['read']>;
};

function toFilter({ complete, source, ...rest }: FilterValues, fallback: GameSource): GamesFilter {
  return { ...rest, source: source ?? fallback, complete: complete === undefined ? undefined : complete === 'true' };
}

const RANGES = [
  ['from', 'to'],
  ['lengthMin', 'lengthMax'],
  ['peakMin', 'peakMax'],
] as const;

function findReversed(values: FilterValues): Problem | null {
  for (const [low, high] of RANGES) {
    const from = values[low];
    const to = values[high];
    if (from !== undefined && to !== undefined && from > to)
      return badQuery(`${low} is above ${high}: it takes at most ${high}.`);
  }
  return null;
}

function readCursor(text: string): ReturnType<typeof parseCursor> | undefined {
  try {
    return parseCursor(text);
  } catch {
    return undefined;
  }
}
