// The outbound wire: what the live hub and a browser say to each other on the socket.io namespace `/live`. Server and
// browser import this same file and both validate. A tick goes out once for everybody and must stay under 400 bytes.
import { z } from 'zod';
import type { Assessment } from '@/lib/decision/assess';
import type { EvidenceView } from '@/lib/decision/evidence';
import { ZONES } from '@/lib/decision/zone';
import { TERM_IDS } from '@/lib/hazard/term-evidence';
import { GAME_ID_PATTERN } from '@/lib/units/game-id';

export const LIVE_NAMESPACE = '/live';
export const LIVE_CHANNELS = ['game', 'trades', 'sidebets', 'status'] as const;
export type LiveChannel = (typeof LIVE_CHANNELS)[number];

/** Size limit of one tick message, JSON included. Four a second on a phone's connection. */
export const TICK_PUSH_BYTES_MAX = 400;
/** Trades and side bets a snapshot carries, and a browser keeps. */
export const TAPE_LENGTH = 50;
/** Finished games a snapshot carries. */
export const RECENT_GAMES = 10;

/**
 * `bets:<account>`: a player's own bets, for that player's browsers and programs only. Its pushes are lib/protocol/bets-api's
 * and come as the event BETS_EVENT; pages that only watch never hear of it.
 */
export const BETS_EVENT = 'bets';
const BETS_CHANNEL = /^bets:([A-Za-z0-9_-]{1,64})$/;
export type BetsChannelName = `bets:${string}`;

export const subscribeSchema = z.strictObject({
  channels: z
    .array(z.union([z.enum(LIVE_CHANNELS), z.custom<BetsChannelName>(isBetsChannel)]))
    .min(1)
    .max(LIVE_CHANNELS.length + 1),
});

function isBetsChannel(channel: unknown): boolean {
  return typeof channel === 'string' && BETS_CHANNEL.test(channel);
}
export type SubscribeAck = { readonly ok: true } | { readonly ok: false; readonly error: string };

const id = z.string().regex(GAME_ID_PATTERN);
const finite = z.number();
const count = z.number().int().min(0);
const phase = z.enum(['cooldown', 'presale', 'active', 'rugged']);

const estimate = z.object({ value: finite, lower: finite, upper: finite, level: finite, samples: count.nullable() });

const adjustment = z.object({
  points: finite,
  claimedPoints: finite,
  gainNatsPerGame: finite,
  eValue: finite,
  applied: z.boolean(),
});

export const evidenceSchema = z.object({
  games: count,
  eValue: finite,
  needed: finite,
  winProbability: z.object({ lower: finite, upper: finite, level: finite }),
  drift: z.object({ eValue: finite, direction: z.enum(['shorter', 'longer']).nullable() }),
  ranges: z.array(z.object({ from: count, to: count.nullable(), eValue: finite })).max(20),
  terms: z.array(
    z.object({
      id: z.enum(TERM_IDS),
      applied: z.boolean(),
      games: count,
      gainNatsPerGame: finite,
      eValue: finite,
      eValueWindows: finite,
      eValueAgainst: finite,
    }),
  ),
}) satisfies z.ZodType<EvidenceView>;

export const assessmentSchema = z.object({
  tick: count,
  winProbability: estimate,
  breakEven: finite,
  payout: finite,
  expectedValue: finite,
  zone: z.enum(ZONES),
  hazard: finite,
  timing: z.object({
    intervalMs: finite,
    reliability: finite,
    windowMs: z.object({ expected: finite, lower: finite, upper: finite }),
    acceptProbability: finite,
  }),
  model: z.object({ id: z.string(), version: z.string() }),
  adjustments: z.object({ timing: adjustment, market: adjustment, volatility: adjustment }).nullable(),
  evidence: z.object({ lower: finite, upper: finite, level: finite }).nullable(),
}) satisfies z.ZodType<Assessment>;

export const feedStatusSchema = z.object({
  source: z.enum(['simulator', 'live', 'replay']),
  /** `stale`: connected but silent for longer than a frame should take; numbers then claim nothing. */
  status: z.enum(['connected', 'stale', 'down']),
  lastFrameAt: finite.nullable(),
  ageMs: finite.nullable(),
});
export type FeedStatus = z.infer<typeof feedStatusSchema>;

export const gameViewSchema = z.object({
  gameId: id,
  phase,
  tick: count.nullable(),
  price: finite.nullable(),
  peak: finite,
  rugTick: count.nullable(),
  serverSeedHash: z.string().nullable(),
  version: z.string().nullable(),
  cooldownMs: finite.nullable(),
  connectedPlayers: count.nullable(),
  tradeCount: count.nullable(),
  startedAt: finite.nullable(),
  ruggedAt: finite.nullable(),
});
/** The game being followed, as `/api/live` and the live channel tell it. */
export type GameView = z.infer<typeof gameViewSchema>;

export const recentGameSchema = z.object({
  gameId: id,
  rugTick: count,
  peak: finite,
  endedAt: finite,
  /** Null when the game's generator is not a published one, so that nothing can be verified. */
  verified: z.boolean().nullable(),
});
export type RecentGame = z.infer<typeof recentGameSchema>;

export const tapeTradeSchema = z.object({
  id: z.string(),
  gameId: id,
  player: z.string(),
  type: z.enum(['buy', 'sell', 'short_open', 'short_close']),
  /** Decimal SOL text, exact. */
  sol: z.string(),
  practice: z.boolean(),
  price: finite,
  tick: count,
});
export type TapeTrade = z.infer<typeof tapeTradeSchema>;

export const tapeSideBetSchema = z.object({
  gameId: id,
  player: z.string(),
  sol: z.string(),
  practice: z.boolean(),
  startTick: count,
  endTick: count,
  payout: finite,
});
export type TapeSideBet = z.infer<typeof tapeSideBetSchema>;

export const snapshotSchema = z.object({
  type: z.literal('snapshot'),
  serverTime: finite,
  game: gameViewSchema.nullable(),
  /** Prices of the running game; index = tick, null for a tick not known. */
  prices: z.array(finite.nullable()),
  assessment: assessmentSchema.nullable(),
  evidence: evidenceSchema.nullable(),
  recentGames: z.array(recentGameSchema),
});
export type Snapshot = z.infer<typeof snapshotSchema>;

/**
 * One tick, positional where it repeats: `a` holds win value, lower, upper, samples (−1: none), hazard, zone index,
 * interval ms, reliability, window expected, lower, upper ms, accept probability. `e` holds the evidence's interval
 * (lower, upper), `d` the points that timing, market and volatility claim; which of them count, `s`, is a bit each.
 */
export const tickPushSchema = z.object({
  type: z.literal('tick'),
  g: id,
  t: count,
  p: finite,
  /** Peak so far. */
  k: finite,
  /** Arrival at the server, ms since the epoch. */
  at: finite,
  /** Connected players and trades so far, null when the feed has not said. */
  c: count.nullable(),
  n: count.nullable(),
  x: finite,
  m: z.string(),
  a: z.array(finite).length(12),
  e: z.array(finite).length(2).nullable(),
  d: z.array(finite).length(3).nullable(),
  s: count.max(7),
});
export type TickPush = z.infer<typeof tickPushSchema>;

export const gamePushSchema = z.discriminatedUnion('type', [
  snapshotSchema,
  tickPushSchema,
  /** Phase changes, rugs, and the cooldown timer a few times a second. */
  z.object({ type: z.literal('game'), game: gameViewSchema }),
  z.object({ type: z.literal('finished'), game: recentGameSchema }),
  /** After a game: what it changed in the evidence. */
  z.object({ type: z.literal('evidence'), evidence: evidenceSchema }),
  /** A tick that arrived late or was corrected: the chart mends itself. */
  z.object({ type: z.literal('repair'), g: id, ticks: z.array(z.tuple([count, finite])) }),
]);
export type GamePush = z.infer<typeof gamePushSchema>;

export const tradesPushSchema = z.object({
  type: z.enum(['snapshot', 'trades']),
  trades: z.array(tapeTradeSchema).max(500),
});
export type TradesPush = z.infer<typeof tradesPushSchema>;

export const sideBetsPushSchema = z.object({
  type: z.enum(['snapshot', 'sidebets']),
  sideBets: z.array(tapeSideBetSchema).max(500),
});
export type SideBetsPush = z.infer<typeof sideBetsPushSchema>;

export const statusPushSchema = z.object({
  serverTime: finite,
  feed: feedStatusSchema,
  /** `behind`: facts wait on disk for the database; nothing is lost. */
  store: z.enum(['ok', 'behind', 'down']),
  /** Alerts on the quality of the record that are raised now. */
  alerts: z.object({ warning: count, critical: count }),
});
export type StatusPush = z.infer<typeof statusPushSchema>;

/** What each channel's event (named like the channel) carries. */
export type LivePushes = { game: GamePush; trades: TradesPush; sidebets: SideBetsPush; status: StatusPush };
export const LIVE_PUSH_SCHEMAS = {
  game: gamePushSchema,
  trades: tradesPushSchema,
  sidebets: sideBetsPushSchema,
  status: statusPushSchema,
} as const;

/** Answer of `GET /api/live`. */
export const liveViewSchema = z.object({
  serverTime: finite,
  feed: feedStatusSchema,
  game: gameViewSchema.nullable(),
  assessment: assessmentSchema.nullable(),
});
export type LiveView = z.infer<typeof liveViewSchema>;
