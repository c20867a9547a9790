// The upstream wire, inbound: what rugs.fun's socket.io events may look like. Foreign frames carry many fields we do not
// use, so unknown keys are dropped; every field we do use is finite and bounded. Absent means "unchanged".
// Shapes measured on recorded captures; see docs/feed.md.
import { z } from 'zod';
import { windowEndTick } from '@/lib/game/rules';
import { GAME_ID_PATTERN, type GameId } from '@/lib/units/game-id';
import { solToLamports, type Lamports } from '@/lib/units/lamports';
import { epochMs, type EpochMs } from '@/lib/units/time';

/** Above the generator's 5,000-tick cut-off with room for the ticks counted on after a rug. */
export const TICK_MAX = 6_000;
/** Ten entries are usual; more than this is not a history. */
export const HISTORY_ENTRIES_MAX = 50;
/** 137 side-bet rows were the most seen in one game. */
const HISTORY_ROWS_MAX = 5_000;
const TEXT_MAX = 200;
/** A game id is dated; the year bound keeps a corrupted date from looking like a game. */
const EPOCH_MS_MAX = 4_102_444_800_000;

const tick = z.number().int().min(0).max(TICK_MAX);
const price = z.number().min(0).max(1e12);
const text = z.string().min(1).max(TEXT_MAX);
const id = z
  .string()
  .regex(GAME_ID_PATTERN)
  .transform((value) => value as GameId);
const timestamp = z.number().int().min(0).max(EPOCH_MS_MAX).transform(epochMs);
const amount = z.number().transform((sol, context): Lamports => {
  const parsed = solToLamports(sol);
  if (parsed.ok) return parsed.value;
  context.addIssue({ code: 'custom', message: `amount is ${parsed.error}` });
  return z.NEVER;
});
const path = z
  .array(price.nullable())
  .min(1)
  .max(TICK_MAX + 1);
const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

const partialPrices = z.object({
  startTick: tick,
  endTick: tick,
  values: z.record(z.string().regex(/^\d{1,4}$/), price),
});

export const gameStateSchema = z.object({
  gameId: id,
  active: z.boolean().optional(),
  rugged: z.boolean().optional(),
  tickCount: tick.optional(),
  price: price.optional(),
  partialPrices: partialPrices.optional(),
  prices: path.optional(),
  cooldownTimer: z.number().min(0).max(3_600_000).optional(),
  cooldownPaused: z.boolean().optional(),
  allowPreRoundBuys: z.boolean().optional(),
  connectedPlayers: z.number().int().min(0).max(10_000_000).optional(),
  tradeCount: z.number().int().min(0).max(10_000_000).optional(),
  gameVersion: text.optional(),
  provablyFair: z.object({ serverSeedHash: sha256Hex, version: text.optional() }).optional(),
  // Entries are decoded one by one, so that a bad one costs itself and not its nine neighbours.
  gameHistory: z.array(z.unknown()).max(HISTORY_ENTRIES_MAX).optional(),
});

const historySideBet = z
  .object({
    playerId: text,
    username: text.nullish(),
    betAmount: amount,
    xPayout: z.number().min(1).max(1_000),
    coinAddress: text,
    startedAtTick: tick.optional(),
    startTick: tick.optional(),
    end: tick.optional(),
    endTick: tick.optional(),
    timestamp: timestamp.optional(),
  })
  .transform(normalizeSideBet);

export const historyEntrySchema = z.object({
  id,
  timestamp,
  prices: path,
  peakMultiplier: price,
  rugged: z.literal(true),
  gameVersion: text,
  provablyFair: z.object({ serverSeed: z.string().min(1).max(TEXT_MAX), serverSeedHash: sha256Hex }),
  globalSidebets: z.array(z.unknown()).max(HISTORY_ROWS_MAX).optional(),
});

export const historySideBetSchema = historySideBet;

export const tradeSchema = z.object({
  id: text,
  gameId: id,
  playerId: text,
  username: text.nullish(),
  type: z.enum(['buy', 'sell', 'short_open', 'short_close']),
  amount,
  qty: z.number().min(0).max(1e15),
  price,
  tickIndex: tick,
  coin: text.nullish(),
  leverage: z.number().min(0).max(1_000).nullish(),
});

export const newSideBetSchema = z
  .object({
    gameId: id,
    playerId: text,
    username: text.nullish(),
    betAmount: amount,
    xPayout: z.number().min(1).max(1_000),
    coinAddress: text,
    startTick: tick.optional(),
    startedAtTick: tick.optional(),
    endTick: tick.optional(),
    end: tick.optional(),
    timestamp: timestamp.optional(),
  })
  .transform((raw, context) => {
    const sideBet = normalizeSideBet(raw, context);
    return sideBet === z.NEVER ? z.NEVER : { ...sideBet, gameId: raw.gameId };
  });

type RawSideBet = {
  playerId: string;
  username?: string | null | undefined;
  betAmount: Lamports;
  xPayout: number;
  coinAddress: string;
  startTick?: number | undefined;
  startedAtTick?: number | undefined;
  endTick?: number | undefined;
  end?: number | undefined;
  timestamp?: EpochMs | undefined;
};

/** The two spellings of a bet's ticks become one. A player has one open bet, so (game, player, start) names it. */
function normalizeSideBet(raw: RawSideBet, context: z.core.$RefinementCtx) {
  const startTick = raw.startTick ?? raw.startedAtTick;
  const endTick = raw.endTick ?? raw.end;
  if (startTick === undefined || endTick !== windowEndTick(startTick)) {
    context.issues.push({ code: 'custom', message: 'a side bet needs a start tick and the end 40 later', input: raw });
    return z.NEVER;
  }
  return {
    playerId: raw.playerId,
    username: raw.username ?? null,
    stakeLamports: raw.betAmount,
    payoutMultiple: raw.xPayout,
    coinAddress: raw.coinAddress,
    startTick,
    endTick,
    placedAt: raw.timestamp ?? null,
  };
}

export type GameStateFrame = z.output<typeof gameStateSchema>;
export type HistorySideBet = z.output<typeof historySideBetSchema>;
export type FeedSideBet = HistorySideBet & { readonly gameId: GameId };
export type FeedTrade = z.output<typeof tradeSchema>;
export type HistoryEntry = z.output<typeof historyEntrySchema>;
