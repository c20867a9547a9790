// Reads finished games with everything the checks look at, a batch in one round trip: path (compacted, or tick by tick when
// there is no path yet), trades, side bets, predictions, and what the last check said. Called by check-batch only.
import type { RawSql } from '@/db/connect';
import type { Verification } from '@/lib/game/provably-fair';
import type { GameOnRecord, SideBetOnRecord } from '@/lib/integrity/game-on-record';
import { gameId, type GameId } from '@/lib/units/game-id';
import { lamports } from '@/lib/units/lamports';
import { parseBigints, parseNumbers } from '@/server/integrity/parse-arrays';

export type ReadGame = {
  readonly game: GameOnRecord;
  /** Changes with every change of the game's row, which every change of the game touches. */
  readonly rowVersion: string;
  /** What the last check found, as it is stored; null before the first. */
  readonly knownStatus: string | null;
  readonly knownChecks: string | null;
};

export type WhichGames =
  /** Finished and not checked as they are now, oldest first. */
  | { readonly kind: 'due' }
  /** Every finished game after this one, in the order of ids; null from the first. Their tick rows are looked at as well. */
  | { readonly kind: 'all'; readonly after: GameId | null };

export async function readGames(
  sql: RawSql,
  { which, limit }: { which: WhichGames; limit: number },
): Promise<readonly ReadGame[]> {
  const rows =
    which.kind === 'due'
      ? await sql.unsafe(DUE, [limit, false], { prepare: true })
      : await sql.unsafe(ALL, [limit, true, which.after ?? ''], { prepare: true });
  return rows.map(toReadGame);
}

const GAME_COLUMNS = `game_id, listed_at, xmin::text as row_version, version, server_seed, server_seed_hash, commitment_kept,
  verification, rug_tick, peak, complete`;

/** Aggregates per game over the index that begins with its id; ticks only where no path row holds them, unless asked. */
const DETAILS = `
  select chosen.*, known.status as known_status, known.checks::text as known_checks,
    path.prices::text as path_prices, path.arrivals_ms::text as path_arrivals,
    tick.ticks::text as ticks, tick.prices::text as tick_prices, tick.arrivals::text as tick_arrivals,
    trade.ticks::text as trade_ticks, trade.prices::text as trade_prices,
    bet.starts::text as bet_starts, bet.ends::text as bet_ends, bet.stakes::text as bet_stakes,
    bet.multiples::text as bet_multiples, bet.won::text as bet_won, bet.payouts::text as bet_payouts,
    prediction.ticks::text as prediction_ticks, prediction.rugs::text as prediction_rugs,
    prediction.won::text as prediction_won
  from chosen
  left join game_checks known using (game_id)
  left join game_paths path using (game_id)
  left join lateral (
    select array_agg(tick order by tick) as ticks, array_agg(price order by tick) as prices,
      array_agg((extract(epoch from received_at) * 1000)::bigint order by tick) as arrivals
    from ticks where ticks.game_id = chosen.game_id and (path.game_id is null or $2)
  ) tick on true
  left join lateral (
    select array_agg(tick order by tick) as ticks, array_agg(price order by tick) as prices
    from trades where trades.game_id = chosen.game_id
  ) trade on true
  left join lateral (
    select array_agg(start_tick) as starts, array_agg(end_tick) as ends, array_agg(stake_lamports) as stakes,
      array_agg(payout_multiple) as multiples, array_agg(payout_lamports) as payouts,
      array_agg(case outcome when 'won' then 1 when 'lost' then 0 end) as won
    from side_bets where side_bets.game_id = chosen.game_id
  ) bet on true
  left join lateral (
    select array_agg(tick) as ticks, array_agg(rug_tick) as rugs, array_agg(won::int) as won
    from predictions where predictions.game_id = chosen.game_id
  ) prediction on true`;

const DUE = `
  with chosen as materialized (
    select ${GAME_COLUMNS} from games where confirmed_at is not null and checked_at is null
    order by listed_at limit $1
  ) ${DETAILS} order by chosen.listed_at`;

const ALL = `
  with chosen as materialized (
    select ${GAME_COLUMNS} from games where confirmed_at is not null and game_id > $3
    order by game_id limit $1
  ) ${DETAILS} order by chosen.game_id`;

type Row = { readonly [column: string]: unknown };

function toReadGame(row: Row): ReadGame {
  const game: GameOnRecord = {
    gameId: gameId(row.game_id as string),
    version: row.version as string | null,
    serverSeed: row.server_seed as string | null,
    serverSeedHash: row.server_seed_hash as string | null,
    commitmentKept: row.commitment_kept as boolean | null,
    verification: row.verification as Verification['status'],
    rugTick: row.rug_tick as number,
    peak: row.peak as number | null,
    complete: row.complete as boolean,
    ...toPath(row),
    trades: toTrades(row),
    sideBets: toSideBets(row),
    predictions: toPredictions(row),
  };
  return {
    game,
    rowVersion: row.row_version as string,
    knownStatus: row.known_status as string | null,
    knownChecks: row.known_checks as string | null,
  };
}

function toPath(row: Row): Pick<GameOnRecord, 'prices' | 'tickPrices' | 'arrivalsMs'> {
  const ticks = numbers(row.ticks) as number[];
  const length = (ticks.at(-1) ?? -1) + 1;
  const tickPrices = spread(ticks, numbers(row.tick_prices), length);
  if (row.path_prices !== null) {
    const arrivalsMs = row.path_arrivals === null ? null : numbers(row.path_arrivals);
    return { prices: numbers(row.path_prices), tickPrices: length > 0 ? tickPrices : null, arrivalsMs };
  }
  return { prices: tickPrices, tickPrices: null, arrivalsMs: spread(ticks, numbers(row.tick_arrivals), length) };
}

/** Values by tick, null where there is no tick. */
function spread(ticks: readonly number[], values: readonly (number | null)[], length: number): (number | null)[] {
  const all = new Array<number | null>(length).fill(null);
  ticks.forEach((tick, i) => (all[tick] = values[i]!));
  return all;
}

function toTrades(row: Row): GameOnRecord['trades'] {
  const prices = numbers(row.trade_prices);
  return numbers(row.trade_ticks).map((tick, i) => ({ tick: tick!, price: prices[i]! }));
}

function toSideBets(row: Row): GameOnRecord['sideBets'] {
  const ends = numbers(row.bet_ends);
  const stakes = parseBigints(row.bet_stakes as string | null);
  const multiples = numbers(row.bet_multiples);
  const won = numbers(row.bet_won);
  const payouts = parseBigints(row.bet_payouts as string | null);
  return numbers(row.bet_starts).map((startTick, i): SideBetOnRecord => {
    const payout = payouts[i]!;
    return {
      startTick: startTick!,
      endTick: ends[i]!,
      stakeLamports: lamports(stakes[i]!),
      payoutMultiple: multiples[i]!,
      outcome: won[i] === null ? null : won[i] === 1 ? 'won' : 'lost',
      payoutLamports: payout === null ? null : lamports(payout),
    };
  });
}

function toPredictions(row: Row): GameOnRecord['predictions'] {
  const rugs = numbers(row.prediction_rugs);
  const won = numbers(row.prediction_won);
  return numbers(row.prediction_ticks).map((tick, i) => ({
    tick: tick!,
    rugTick: rugs[i]!,
    won: won[i] === null ? null : won[i] === 1,
  }));
}

function numbers(text: unknown): (number | null)[] {
  return parseNumbers(text as string | null);
}
