// A small record for tests of rollups and history: games with predictions, recommendations and a crowd, written straight
// into the tables the batch writer fills, and marked as changed the way it marks them. Everything is drawn from a seed.
import seedrandom from 'seedrandom';
import type { RawSql } from '@/db/connect';
import { PRACTICE_COIN_ADDRESS, SOL_COIN_ADDRESS, WINDOW_TICKS } from '@/lib/game/rules';
import { toArrayLiteral } from '@/server/store/insert-rows';
import { markChanged } from '@/server/store/settle-decisions';
import type { GameId } from '@/lib/units/game-id';
import type { GameSource } from '@/lib/game/game-source';

export type WorldGame = {
  readonly gameId: GameId;
  readonly source: GameSource;
  readonly endedAt: number;
  readonly confirmedAt: number;
  readonly rugTick: number;
  readonly peak: number;
  readonly verification: 'verified' | 'failed' | 'unverifiable';
  readonly complete: boolean;
  readonly predictions: readonly WorldPrediction[];
  readonly recommendations: readonly WorldRecommendation[];
  readonly sideBets: readonly WorldSideBet[];
  readonly trades: readonly bigint[];
};

export type WorldPrediction = {
  readonly tick: number;
  readonly live: boolean;
  readonly winProbability: number;
  readonly medianTick: number;
};

export type WorldRecommendation = {
  readonly tick: number;
  readonly strategyId: string;
  readonly live: boolean;
  readonly bet: boolean;
  readonly stakeLamports: bigint;
  readonly expectedValue: number;
  readonly startTick: number;
};

export type WorldSideBet = { readonly startTick: number; readonly stakeLamports: bigint; readonly practice: boolean };

export const PAYOUT = 5;
const SOL = 1_000_000_000n;

/** One game; `random` decides what is not given. */
export function worldGame(
  random: () => number,
  {
    index,
    endedAt,
    source = 'live',
    ...given
  }: { index: number; endedAt: number; source?: GameSource } & Partial<WorldGame>,
): WorldGame {
  const rugTick = given.rugTick ?? 1 + Math.floor(Math.log1p(-random()) / Math.log(0.995));
  const day = new Date(endedAt).toISOString().slice(0, 10).replaceAll('-', '');
  const ticks = Array.from({ length: Math.floor((rugTick - 1) / WINDOW_TICKS) + 1 }, (_, i) => i * WINDOW_TICKS);
  return {
    gameId: `${day}-${index.toString(16).padStart(16, '0')}` as GameId,
    source,
    endedAt,
    confirmedAt: endedAt + 12_000,
    rugTick,
    peak: 1 + random() ** 3 * 20,
    verification: random() < 0.9 ? 'verified' : random() < 0.5 ? 'failed' : 'unverifiable',
    complete: random() < 0.95,
    predictions: [...ticks, ...(rugTick > 14 ? [13] : [])].map((tick) => ({
      tick,
      live: random() < 0.7,
      winProbability: 0.15 + random() * 0.1,
      medianTick: tick + 100 + Math.floor(random() * 80),
    })),
    recommendations: ticks.flatMap((tick) =>
      ['flat-stake', 'do-not-bet'].map((strategyId) => ({
        tick,
        strategyId,
        live: random() < 0.7,
        bet: strategyId === 'flat-stake' && random() < 0.8,
        stakeLamports: SOL / 100n + BigInt(Math.floor(random() * 1e7)),
        expectedValue: -0.09 + random() * 0.02,
        startTick: tick + 1,
      })),
    ),
    sideBets: Array.from({ length: Math.floor(random() * 6) }, () => ({
      startTick: Math.floor(random() * rugTick),
      stakeLamports: 1n + BigInt(Math.floor(random() * 5e9)),
      practice: random() < 0.2,
    })),
    trades: Array.from({ length: Math.floor(random() * 5) }, () => 1n + BigInt(Math.floor(random() * 1e9))),
    ...given,
  };
}

/** Games one after the other, about one a minute, from a seed. */
export function worldGames({
  seed,
  count,
  from,
  everyMs = 65_000,
  source = 'live',
}: {
  seed: string;
  count: number;
  from: number;
  everyMs?: number;
  source?: GameSource;
}): WorldGame[] {
  const random = seedrandom(seed);
  return Array.from({ length: count }, (_, i) =>
    worldGame(random, { index: i + (source === 'simulator' ? 2 ** 40 : 0), endedAt: from + i * everyMs, source }),
  );
}

export function hasWon(startTick: number, rugTick: number): boolean {
  return startTick < rugTick && rugTick <= startTick + WINDOW_TICKS;
}

export async function writeWorld(
  sql: RawSql,
  games: readonly WorldGame[],
  { mark = true }: { mark?: boolean } = {},
): Promise<void> {
  for (let first = 0; first < games.length; first += 2_000) {
    const part = games.slice(first, first + 2_000);
    await insert(sql, 'games', part.map(toGameRow));
    await insert(sql, 'predictions', part.flatMap(toPredictionRows));
    await insert(sql, 'recommendations', part.flatMap(toRecommendationRows));
    await insert(sql, 'side_bets', part.flatMap(toSideBetRows));
    await insert(sql, 'trades', part.flatMap(toTradeRows));
    if (mark) {
      await markChanged(
        sql,
        part.map(({ gameId }) => gameId),
      );
    }
  }
}

type Row = Readonly<Record<string, unknown>>;

async function insert(sql: RawSql, table: string, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const names = Object.keys(rows[0]!).join(', ');
  await sql.unsafe(
    `insert into ${table} (${names}) select ${names} from json_populate_recordset(null::${table}, $1::text::json)`,
    [JSON.stringify(rows)],
  );
}

const iso = (at: number) => new Date(at).toISOString();

function toGameRow(game: WorldGame): Row {
  return {
    game_id: game.gameId,
    phase: 'rugged',
    server_seed: 'seed',
    ended_at: iso(game.endedAt),
    confirmed_at: iso(game.confirmedAt),
    listed_at: iso(game.endedAt),
    rug_tick: game.rugTick,
    peak: game.peak,
    verification: game.verification,
    complete: game.complete,
    ticks_repaired: 0,
    ticks_corrected: 0,
    source: game.source,
  };
}

function toPredictionRows({ gameId, rugTick, endedAt, predictions }: WorldGame): Row[] {
  return predictions.map(({ tick, live, winProbability, medianTick }) => ({
    game_id: gameId,
    tick,
    made_at: iso(endedAt - 1_000),
    origin: live ? 'live' : 'replay',
    model: 'published@1',
    win_probability: winProbability,
    lower: winProbability / 2,
    upper: winProbability * 2,
    payout: PAYOUT,
    zone: 'negative',
    median_tick: medianTick,
    lower50: medianTick - 50,
    upper50: medianTick + 60,
    lower90: medianTick - 90,
    upper90: medianTick + 400,
    confidence: 0.3,
    rug_tick: rugTick,
    won: hasWon(tick, rugTick),
  }));
}

function toRecommendationRows({ gameId, rugTick, endedAt, recommendations }: WorldGame): Row[] {
  return recommendations.map(({ tick, strategyId, live, bet, stakeLamports, expectedValue, startTick }) => {
    const outcome = rugTick <= startTick ? 'missed' : hasWon(startTick, rugTick) ? 'won' : 'lost';
    const profit = !bet || outcome === 'missed' ? 0n : outcome === 'won' ? stakeLamports * 4n : -stakeLamports;
    return {
      game_id: gameId,
      tick,
      strategy_id: strategyId,
      made_at: iso(endedAt - 1_000),
      origin: live ? 'live' : 'replay',
      priority: 1,
      word: bet ? 'Bet' : 'Skip',
      action: bet ? 'bet' : 'wait',
      stake_lamports: bet ? stakeLamports.toString() : '0',
      payout: PAYOUT,
      expected_value: expectedValue,
      score: 0.5,
      reasons: ['because'],
      assessment: Array.from({ length: 19 }, () => 0),
      model: 'published@1',
      start_tick: startTick,
      outcome,
      profit_lamports: profit.toString(),
    };
  });
}

function toSideBetRows({ gameId, rugTick, sideBets }: WorldGame): Row[] {
  return sideBets.map(({ startTick, stakeLamports, practice }, i) => {
    const won = hasWon(startTick, rugTick);
    return {
      game_id: gameId,
      player_id: `player-${i}`,
      start_tick: startTick,
      end_tick: startTick + WINDOW_TICKS,
      stake_lamports: stakeLamports.toString(),
      payout_multiple: PAYOUT,
      coin_address: practice ? PRACTICE_COIN_ADDRESS : SOL_COIN_ADDRESS,
      confirmed: true,
      outcome: won ? 'won' : 'lost',
      payout_lamports: won ? (stakeLamports * BigInt(PAYOUT)).toString() : '0',
    };
  });
}

function toTradeRows({ gameId, endedAt, trades }: WorldGame): Row[] {
  return trades.map((amount, i) => ({
    trade_id: `${gameId}-${i}`,
    game_id: gameId,
    player_id: `player-${i}`,
    kind: 'buy',
    amount_lamports: amount.toString(),
    quantity: 1,
    price: 1,
    tick: 0,
    received_at: iso(endedAt - 1_000),
  }));
}

/** Deletes games and all that hangs on them, as if they had never been; what was counted of them is stale. */
export async function deleteWorld(sql: RawSql, games: readonly WorldGame[]): Promise<void> {
  const ids = toArrayLiteral(games.map(({ gameId }) => gameId));
  await markChanged(
    sql,
    games.map(({ gameId }) => gameId),
  );
  for (const table of ['predictions', 'recommendations', 'side_bets', 'trades', 'games']) {
    await sql.unsafe(`delete from ${table} where game_id = any($1::text[])`, [ids]);
  }
}
