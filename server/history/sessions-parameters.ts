// What the endpoints of sessions and of exported bets take: the same parameters parse a query and stand in /api/openapi.json.
import { VENUE_IDS, type VenueId } from '@/lib/bets/bet';
import { err, ok, type Result } from '@/lib/units/result';
import { isZoneId } from '@/lib/units/local-days';
import { epochMs, type EpochMs } from '@/lib/units/time';
import { FORMATS, type ExportFormat } from '@/server/history/games-parameters';
import { badQuery, instant, oneOf, readQuery, textLike, wholeNumber } from '@/server/http/parameters';
import type { Problem } from '@/server/http/problem';

export const SESSIONS_LIMIT_DEFAULT = 20;
const SESSIONS_LIMIT_MAX = 100;
const DAYS_DEFAULT = 30;
const DAYS_MAX = 366;

/** Session ids are made like bet ids: base58. */
export const SESSION_ID_PATTERN = /^[1-9A-HJ-NP-Za-km-z]{8,44}$/;

const venue = oneOf(VENUE_IDS, 'Only of this venue; of all unless given.');

export const SESSIONS_PARAMETERS = {
  venue,
  limit: wholeNumber({
    min: 1,
    max: SESSIONS_LIMIT_MAX,
    about: `Sessions on a page; ${SESSIONS_LIMIT_DEFAULT} unless given.`,
  }),
  before: textLike({ takes: 'the "next" of an earlier page', about: 'Where the page begins.', read: readCursor }),
  days: wholeNumber({ min: 1, max: DAYS_MAX, about: `Days of totals, up to today; ${DAYS_DEFAULT} unless given.` }),
  zone: textLike({
    takes: 'the name of a time zone, such as Europe/Berlin',
    about: 'Whose days the totals are of; UTC unless given.',
    read: (text) => (isZoneId(text) ? text : undefined),
  }),
};

export const BETS_EXPORT_PARAMETERS = {
  format: oneOf(FORMATS, 'CSV by RFC 4180, or one JSON object a line; csv unless given.'),
  venue,
  session: textLike({
    takes: 'the id of a session',
    about: 'Only bets of this session.',
    read: (text) => (SESSION_ID_PATTERN.test(text) ? text : undefined),
  }),
  from: instant({ day: 'begins', about: 'Bets prepared then or later.' }),
  to: instant({ day: 'ends', about: 'Bets prepared before; a date includes its day.' }),
};

export type SessionsCursor = { readonly openedAt: EpochMs; readonly sessionId: string };

export type SessionsQuery = {
  readonly venue: VenueId | undefined;
  readonly limit: number;
  readonly after: SessionsCursor | undefined;
  readonly days: number;
  readonly zone: string;
};

export function parseSessionsQuery(query: URLSearchParams): Result<SessionsQuery, Problem> {
  const read = readQuery(query, SESSIONS_PARAMETERS);
  if (!read.ok) return read;
  const { venue, limit = SESSIONS_LIMIT_DEFAULT, before: after, days = DAYS_DEFAULT, zone = 'UTC' } = read.value;
  return ok({ venue, limit, after, days, zone });
}

export type BetsExportQuery = {
  readonly format: ExportFormat;
  readonly venue: VenueId | undefined;
  readonly sessionId: string | undefined;
  readonly from: EpochMs | undefined;
  readonly to: EpochMs | undefined;
};

export function parseBetsExportQuery(query: URLSearchParams): Result<BetsExportQuery, Problem> {
  const read = readQuery(query, BETS_EXPORT_PARAMETERS);
  if (!read.ok) return read;
  const { format = 'csv', venue, session: sessionId, from, to } = read.value;
  if (from !== undefined && to !== undefined && from > to) {
    return err(badQuery('from is above to: it takes at most to.'));
  }
  return ok({ format, venue, sessionId, from, to });
}

export function formatSessionsCursor({ openedAt, sessionId }: SessionsCursor): string {
  return Buffer.from(`${openedAt} ${sessionId}`).toString('base64url');
}

function readCursor(text: string): SessionsCursor | undefined {
  const [at = '', sessionId = '', ...rest] = Buffer.from(text, 'base64url').toString('latin1').split(' ');
  const openedAt = Number(at);
  if (rest.length > 0 || !/^\d{1,14}$/.test(at) || !SESSION_ID_PATTERN.test(sessionId)) return undefined;
  return { openedAt: epochMs(openedAt), sessionId };
}
