// One line of a file of recorded games to a finished game, or the reason why not. Two formats: entries of the feed's
// history, which carry seed and side bets, and recorded rounds, of which only the path and its times are known. Pure but
// for the digest that names a game without an id.
import { createHash } from 'node:crypto';
import { parseGame } from '@/lib/backtest/parse-game';
import type { FinishedGame } from '@/lib/game/events';
import { peakOf } from '@/lib/game/provably-fair';
import { decodeHistoryEntry, type Undecodable } from '@/lib/protocol/decode-feed';
import { gameId, isGameId, type GameId } from '@/lib/units/game-id';
import { err, ok, type Result } from '@/lib/units/result';
import { epochMs, type EpochMs } from '@/lib/units/time';

export type RecordedLine = {
  readonly game: FinishedGame;
  /** Null when the recording does not say. */
  readonly startedAt: EpochMs | null;
  /** Arrival of each tick after the start; null when the recording does not say. */
  readonly tickOffsetsMs: readonly number[] | null;
  /** Parts of the line that could not be used although the game could: a side bet, say. */
  readonly refusedParts: readonly string[];
};

export type LineFormat = 'capture' | 'history' | 'rounds';

type Fields = Readonly<Record<string, unknown>>;

/** Hex digits of the digest in a derived id: as many as the feed's own ids have. */
const DIGEST_DIGITS = 16;

/** What kind of line this is, by its keys; null when it is none that can be imported. */
export function detectFormat(text: string): LineFormat | null {
  const fields = parseObject(text);
  if (fields === null) return null;
  if (typeof fields.ts === 'string' && typeof fields.event === 'string') return 'capture';
  if (fields.provablyFair !== undefined) return 'history';
  return Array.isArray(fields.prices) ? 'rounds' : null;
}

export function parseRecordedLine(text: string): Result<RecordedLine, string> {
  const fields = parseObject(text);
  if (fields === null) return err('it is not a JSON object');
  return fields.provablyFair === undefined ? parseRound(text, fields) : parseEntry(fields);
}

function parseEntry(fields: Fields): Result<RecordedLine, string> {
  const undecodable: Undecodable[] = [];
  const [game] = decodeHistoryEntry(fields, undecodable);
  const reasons = undecodable.map(({ event, reason }) => `${event}: ${reason}`);
  if (!game) return err(reasons[0] ?? 'it is no entry of the history');
  return ok({ game, startedAt: null, tickOffsetsMs: null, refusedParts: reasons });
}

/** The backtester's parser judges path and times; here its path gets an end, a date and an id. */
function parseRound(text: string, fields: Fields): Result<RecordedLine, string> {
  const parsed = parseGame(text);
  if (!parsed.ok) return err(parsed.error.message);
  const { rugTick, startedAtMs, tickOffsetsMs, gameId: givenId } = parsed.value;
  if (parsed.value.prices === null) return err('it has no prices');
  const endedAt = parseEnd(fields, { startedAtMs, lengthMs: tickOffsetsMs?.at(-1) ?? null });
  if (!endedAt.ok) return endedAt;
  // A path without its last entry does not know the rug price: that tick is missing, like any other.
  const prices = parsed.value.prices.length === rugTick ? [...parsed.value.prices, null] : parsed.value.prices;
  const startedAt = fields.startedAt === undefined || startedAtMs === null ? null : epochMs(startedAtMs);
  const id = givenId !== null && isGameId(givenId) ? givenId : deriveId({ startedAt, endedAt: endedAt.value, prices });
  return ok({
    game: {
      gameId: id,
      endedAt: endedAt.value,
      prices,
      peak: peakOf(prices),
      version: null,
      serverSeed: null,
      serverSeedHash: null,
      sideBets: [],
    },
    startedAt,
    tickOffsetsMs,
    refusedParts: [],
  });
}

function parseEnd(
  { endedAt, timestamp }: Fields,
  { startedAtMs, lengthMs }: { startedAtMs: number | null; lengthMs: number | null },
): Result<EpochMs, string> {
  const told = endedAt ?? timestamp ?? (startedAtMs !== null && lengthMs !== null ? startedAtMs + lengthMs : undefined);
  if (told === undefined) return err('it has neither endedAt nor timestamp, so that nobody knows its day');
  const ms = Math.round(typeof told === 'number' ? told : typeof told === 'string' ? Date.parse(told) : NaN);
  if (!(ms >= EPOCH_MS_MIN && ms < EPOCH_MS_MAX))
    return err('its end is no time: an ISO time or milliseconds since 1970');
  if (startedAtMs !== null && ms < startedAtMs) return err('it ends before it starts');
  return ok(epochMs(ms));
}

/** Ids are dated from 2000 to 2099. */
const EPOCH_MS_MIN = 946_684_800_000;
const EPOCH_MS_MAX = 4_102_444_800_000;

/** The UTC date of its end and a digest of its start and prices: the same recording always gets the same id. */
export function deriveId({
  startedAt,
  endedAt,
  prices,
}: {
  startedAt: EpochMs | null;
  endedAt: EpochMs;
  prices: readonly (number | null)[];
}): GameId {
  const date = new Date(endedAt).toISOString().slice(0, 10).replaceAll('-', '');
  const digest = createHash('sha256')
    .update(JSON.stringify([startedAt ?? endedAt, prices]))
    .digest('hex');
  return gameId(`${date}-${digest.slice(0, DIGEST_DIGITS)}`);
}

function parseObject(text: string): Fields | null {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Fields) : null;
  } catch {
    return null;
  }
}
