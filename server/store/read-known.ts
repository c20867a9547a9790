// Reads what is on record of the games a batch concerns, inside the batch's transaction.
import type { RawSql } from '@/db/connect';
import type { TickSource } from '@/lib/game/events';
import type { Verification } from '@/lib/game/provably-fair';
import type { Phase } from '@/lib/game/rules';
import { fromAssessmentRow } from '@/lib/protocol/assessment-row';
import type { CompactAssessment } from '@/lib/protocol/compact-assessment';
import { gameId, type GameId } from '@/lib/units/game-id';
import { lamports } from '@/lib/units/lamports';
import { epochMs, type EpochMs } from '@/lib/units/time';
import { sideBetKey } from '@/server/store/merge-side-bet';
import type { Known } from '@/server/store/plan-batch';
import { expandPath, type PathRow } from '@/server/store/plan-path';
import type { GameRow, SideBetRow, TickRow } from '@/server/store/rows';
import type { GameSource } from '@/lib/game/game-source';
import { toArrayLiteral } from '@/server/store/insert-rows';

export async function readGames(sql: RawSql, ids: readonly GameId[]): Promise<Known['games']> {
  if (ids.length === 0) return new Map();
  const rows = await sql`
    select game_id, phase, phase_at, server_seed_hash, server_seed, version, announced_at, started_at, rugged_at,
      ended_at, confirmed_at, rug_tick, peak, verification, commitment_kept, complete, ticks_repaired, ticks_corrected, source
    from games where game_id = any(${toArrayLiteral(ids)}::text[])`;
  return new Map(
    rows.map((row) => {
      const game: GameRow = {
        gameId: gameId(row.game_id),
        phase: row.phase as Phase,
        phaseAt: toEpoch(row.phase_at),
        serverSeedHash: row.server_seed_hash,
        serverSeed: row.server_seed,
        version: row.version,
        announcedAt: toEpoch(row.announced_at),
        startedAt: toEpoch(row.started_at),
        ruggedAt: toEpoch(row.rugged_at),
        endedAt: toEpoch(row.ended_at),
        confirmedAt: toEpoch(row.confirmed_at),
        rugTick: row.rug_tick,
        peak: row.peak,
        verification: row.verification as Verification['status'] | null,
        commitmentKept: row.commitment_kept,
        complete: row.complete,
        ticksRepaired: row.ticks_repaired,
        ticksCorrected: row.ticks_corrected,
        source: row.source as GameSource,
      };
      return [game.gameId, game];
    }),
  );
}

/** Whole games: from their tick rows, or from their path once those are gone. One without either is known to have none. */
export async function readTicks(
  sql: RawSql,
  ids: readonly GameId[],
): Promise<Pick<Known, 'ticks' | 'withoutTickRows'>> {
  const ticks = new Map(ids.map((id) => [id, new Map<number, TickRow>()]));
  if (ids.length === 0) return { ticks, withoutTickRows: new Set() };
  const rows = await sql`
    select game_id, tick, price, received_at, source, assessment, model
    from ticks where game_id = any(${toArrayLiteral(ids)}::text[])`;
  for (const row of rows) {
    ticks.get(row.game_id)!.set(row.tick, {
      tick: row.tick,
      price: row.price,
      receivedAt: toEpoch(row.received_at),
      source: row.source as TickSource,
      assessment: toAssessment(row.assessment, row.model),
    });
  }
  const withoutTickRows = new Set(ids.filter((id) => ticks.get(id)!.size === 0));
  for (const path of await readPaths(sql, [...withoutTickRows])) {
    for (const row of expandPath(path)) ticks.get(path.gameId)!.set(row.tick, row);
  }
  return { ticks, withoutTickRows };
}

export async function readPaths(sql: RawSql, ids: readonly GameId[]): Promise<PathRow[]> {
  if (ids.length === 0) return [];
  const rows = await sql`
    select game_id, prices, first_received_at, arrivals_ms, sources, assessments
    from game_paths where game_id = any(${toArrayLiteral(ids)}::text[])`;
  return rows.map((row) => ({
    gameId: gameId(row.game_id),
    prices: toNumbers(row.prices)!,
    firstReceivedAt: toEpoch(row.first_received_at),
    arrivalsMs: toNumbers(row.arrivals_ms),
    sources: row.sources,
    assessments: row.assessments,
  }));
}

export async function readSideBets(sql: RawSql, ids: readonly GameId[]): Promise<Known['sideBets']> {
  const games = new Map(ids.map((id) => [id, new Map<string, SideBetRow>()]));
  if (ids.length === 0) return games;
  const rows = await sql`
    select game_id, player_id, start_tick, end_tick, username, stake_lamports, payout_multiple, coin_address, placed_at,
      seen_at, confirmed, outcome, payout_lamports
    from side_bets where game_id = any(${toArrayLiteral(ids)}::text[])`;
  for (const row of rows) {
    const bet: SideBetRow = {
      gameId: gameId(row.game_id),
      playerId: row.player_id,
      startTick: row.start_tick,
      endTick: row.end_tick,
      username: row.username,
      stakeLamports: lamports(BigInt(row.stake_lamports)),
      payoutMultiple: row.payout_multiple,
      coinAddress: row.coin_address,
      placedAt: toEpoch(row.placed_at),
      seenAt: toEpoch(row.seen_at),
      confirmed: row.confirmed,
      outcome: row.outcome as SideBetRow['outcome'],
      payoutLamports: row.payout_lamports === null ? null : lamports(BigInt(row.payout_lamports)),
    };
    games.get(bet.gameId)!.set(sideBetKey(bet), bet);
  }
  return games;
}

function toEpoch(at: Date | null): EpochMs | null {
  return at === null ? null : epochMs(at.getTime());
}

function toAssessment(row: string | null, model: string | null): CompactAssessment | null {
  return row === null ? null : fromAssessmentRow(toNumbers(row) as number[], model!);
}

/** Arrays come as text: "{5,0.181694,NULL,NaN}". */
function toNumbers(array: string | null): (number | null)[] | null {
  if (array === null) return null;
  return array
    .slice(1, -1)
    .split(',')
    .map((element) => (element === 'NULL' ? null : Number(element)));
}
