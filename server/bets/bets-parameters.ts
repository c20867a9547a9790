// The query of `GET /api/bets`: which bets of one's own, and from where on. The cursor names the last bet of the page before.
import { BET_STATES, VENUE_IDS, type BetState, type VenueId } from '@/lib/bets/bet';
import { BET_ID_PATTERN } from '@/lib/protocol/bets-api';
import { epochMs, type EpochMs } from '@/lib/units/time';
import { oneOf, textLike, wholeNumber } from '@/server/http/parameters';

export type BetsCursor = { readonly preparedAt: EpochMs; readonly betId: string };

export type BetsQuery = {
  readonly sessionId?: string | undefined;
  readonly state?: BetState | undefined;
  readonly venue?: VenueId | undefined;
  readonly before?: BetsCursor | undefined;
  readonly limit: number;
};

export const BETS_LIMIT = 50;
const BETS_LIMIT_MAX = 200;

export const BETS_PARAMETERS = {
  session: textLike({
    takes: 'the id of a session',
    about: 'Only bets of this session.',
    read: (text) => (BET_ID_PATTERN.test(text) ? text : undefined),
  }),
  state: oneOf(BET_STATES, 'Only bets in this state.'),
  venue: oneOf(VENUE_IDS, 'Only bets of this venue.'),
  before: textLike({ takes: 'the "next" of a page', about: 'The page after that one.', read: readCursor }),
  limit: wholeNumber({ min: 1, max: BETS_LIMIT_MAX, about: `Bets on a page; ${BETS_LIMIT} where it is not said.` }),
};

export function writeCursor({ preparedAt, betId }: BetsCursor): string {
  return `${preparedAt}-${betId}`;
}

function readCursor(text: string): BetsCursor | undefined {
  const [, at = '', betId = ''] = /^(\d{1,15})-([A-Za-z0-9]{16,24})$/.exec(text) ?? [];
  return BET_ID_PATTERN.test(betId) ? { preparedAt: epochMs(Number(at)), betId } : undefined;
}
