// The rows of simulated games as lines for COPY, one buffer a table. Called by seed-games only.
import { sideBetWins, WINDOW_TICKS, windowEndTick } from '@/lib/game/rules';
import { computePayoutLamports } from '@/lib/game/side-bet-payout';
import { checkGame } from '@/lib/integrity/check-game';
import { lamports } from '@/lib/units/lamports';
import type { EpochMs } from '@/lib/units/time';
import { createCopyBuffer, type CopyBuffer } from '@/server/seed/copy-rows';
import { tickAt } from '@/server/seed/simulated-facts';
import type { SeededGame } from '@/server/seed/simulated-history';
import { compactGame, type CompactedGame } from '@/server/store/plan-path';
import type { TickRow } from '@/server/store/rows';

/** In the order in which they may be written. */
export const SEED_COLUMNS = {
  games: `game_id phase phase_at server_seed_hash server_seed version announced_at started_at rugged_at ended_at confirmed_at
    listed_at rug_tick peak verification commitment_kept complete ticks_repaired ticks_corrected source checked_at`,
  ticks: 'game_id tick price received_at source',
  game_paths: 'game_id prices first_received_at arrivals_ms sources compacted_at',
  tick_intervals: 'game_id intervals mean_ms median_ms p5_ms p95_ms p99_ms max_ms stalls bursts',
  side_bets: `game_id player_id start_tick end_tick username stake_lamports payout_multiple coin_address placed_at seen_at
    confirmed outcome payout_lamports`,
  trades: `trade_id game_id player_id username kind amount_lamports quantity price tick coin_address leverage received_at`,
  predictions: `game_id tick made_at origin model win_probability lower upper payout zone median_tick lower50 upper50 lower90
    upper90 confidence rug_tick won`,
  recommendations: `game_id tick strategy_id made_at origin priority word action stake_lamports payout expected_value score
    reasons assessment model start_tick outcome profit_lamports`,
  game_checks: 'game_id checked_at status checks',
} as const satisfies Record<string, string>;

export function seedColumns(table: SeedTable): readonly string[] {
  return SEED_COLUMNS[table].split(/\s+/);
}

export type SeedTable = keyof typeof SEED_COLUMNS;
export type SeedRows = {
  add(game: SeededGame, options: { withTickRows: boolean }): void;
  readonly buffers: Readonly<Record<SeedTable, CopyBuffer>>;
};

/** One trade in so many ticks, as the feed shows them. */
const TRADE_EVERY_TICKS = 8;
/** What the published hazard says at every tick: 1 − 0.995^40, and quantiles of the ticks that are left. */
const WIN_PROBABILITY = 1 - 0.995 ** WINDOW_TICKS;
const TICKS_LEFT = { median: 139, lower50: 58, upper50: 277, lower90: 11, upper90: 598 };
const MEDIAN_CONFIDENCE = 0.204;
const ASSESSMENT = '{5,0.18168,0.18168,0.18168,-1,0.005,1,250,0.8,10125,9950,14690,0.996,NaN,NaN,NaN,NaN,NaN,0}';
const MODEL = 'published@1';
const FOLLOWED_STAKE_LAMPORTS = 50_000_000n;

export function createSeedRows({ detail, checked }: { detail: 'paths' | 'full'; checked: boolean }): SeedRows {
  const buffers = Object.fromEntries(
    (Object.keys(SEED_COLUMNS) as SeedTable[]).map((table) => [table, createCopyBuffer()]),
  ) as Record<SeedTable, CopyBuffer>;
  return {
    buffers,
    add(game, { withTickRows }) {
      const compacted = compact(game);
      addGame(buffers.games, game, checked);
      if (withTickRows) addTicks(buffers.ticks, game);
      addPath(buffers, game, compacted);
      if (detail === 'paths') return;
      addMarket(buffers, game);
      addDecisions(buffers, game);
      if (checked) addChecks(buffers.game_checks, game);
    },
  };
}

function addGame(buffer: CopyBuffer, game: SeededGame, checked: boolean): void {
  const { plan, announcedAt, startedAt, endedAt, confirmedAt } = game;
  const [announced, started, ended, confirmed] = [announcedAt, startedAt, endedAt, confirmedAt].map(iso);
  buffer.add([
    ...[plan.gameId, 'rugged', ended!, plan.serverSeedHash, plan.serverSeed, plan.version],
    ...[announced!, started!, ended!, ended!, confirmed!, ended!, plan.rugTick, plan.peak],
    ...['verified', true, true, 0, 0, 'simulator', checked ? confirmed! : null],
  ]);
}

function compact(game: SeededGame): CompactedGame {
  const { plan } = game;
  const ticks = new Map<number, TickRow>();
  plan.prices.forEach((price, tick) => {
    ticks.set(tick, { tick, price, receivedAt: tickAt(game, tick), source: 'frame', assessment: null });
  });
  return compactGame({ gameId: plan.gameId, rugTick: plan.rugTick, ticks });
}

function addTicks(buffer: CopyBuffer, game: SeededGame): void {
  const { gameId, prices } = game.plan;
  for (let tick = 0; tick < prices.length; tick++) {
    buffer.add([gameId, tick, prices[tick]!, iso(tickAt(game, tick)), 'frame']);
  }
}

function addPath(
  buffers: SeedRows['buffers'],
  { plan: { gameId }, confirmedAt }: SeededGame,
  { path, intervals }: CompactedGame,
): void {
  const [prices, arrivals] = [`{${path.prices.join(',')}}`, `{${path.arrivalsMs!.join(',')}}`];
  buffers.game_paths.add([gameId, prices, iso(path.firstReceivedAt!), arrivals, path.sources, iso(confirmedAt)]);
  if (!intervals) return;
  const { meanMs, medianMs, p5Ms, p95Ms, p99Ms, maxMs, stalls, bursts } = intervals;
  buffers.tick_intervals.add([
    ...[gameId, intervals.intervals, meanMs, medianMs, p5Ms, p95Ms, p99Ms, maxMs, stalls, bursts],
  ]);
}

function addMarket(buffers: SeedRows['buffers'], game: SeededGame): void {
  const { plan } = game;
  const { gameId, rugTick, prices } = plan;
  for (const { player, startTick, stakeLamports, coinAddress } of plan.sideBets) {
    const at = iso(tickAt(game, startTick));
    const won = sideBetWins({ startTick, rugTick });
    buffers.side_bets.add([
      ...[gameId, player.id, startTick, windowEndTick(startTick), player.username, stakeLamports, 5, coinAddress],
      ...[at, at, true, won ? 'won' : 'lost', won ? stakeLamports * 5n : 0n],
    ]);
  }
  const players = plan.sideBets.map(({ player }) => player);
  for (let tick = 0; tick < rugTick && players.length > 0; tick += TRADE_EVERY_TICKS) {
    const player = players[tick % players.length]!;
    const kind = (tick / TRADE_EVERY_TICKS) % 3 === 2 ? 'sell' : 'buy';
    buffers.trades.add([
      ...[`${gameId}-${tick}`, gameId, player.id, player.username, kind, 50_000_000n, 0.05 / prices[tick]!],
      ...[prices[tick]!, tick, 'solana', kind === 'buy' ? 1 : null, iso(tickAt(game, tick))],
    ]);
  }
}

function addDecisions(buffers: SeedRows['buffers'], game: SeededGame): void {
  const { gameId, rugTick } = game.plan;
  for (let tick = 0; tick < rugTick; tick += WINDOW_TICKS) {
    const { median, lower50, upper50, lower90, upper90 } = TICKS_LEFT;
    buffers.predictions.add([
      ...[gameId, tick, iso(tickAt(game, tick)), 'live', MODEL, WIN_PROBABILITY, WIN_PROBABILITY, WIN_PROBABILITY],
      ...[5, 'negative', tick + median, tick + lower50, tick + upper50, tick + lower90, tick + upper90],
      ...[MEDIAN_CONFIDENCE, rugTick, sideBetWins({ startTick: tick, rugTick })],
    ]);
  }
  const won = sideBetWins({ startTick: 0, rugTick });
  const shared = (id: string) => [gameId, 0, id, iso(game.startedAt), 'live'];
  const ending = [ASSESSMENT, MODEL, 0, won ? 'won' : 'lost'];
  const skip = '{"You would need 20.0 % to break even; this bet wins 18.2 %."}';
  buffers.recommendations.add([...shared('do-not-bet'), 1, 'Skip', 'wait', 0n, 5, 0, 0.85, skip, ...ending, 0n]);
  for (const id of ['flat-stake', 'capped-martingale']) {
    const profit = won ? FOLLOWED_STAKE_LAMPORTS * 4n : -FOLLOWED_STAKE_LAMPORTS;
    const said = [null, 'Skip', 'bet', FOLLOWED_STAKE_LAMPORTS, 5, 5 * WIN_PROBABILITY - 1, null, skip];
    buffers.recommendations.add([...shared(id), ...said, ...ending, profit]);
  }
}

/** The real checks on the real game: what is stored is what they say. */
function addChecks(buffer: CopyBuffer, game: SeededGame): void {
  const { plan, confirmedAt } = game;
  const { rugTick } = plan;
  const { status, results } = checkGame({
    ...plan,
    commitmentKept: true,
    verification: 'verified',
    complete: true,
    tickPrices: null,
    arrivalsMs: plan.prices.map((_, tick) => tickAt(game, tick)),
    trades: [],
    sideBets: plan.sideBets.map(({ startTick, stakeLamports }) => {
      const won = sideBetWins({ startTick, rugTick });
      const payout = won ? computePayoutLamports({ stakeLamports, payoutMultiple: 5 }) : lamports(0n);
      const terms = { startTick, endTick: windowEndTick(startTick), stakeLamports, payoutMultiple: 5 };
      return { ...terms, outcome: won ? 'won' : 'lost', payoutLamports: payout };
    }),
    predictions: [],
  });
  buffer.add([plan.gameId, iso(confirmedAt), status, JSON.stringify(results)]);
}

function iso(at: EpochMs): string {
  return new Date(at).toISOString();
}
