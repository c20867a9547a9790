// What the reader asked the list of games for, as the address keeps it: the same names and values as the API takes, so that
// page, list and export never disagree. Values are text as typed; the server says what is wrong with one. Pure.

export const FILTER_NAMES = [
  'source',
  'from',
  'to',
  'lengthMin',
  'lengthMax',
  'peakMin',
  'peakMax',
  'verified',
  'complete',
] as const;
export type FilterName = (typeof FILTER_NAMES)[number];
/** Empty text: not filtered by. */
export type GamesFilterChoice = Readonly<Record<FilterName, string>>;

const PAGE_GAMES = 25;

export function readFilter(query: { get(name: string): string | null }): GamesFilterChoice {
  return toChoice((name) => query.get(name)?.trim() ?? '');
}

export const NO_FILTER = toChoice(() => '');

/** The page's own address. */
export function filterAddress(filter: GamesFilterChoice): string {
  const query = toQuery(filter).toString();
  return query === '' ? '/games' : `/games?${query}`;
}

export function listPath(filter: GamesFilterChoice, before: string | null): string {
  const query = toQuery(filter);
  query.set('limit', String(PAGE_GAMES));
  if (before !== null) query.set('before', before);
  return `/api/games?${query}`;
}

export function exportPath(filter: GamesFilterChoice, format: 'csv' | 'jsonl'): string {
  const query = toQuery(filter);
  query.set('format', format);
  return `/api/games/export?${query}`;
}

/** The source is a choice of its own, not a narrowing. */
export function isFiltered(filter: GamesFilterChoice): boolean {
  return FILTER_NAMES.some((name) => name !== 'source' && filter[name] !== '');
}

function toQuery(filter: GamesFilterChoice): URLSearchParams {
  return new URLSearchParams(FILTER_NAMES.filter((name) => filter[name] !== '').map((name) => [name, filter[name]]));
}

function toChoice(of: (name: FilterName) => string): GamesFilterChoice {
  return Object.fromEntries(FILTER_NAMES.map((name) => [name, of(name)])) as GamesFilterChoice;
}
