// Answers about betting sessions and the proof of one bet. The server's answers are tested against these schemas, the pages
// parse with them, and /api/openapi.json is generated from them. Lamports are decimal text, times milliseconds since 1970.
import { z } from 'zod';
import { VENUE_IDS, BET_STATES } from '@/lib/bets/bet';
import { STANCES } from '@/lib/bets/bet-advice';
import { ZONES } from '@/lib/decision/zone';
import { LEDGER_KINDS } from '@/lib/performance/session-ledger';
import { BET_ID_PATTERN, betSchema, lamportsText } from '@/lib/protocol/bets-api';
import { gameChecksSchema, storedGameSchema } from '@/lib/protocol/games-api';
import { GAME_ID_PATTERN } from '@/lib/units/game-id';

/**
 * Bets that the figures of one session are of at most, the newest: a bet in every window for two weeks, without half an
 * hour's rest. The export has all, whatever their number.
 */
export const SESSION_BETS_MAX = 100_000;
/** Points of the curve that one answer carries: more than a screen can show apart. */
export const CURVE_POINTS_MAX = 1_000;
/** Bets of one session that its answer lists; `GET /api/bets?session=` has the others. */
export const SESSION_BETS_LISTED = 200;
/** Skipped advice that one answer lists; its figures are of all that was read. */
export const SKIPPED_MAX = 200;

const count = z.int().min(0);
const instant = z.int().describe('Milliseconds since 1970-01-01T00:00:00Z.');
const finite = z.number();
const venue = z.enum(VENUE_IDS);

const outcomeCounts = {
  bets: count,
  open: count,
  won: count,
  lost: count,
  void: count.describe('In no other figure.'),
  expired: count.describe('Nothing was taken; in no other figure.'),
};

export const sessionSummarySchema = z.object({
  id: z.string(),
  venue,
  openedAt: instant,
  lastBetAt: instant,
  closedAt: instant.nullable().describe('Null while it runs.'),
  closeReason: z.enum(['idle', 'player']).nullable(),
  ...outcomeCounts,
  stakedLamports: lamportsText.describe('Of settled bets.'),
  netLamports: lamportsText,
  expectedWins: finite.describe('Sum of the win probabilities said at placement.'),
  saidBets: count.describe('Settled bets at which one was said.'),
});
export type SessionSummary = z.infer<typeof sessionSummarySchema>;

export const dayTotalSchema = z.object({
  day: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/)
    .describe('Day of the settlement, in the zone asked for.'),
  venue,
  won: count,
  lost: count,
  stakedLamports: lamportsText,
  netLamports: lamportsText,
});
export type DayTotal = z.infer<typeof dayTotalSchema>;

/** Answer of `GET /api/sessions`. */
export const sessionsPageSchema = z.object({
  sessions: z.array(sessionSummarySchema),
  next: z.string().nullable().describe('Give it as `before` to get the next page; null on the last.'),
  days: z.array(dayTotalSchema).describe('Newest first, each venue apart; only of days with a settled bet.'),
});
export type SessionsPage = z.infer<typeof sessionsPageSchema>;

const interval = z.object({ value: finite, lower: finite, upper: finite });

export const sessionLuckSchema = z.object({
  bets: count,
  won: count,
  expectedWins: finite,
  reach: finite.describe('Half width of the 95 % interval.'),
  atLeast: finite.describe('P(as many wins or more), if what was said was right.'),
  atMost: finite,
  verdict: z.enum(['luck', 'fewer', 'more']),
  isFew: z.boolean().describe('Not even winning none would be surprising.'),
});

const roiSchema = interval.extend({ expected: finite.nullable() });

export const sessionGroupSchema = z.object({
  key: z.string().nullable(),
  bets: count,
  won: count,
  stakedLamports: lamportsText,
  netLamports: lamportsText,
  roi: roiSchema.nullable(),
  luck: sessionLuckSchema.nullable(),
});
export type SessionGroupView = z.infer<typeof sessionGroupSchema>;

export const ledgerRowSchema = z.object({
  kind: z.enum(LEDGER_KINDS),
  bets: count,
  advisedLamports: lamportsText,
  takenLamports: lamportsText,
  won: count,
  lost: count,
  uncounted: count.describe('Void, expired, missed or open.'),
  netLamports: lamportsText.describe('Of skipped bets: what they would have brought.'),
});
export type LedgerRowView = z.infer<typeof ledgerRowSchema>;

export const skippedBetSchema = z.object({
  gameId: z.string().regex(GAME_ID_PATTERN),
  tick: count,
  startTick: count,
  stakeLamports: lamportsText,
  outcome: z.enum(['won', 'lost', 'missed']).nullable(),
  netLamports: lamportsText.nullable(),
});
export type SkippedBet = z.infer<typeof skippedBetSchema>;

export const CLUSTERS = ['practice', 'devnet', 'testnet', 'mainnet-beta', 'unknown'] as const;
const cluster = z.enum(CLUSTERS).nullable().describe('Where its transactions are; null when no chain is connected.');

/** Answer of `GET /api/sessions/:id`. */
export const sessionDetailSchema = z.object({
  session: sessionSummarySchema,
  cluster,
  figures: z.object({
    peakLamports: lamportsText,
    drawdownLamports: lamportsText,
    currentDrawdownLamports: lamportsText,
    luck: sessionLuckSchema.nullable(),
    roi: roiSchema.nullable(),
    sharpe: interval.extend({ bets: count }).nullable(),
    streak: z.object({ longest: count, expected: finite.nullable(), atLeast: finite.nullable() }),
  }),
  curve: z
    .array(
      z.object({
        n: z.int().min(1).describe('Settled bets by then.'),
        betId: z.string(),
        at: instant,
        netLamports: lamportsText,
      }),
    )
    .max(CURVE_POINTS_MAX)
    .describe('A point a settled bet; of a session with more of them the highs and lows.'),
  byStrategy: z.array(sessionGroupSchema),
  byZone: z.array(sessionGroupSchema),
  ledger: z.array(ledgerRowSchema),
  skipped: z.array(skippedBetSchema).max(SKIPPED_MAX),
  bets: z.array(betSchema).max(SESSION_BETS_LISTED).describe('Newest first.'),
  omitted: z
    .object({ bets: count, uncounted: count, skipped: count })
    .describe(
      'Bets not listed, the oldest bets that are in no figure (0 below 100,000), and skipped advice not listed.',
    ),
});
export type SessionDetail = z.infer<typeof sessionDetailSchema>;

/** `POST /api/sessions/:id/close`. */
export const closeSessionSchema = z.strictObject({});
export const closedSessionSchema = z.object({ closed: z.literal(true) });

export const proofEventSchema = z.object({
  version: z.int().min(1),
  position: z.int().min(1).describe('Place in the whole log.'),
  type: z.string(),
  occurredAt: instant,
  recordedAt: instant,
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  previousHash: z.string().regex(/^[0-9a-f]{64}$/),
});

export const proofTransactionSchema = z.object({
  role: z.enum(['stake', 'payout', 'refund']),
  attempt: count,
  status: z.enum(['sent', 'confirmed', 'finalized', 'failed', 'dead']),
  signature: z.string(),
  slot: count.nullable(),
  feeLamports: lamportsText.nullable(),
  sentAt: instant,
  confirmedAt: instant.nullable(),
  finalizedAt: instant.nullable(),
  chain: z
    .object({ slot: count, failed: z.boolean(), movedLamports: lamportsText, memos: z.array(z.string()) })
    .nullable()
    .describe('What the practice chain itself says now; null on other clusters, and when it does not answer.'),
});
export type ProofTransaction = z.infer<typeof proofTransactionSchema>;

export const proofAdviceSchema = z.object({
  tick: count.nullable(),
  word: z.enum(['Skip', 'Wait', 'Bet', 'Hedge', 'Stop']).nullable(),
  strategyId: z.string().nullable(),
  advisedLamports: lamportsText,
  expectedValue: finite.nullable(),
  stance: z.enum(STANCES),
  winProbability: finite.nullable(),
  lower: finite.nullable(),
  upper: finite.nullable(),
  breakEven: finite.nullable(),
  zone: z.enum(ZONES).nullable(),
  model: z.string().nullable(),
});

/** Answer of `GET /api/bets/:id/proof`: whoever has the link may read it, so it names neither wallet nor account. */
export const betProofSchema = z.object({
  bet: betSchema
    .pick({
      venue: true,
      state: true,
      strategyId: true,
      stakeLamports: true,
      payout: true,
      gameId: true,
      preparedTick: true,
      startTick: true,
      endTick: true,
      rugTick: true,
      preparedAt: true,
      submittedAt: true,
      activeAt: true,
      settledAt: true,
      closedAt: true,
      stakeFinal: true,
      paidLamports: true,
      reason: true,
    })
    .extend({ id: z.string().regex(BET_ID_PATTERN), state: z.enum(BET_STATES) }),
  game: storedGameSchema.nullable().describe('Null while the record does not have it.'),
  checks: gameChecksSchema.nullable(),
  /** The rule, applied again to the game as it is on record now. */
  rule: z.object({
    outcome: z.enum(['won', 'lost']).nullable().describe('Null while one of the ticks is not known.'),
    agrees: z.boolean().nullable().describe('Whether the bet was settled so; null while one of them is open.'),
  }),
  path: z.object({
    firstTick: count,
    prices: z.array(finite.nullable()).describe('From `firstTick` on; null for a tick not known.'),
  }),
  advice: proofAdviceSchema.nullable(),
  events: z.array(proofEventSchema),
  cluster,
  transactions: z.array(proofTransactionSchema),
  money: z.object({
    payoutLamports: lamportsText.describe('Stake × payout, a fraction of a lamport cut off.'),
    netLamports: lamportsText.nullable().describe('Null unless won or lost.'),
  }),
});
export type BetProof = z.infer<typeof betProofSchema>;
