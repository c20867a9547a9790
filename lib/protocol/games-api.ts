// The answers of the games API: the list, and everything about one game. The server's answers are tested against these
// schemas, the pages parse with them, and /api/openapi.json is generated from them. Lamports are decimal text, times
// milliseconds since 1970, prices exact doubles. Pure.
import { z } from 'zod';
import { ZONES } from '@/lib/decision/zone';
import { FIGURES, type CompactAssessment } from '@/lib/protocol/compact-assessment';
import { GAME_ID_PATTERN } from '@/lib/units/game-id';

/** Points of a sparkline: enough for a cell of a table, few enough for a hundred games in one answer. */
export const SPARKLINE_POINTS_MAX = 32;
/** Rows of one game's answer; what a game has beyond them is counted in `omitted`. */
export const GAME_ROWS_MAX = {
  trades: 5_000,
  sideBets: 5_000,
  predictions: 2_000,
  recommendations: 2_000,
  events: 1_000,
} as const;

export const SOURCES = ['live', 'simulator'] as const;
export const VERIFICATIONS = ['verified', 'failed', 'unverifiable'] as const;
export const CHECK_STATUSES = ['passed', 'failed', 'unverifiable'] as const;
export const TICK_SOURCES = ['frame', 'partial', 'path', 'history'] as const;

const id = z.string().regex(GAME_ID_PATTERN).describe('Game id: UTC date and 16 hex digits.');
const count = z.int().min(0);
const instant = z.int().describe('Milliseconds since 1970-01-01T00:00:00Z.');
const lamports = z
  .string()
  .regex(/^-?\d+$/)
  .describe('Whole lamports as decimal text; 1 SOL is 10^9.');
const finite = z.number();
const origin = z.enum(['live', 'replay']).describe('Made while the game ran, or afterwards from its recorded ticks.');

/** What the record tells of any game, finished or not. */
export const storedGameSchema = z.object({
  gameId: id,
  phase: z.enum(['cooldown', 'presale', 'active', 'rugged']),
  source: z.enum(SOURCES).describe('The real game, or the simulator; they never share a statistic.'),
  rugTick: count.nullable().describe('Index of the last price; null while the game runs.'),
  peak: finite.nullable(),
  verified: z.boolean().nullable().describe('Null while unknown, and when the generator is not a published one.'),
  verification: z.enum(VERIFICATIONS).nullable(),
  /** What the integrity checks say of it; null while they have not run on the game as it is. */
  checks: z.enum(CHECK_STATUSES).nullable(),
  complete: z.boolean().describe('Whether every tick is on record.'),
  version: z.string().nullable(),
  serverSeed: z.string().nullable(),
  serverSeedHash: z.string().nullable(),
  commitmentKept: z.boolean().nullable(),
  ticksRepaired: count,
  ticksCorrected: count,
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  listedAt: instant.describe('What lists are ordered by: the end, else the latest thing known before it.'),
});
export type StoredGame = z.infer<typeof storedGameSchema>;

export const listedGameSchema = storedGameSchema.extend({
  sparkline: z
    .array(finite)
    .max(SPARKLINE_POINTS_MAX)
    .describe('Highest price of each of equal stretches, the last price last.'),
});
export type ListedGame = z.infer<typeof listedGameSchema>;

/** Answer of `GET /api/games`. */
export const gamesPageSchema = z.object({
  games: z.array(listedGameSchema),
  source: z.enum(SOURCES).describe('Whose games these are.'),
  next: z.string().nullable().describe('Give it as `before` to get the next page; null on the last.'),
  at: instant.nullable().describe('The moment asked for: what the record knew then; null is now.'),
});
export type GamesPage = z.infer<typeof gamesPageSchema>;

/** Answer of `GET /api/games/:gameId`. */
export const gamePathSchema = z.object({
  game: storedGameSchema,
  prices: z.array(finite.nullable()).describe('Index = tick; null for a tick not known.'),
});
export type GamePath = z.infer<typeof gamePathSchema>;

export const compactAssessmentSchema: z.ZodType<CompactAssessment> = z.object({
  x: finite.describe('Payout multiple.'),
  m: z.string().describe('Model as "id@version".'),
  a: z
    .array(finite)
    .length(FIGURES)
    .describe(
      'Win probability, its lower and upper bound, samples (−1: none), hazard, zone index, interval ms, reliability, window ms expected, lower, upper, accept probability.',
    ),
  e: z.array(finite).length(2).nullable().describe("The evidence's interval: lower, upper."),
  d: z.array(finite).length(3).nullable().describe('Points claimed by timing, market, volatility.'),
  s: count.max(7).describe('Which of them count, a bit each.'),
});

export const gameTradeSchema = z.object({
  id: z.string(),
  tick: count,
  kind: z.enum(['buy', 'sell', 'short_open', 'short_close']),
  player: z.string(),
  amountLamports: lamports,
  price: finite,
  practice: z.boolean(),
  receivedAt: instant,
});
export type GameTrade = z.infer<typeof gameTradeSchema>;

export const gameSideBetSchema = z.object({
  startTick: count,
  endTick: count,
  playerId: z.string(),
  player: z.string(),
  stakeLamports: lamports,
  payout: finite,
  practice: z.boolean(),
  seenAt: instant.nullable().describe('Null for a bet learnt from the history.'),
  outcome: z.enum(['won', 'lost']).nullable(),
  payoutLamports: lamports.nullable(),
});
export type GameSideBet = z.infer<typeof gameSideBetSchema>;

export const gamePredictionSchema = z.object({
  tick: count,
  madeAt: instant,
  origin,
  model: z.string(),
  winProbability: finite,
  lower: finite,
  upper: finite,
  payout: finite,
  zone: z.enum(ZONES),
  medianTick: count,
  lower50: count,
  upper50: count,
  lower90: count,
  upper90: count,
  confidence: finite.describe('Probability that the end lies within 40 ticks of the median.'),
  rugTick: count.nullable(),
  won: z
    .boolean()
    .nullable()
    .describe('Whether a bet at this tick would have won; null while the game is not confirmed.'),
});
export type GamePrediction = z.infer<typeof gamePredictionSchema>;

export const gameRecommendationSchema = z.object({
  tick: count,
  strategyId: z.string(),
  madeAt: instant,
  origin,
  priority: z.int().min(1).max(5).nullable(),
  word: z.enum(['Skip', 'Wait', 'Bet', 'Hedge', 'Stop']),
  action: z.enum(['bet', 'wait', 'stop']),
  stakeLamports: lamports,
  payout: finite,
  expectedValue: finite,
  score: finite.nullable(),
  reasons: z.array(z.string()),
  startTick: count,
  outcome: z
    .enum(['won', 'lost', 'missed'])
    .nullable()
    .describe('Of a bet: what became of it. Of no bet: what a bet would have been.'),
  profitLamports: lamports.nullable(),
});
export type GameRecommendation = z.infer<typeof gameRecommendationSchema>;

export const gameChecksSchema = z.object({
  checkedAt: instant,
  status: z.enum(CHECK_STATUSES),
  checks: z.array(z.object({ check: z.string(), status: z.enum(CHECK_STATUSES), detail: z.string().nullable() })),
});
export type GameChecks = z.infer<typeof gameChecksSchema>;

export const gameIntervalsSchema = z.object({
  intervals: count,
  meanMs: finite,
  medianMs: finite,
  p5Ms: finite,
  p95Ms: finite,
  p99Ms: finite,
  maxMs: finite,
  stalls: count.describe('Intervals above a second.'),
  bursts: count.describe('Intervals under 50 ms.'),
});
export type GameIntervals = z.infer<typeof gameIntervalsSchema>;

export const gameEventSchema = z.object({
  position: z.int().min(1).describe('Place in the whole log.'),
  version: z.int().min(1).describe('Place in the stream of the game.'),
  type: z.string(),
  occurredAt: instant,
  recordedAt: instant,
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  previousHash: z.string().regex(/^[0-9a-f]{64}$/),
  payload: z.unknown(),
});
export type GameEvent = z.infer<typeof gameEventSchema>;

/** Answer of `GET /api/analytics/games/:gameId`: all that a page about one game shows. */
export const gameDetailSchema = z.object({
  game: storedGameSchema.extend({
    announcedAt: instant.nullable(),
    ruggedAt: instant.nullable(),
    confirmedAt: instant.nullable(),
  }),
  at: instant.nullable().describe('The moment asked for: what the record knew then; null is now.'),
  prices: z.array(finite.nullable()).describe('Index = tick; null for a tick not known.'),
  arrivals: z
    .array(instant.nullable())
    .describe('When each tick came in a frame of its own; null for one learnt later.'),
  stretches: z
    .array(z.object({ from: count, to: count, source: z.enum(TICK_SOURCES) }))
    .describe('Where the ticks came from, first and last tick of each stretch.'),
  assessments: z
    .array(compactAssessmentSchema.nullable())
    .describe('As players saw it at each tick; null when none was made.'),
  trades: z.array(gameTradeSchema),
  sideBets: z.array(gameSideBetSchema),
  predictions: z.array(gamePredictionSchema),
  recommendations: z.array(gameRecommendationSchema),
  checks: gameChecksSchema.nullable(),
  intervals: gameIntervalsSchema.nullable(),
  events: z.array(gameEventSchema),
  omitted: z
    .object({ trades: count, sideBets: count, predictions: count, recommendations: count, events: count })
    .describe('Rows beyond what one answer holds.'),
  neighbours: z.object({ previous: id.nullable(), next: id.nullable() }).describe('Of the same source, by time.'),
});
export type GameDetail = z.infer<typeof gameDetailSchema>;
