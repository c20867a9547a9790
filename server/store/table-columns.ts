// The tables the batch writer fills, column by column: the one place that says which field goes where.
import type { MadePrediction, MadeRecommendation } from '@/lib/decision/made';
import { toAssessmentRow } from '@/lib/protocol/assessment-row';
import type { CompactAssessment } from '@/lib/protocol/compact-assessment';
import type { GameId } from '@/lib/units/game-id';
import { cleanText } from '@/server/store/clean-text';
import { toArrayLiteral, toInstant, type Table } from '@/server/store/insert-rows';
import { listedAt } from '@/server/store/merge-game';
import type { ToldTrade } from '@/server/store/plan-batch';
import type { GameRow, SideBetRow, TickRow } from '@/server/store/rows';

export type KeyedTick = TickRow & { readonly gameId: GameId };

export const GAMES: Table<GameRow> = {
  name: 'games',
  key: ['game_id'],
  columns: [
    { name: 'game_id', type: 'text', of: (row) => row.gameId },
    { name: 'phase', type: 'text', of: (row) => row.phase },
    { name: 'phase_at', type: 'timestamptz', of: (row) => toInstant(row.phaseAt) },
    { name: 'server_seed_hash', type: 'text', of: (row) => row.serverSeedHash },
    { name: 'server_seed', type: 'text', of: (row) => row.serverSeed },
    { name: 'version', type: 'text', of: (row) => row.version },
    { name: 'announced_at', type: 'timestamptz', of: (row) => toInstant(row.announcedAt) },
    { name: 'started_at', type: 'timestamptz', of: (row) => toInstant(row.startedAt) },
    { name: 'rugged_at', type: 'timestamptz', of: (row) => toInstant(row.ruggedAt) },
    { name: 'ended_at', type: 'timestamptz', of: (row) => toInstant(row.endedAt) },
    { name: 'confirmed_at', type: 'timestamptz', of: (row) => toInstant(row.confirmedAt) },
    { name: 'listed_at', type: 'timestamptz', of: (row) => toInstant(listedAt(row)) },
    { name: 'rug_tick', type: 'integer', of: (row) => row.rugTick },
    { name: 'peak', type: 'double precision', of: (row) => row.peak },
    { name: 'verification', type: 'text', of: (row) => row.verification },
    { name: 'commitment_kept', type: 'boolean', of: (row) => row.commitmentKept },
    { name: 'complete', type: 'boolean', of: (row) => row.complete },
    { name: 'ticks_repaired', type: 'integer', of: (row) => row.ticksRepaired },
    { name: 'ticks_corrected', type: 'integer', of: (row) => row.ticksCorrected },
    { name: 'source', type: 'text', of: (row) => row.source },
  ],
};

export const TICKS: Table<KeyedTick> = {
  name: 'ticks',
  key: ['game_id', 'tick'],
  columns: [
    { name: 'game_id', type: 'text', of: (row) => row.gameId },
    { name: 'tick', type: 'integer', of: (row) => row.tick },
    { name: 'price', type: 'double precision', of: (row) => row.price },
    { name: 'received_at', type: 'timestamptz', of: (row) => toInstant(row.receivedAt) },
    { name: 'source', type: 'text', of: (row) => row.source },
    { name: 'assessment', type: 'real[]', of: ({ assessment }) => toAssessmentLiteral(assessment) },
    { name: 'model', type: 'text', of: ({ assessment }) => assessment?.m ?? null },
  ],
};

export const SIDE_BETS: Table<SideBetRow> = {
  name: 'side_bets',
  key: ['game_id', 'player_id', 'start_tick'],
  columns: [
    { name: 'game_id', type: 'text', of: (row) => row.gameId },
    { name: 'player_id', type: 'text', of: (row) => row.playerId },
    { name: 'start_tick', type: 'integer', of: (row) => row.startTick },
    { name: 'end_tick', type: 'integer', of: (row) => row.endTick },
    { name: 'username', type: 'text', of: (row) => row.username },
    { name: 'stake_lamports', type: 'bigint', of: (row) => row.stakeLamports },
    { name: 'payout_multiple', type: 'double precision', of: (row) => row.payoutMultiple },
    { name: 'coin_address', type: 'text', of: (row) => row.coinAddress },
    { name: 'placed_at', type: 'timestamptz', of: (row) => toInstant(row.placedAt) },
    { name: 'seen_at', type: 'timestamptz', of: (row) => toInstant(row.seenAt) },
    { name: 'confirmed', type: 'boolean', of: (row) => row.confirmed },
    { name: 'outcome', type: 'text', of: (row) => row.outcome },
    { name: 'payout_lamports', type: 'bigint', of: (row) => row.payoutLamports },
  ],
};

export const TRADES: Table<ToldTrade> = {
  name: 'trades',
  key: ['trade_id'],
  columns: [
    { name: 'trade_id', type: 'text', of: ({ trade }) => cleanText(trade.id) },
    { name: 'game_id', type: 'text', of: ({ trade }) => trade.gameId },
    { name: 'player_id', type: 'text', of: ({ trade }) => cleanText(trade.playerId) },
    { name: 'username', type: 'text', of: ({ trade }) => cleanOptional(trade.username) },
    { name: 'kind', type: 'text', of: ({ trade }) => trade.type },
    { name: 'amount_lamports', type: 'bigint', of: ({ trade }) => trade.amount },
    { name: 'quantity', type: 'double precision', of: ({ trade }) => trade.qty },
    { name: 'price', type: 'double precision', of: ({ trade }) => trade.price },
    { name: 'tick', type: 'integer', of: ({ trade }) => trade.tickIndex },
    { name: 'coin_address', type: 'text', of: ({ trade }) => cleanOptional(trade.coin) },
    { name: 'leverage', type: 'double precision', of: ({ trade }) => trade.leverage ?? null },
    { name: 'received_at', type: 'timestamptz', of: ({ receivedAt }) => toInstant(receivedAt) },
  ],
};

export const PREDICTIONS: Table<MadePrediction> = {
  name: 'predictions',
  key: ['game_id', 'tick'],
  columns: [
    { name: 'game_id', type: 'text', of: (row) => row.gameId },
    { name: 'tick', type: 'integer', of: (row) => row.tick },
    { name: 'made_at', type: 'timestamptz', of: (row) => toInstant(row.madeAt) },
    { name: 'origin', type: 'text', of: (row) => row.origin },
    { name: 'model', type: 'text', of: (row) => row.model },
    { name: 'win_probability', type: 'double precision', of: (row) => row.winProbability },
    { name: 'lower', type: 'double precision', of: (row) => row.lower },
    { name: 'upper', type: 'double precision', of: (row) => row.upper },
    { name: 'payout', type: 'double precision', of: (row) => row.payout },
    { name: 'zone', type: 'text', of: (row) => row.zone },
    { name: 'median_tick', type: 'integer', of: ({ end }) => end.median },
    { name: 'lower50', type: 'integer', of: ({ end }) => end.lower50 },
    { name: 'upper50', type: 'integer', of: ({ end }) => end.upper50 },
    { name: 'lower90', type: 'integer', of: ({ end }) => end.lower90 },
    { name: 'upper90', type: 'integer', of: ({ end }) => end.upper90 },
    { name: 'confidence', type: 'double precision', of: ({ end }) => end.confidence },
  ],
};

export const RECOMMENDATIONS: Table<MadeRecommendation> = {
  name: 'recommendations',
  key: ['game_id', 'tick', 'strategy_id'],
  columns: [
    { name: 'game_id', type: 'text', of: (row) => row.gameId },
    { name: 'tick', type: 'integer', of: (row) => row.tick },
    { name: 'strategy_id', type: 'text', of: (row) => row.strategyId },
    { name: 'made_at', type: 'timestamptz', of: (row) => toInstant(row.madeAt) },
    { name: 'origin', type: 'text', of: (row) => row.origin },
    { name: 'priority', type: 'integer', of: (row) => row.priority },
    { name: 'word', type: 'text', of: (row) => row.word },
    { name: 'action', type: 'text', of: (row) => row.action },
    { name: 'stake_lamports', type: 'bigint', of: (row) => row.stakeLamports },
    { name: 'payout', type: 'double precision', of: (row) => row.assessment.x },
    { name: 'expected_value', type: 'double precision', of: (row) => row.expectedValue },
    { name: 'score', type: 'double precision', of: (row) => row.score },
    { name: 'reasons', type: 'text[]', of: (row) => toArrayLiteral(row.reasons) },
    { name: 'assessment', type: 'real[]', of: (row) => toAssessmentLiteral(row.assessment) },
    { name: 'model', type: 'text', of: (row) => row.assessment.m },
    { name: 'start_tick', type: 'integer', of: (row) => row.startTick },
  ],
};

function toAssessmentLiteral(assessment: CompactAssessment | null): string | null {
  return assessment === null ? null : toArrayLiteral(toAssessmentRow(assessment));
}

function cleanOptional(text: string | null | undefined): string | null {
  return text === null || text === undefined ? null : cleanText(text);
}
