// One raw frame in, at most one FeedEvent out, plus whatever could not be decoded and why. Pure; the shell stamps the
// time and keeps the dead letters.
import type { z } from 'zod';
import type { FeedEvent, FinishedGame } from '@/lib/game/events';
import {
  gameStateSchema,
  historyEntrySchema,
  historySideBetSchema,
  newSideBetSchema,
  tradeSchema,
  type HistorySideBet,
} from '@/lib/protocol/feed';
import type { EpochMs } from '@/lib/units/time';

/** A frame as it came off the wire: the event's name and its arguments, stamped on arrival. */
export type RawFrame = { readonly receivedAt: EpochMs; readonly event: string; readonly args: readonly unknown[] };

/** Something in a frame that could not be decoded. `part` is the piece, so that its neighbours need not be lost. */
export type Undecodable = { readonly event: string; readonly reason: string; readonly part: unknown };

export type Decoded = {
  /** `ignored`: an event we know and do not use. `unknown`: a name never seen; counted, never an error. */
  readonly kind: 'event' | 'ignored' | 'unknown' | 'dead-letter';
  readonly event: FeedEvent | null;
  readonly undecodable: readonly Undecodable[];
};

/** Known upstream events that no feature needs yet. */
const IGNORED_EVENTS = new Set([
  'connect',
  'disconnect',
  'goldenHourUpdate',
  'goldenHourDrawing',
  'battleEventUpdate',
  'rugRoyaleUpdate',
  'sidebetEventUpdate',
  'maintenanceUpdate',
  'newChatMessage',
  'currentSidebet',
  'currentSidebetResult',
  'playerUpdate',
  'gameStatePlayerUpdate',
  'usernameStatus',
  'playerLeaderboardPosition',
]);

const REASON_CHARS_MAX = 300;

/**
 * `isSettled` names finished games that need no second reading: the feed repeats its whole history, 300 kB of it, several
 * times a game.
 */
export function decodeFrame(frame: RawFrame, isSettled: (gameId: string) => boolean = () => false): Decoded {
  switch (frame.event) {
    case 'gameStateUpdate':
      return decodeGameState(frame, isSettled);
    case 'standard/newTrade':
      return decodeWith(frame, tradeSchema, (trade, at) => ({ type: 'trade', at, trade }));
    case 'newSideBet':
      return decodeWith(frame, newSideBetSchema, (sideBet, at) => ({ type: 'side-bet', at, sideBet }));
    default:
      return { kind: IGNORED_EVENTS.has(frame.event) ? 'ignored' : 'unknown', event: null, undecodable: [] };
  }
}

/** The first argument that is not a tracing object; events may carry one before their payload. */
export function payloadOf(args: readonly unknown[]): unknown {
  return args.find((arg) => !isTrace(arg));
}

function isTrace(arg: unknown): boolean {
  return typeof arg === 'object' && arg !== null && (arg as { __trace?: unknown }).__trace === true;
}

function decodeWith<S extends z.ZodType>(
  frame: RawFrame,
  schema: S,
  toEvent: (value: z.output<S>, at: EpochMs) => FeedEvent,
): Decoded {
  const payload = payloadOf(frame.args);
  const parsed = schema.safeParse(payload);
  if (!parsed.success) return deadLetter(frame.event, parsed.error, payload);
  return { kind: 'event', event: toEvent(parsed.data, frame.receivedAt), undecodable: [] };
}

function decodeGameState(frame: RawFrame, isSettled: (gameId: string) => boolean): Decoded {
  const payload = payloadOf(frame.args);
  const parsed = gameStateSchema.safeParse(payload);
  if (!parsed.success) return deadLetter(frame.event, parsed.error, payload);
  const { gameHistory, ...state } = parsed.data;
  const undecodable: Undecodable[] = [];
  const history = (gameHistory ?? []).flatMap((entry) =>
    isSettled((entry as { id?: string } | null)?.id ?? '') ? [] : decodeHistoryEntry(entry, undecodable),
  );
  return { kind: 'event', event: { type: 'game-state', at: frame.receivedAt, state, history }, undecodable };
}

/** One entry of `gameHistory`, or none and why. Recordings of finished games hold such entries too. */
export function decodeHistoryEntry(entry: unknown, undecodable: Undecodable[]): FinishedGame[] {
  const parsed = historyEntrySchema.safeParse(entry);
  if (!parsed.success) {
    undecodable.push({ event: 'gameHistory', reason: reasonOf(parsed.error), part: entry });
    return [];
  }
  const raw = parsed.data;
  return [
    {
      gameId: raw.id,
      endedAt: raw.timestamp,
      prices: raw.prices,
      peak: raw.peakMultiplier,
      version: raw.gameVersion,
      serverSeed: raw.provablyFair.serverSeed,
      serverSeedHash: raw.provablyFair.serverSeedHash,
      sideBets: decodeHistorySideBets(raw.globalSidebets ?? [], undecodable),
    },
  ];
}

/** `placed` and `payout` rows tell the same bet; (player, start) names it and the first telling is kept. */
function decodeHistorySideBets(rows: readonly unknown[], undecodable: Undecodable[]): HistorySideBet[] {
  const bets = new Map<string, HistorySideBet>();
  for (const row of rows) {
    const parsed = historySideBetSchema.safeParse(row);
    if (!parsed.success) {
      undecodable.push({ event: 'globalSidebets', reason: reasonOf(parsed.error), part: row });
      continue;
    }
    const key = `${parsed.data.playerId} ${parsed.data.startTick}`;
    if (!bets.has(key)) bets.set(key, parsed.data);
  }
  return [...bets.values()];
}

function deadLetter(event: string, error: z.ZodError, part: unknown): Decoded {
  return { kind: 'dead-letter', event: null, undecodable: [{ event, reason: reasonOf(error), part }] };
}

function reasonOf(error: z.ZodError): string {
  const issue = error.issues[0];
  if (!issue) return 'invalid';
  return `${issue.path.join('.') || 'payload'}: ${issue.message}`.slice(0, REASON_CHARS_MAX);
}
