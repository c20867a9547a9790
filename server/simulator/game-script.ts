// What one game sends, and when: cooldown, presale, start, ticks, rug, as recorded on 2025-12-14. A generator that yields
// the frames due now and the wait until the next step, and is resumed with the time. No timers, no sockets, and no chance
// but the streams it is given. Called by the run script.
import { COOLDOWN_MS, PRESALE_MS } from '@/lib/game/rules';
import type { EpochMs } from '@/lib/units/time';
import { gameStateFrame, plainFrame, tracedFrame, type Frame } from '@/server/simulator/frame';
import { cooldownFrame, fullFrame, startFrame, tickFrame } from '@/server/simulator/frames';
import type { GameInPlay } from '@/server/simulator/game-in-play';
import { tradePayload, type PlannedTrade } from '@/server/simulator/plan-trades';
import type { Random } from '@/server/simulator/random';
import type { Session } from '@/server/simulator/session';
import { newSideBetPayload, type Settled, type SideBet } from '@/server/simulator/side-bet-book';

/** Frames due now, then the simulated time until the next step. */
export type Step = { readonly frames: readonly Frame[]; readonly waitMs: number };
export type Script<Result> = Generator<Step, Result, EpochMs>;

export type GameContext = {
  readonly game: GameInPlay;
  readonly session: Session;
  readonly pace: Random;
  readonly traces: Random;
  connectedPlayers(): number;
};

const COOLDOWN_STEP_MS = 100;
/** Gaps after the first long frame, whose sending held the cooldown timer up. */
const COOLDOWN_BURST_MS = [38, 17, 12, 38, 98];
const PRESALE_OPENING_MS = [200, 260] as const;
const START_DELAY_MS = [290, 340] as const;
/** The long frame at the start comes this long before tick 1. */
const OPENING_LEAD_MS = 40;
/** Crowd events of a tick come this far into the wait for the next one. */
const EVENTS_AT = 0.4;
/** The feed shows at most one trade in two seconds, some ticks late: measured, while `tradeCount` counts them all. */
const TRADE_EVERY_MS = 2_000;
const RUG_SUMMARY_MS = [900, 1_060] as const;
/** Ticks by which the feed's counter has run past the rug in its summary frame. */
const RUG_SUMMARY_TICKS = 2;
const DRAWING_MS = 20;
const NEXT_GAME_MS = [250, 350] as const;

/** From the first cooldown frame to the start. `lateFrame`: a frame of the old game that comes after the new one's first. */
export function* playCooldown(context: GameContext, now: EpochMs, lateFrame: Frame | null): Script<EpochMs> {
  const { game, session, pace } = context;
  const timer = (leftMs: number) => {
    game.cooldown(leftMs);
    return gameStateFrame('cooldown', cooldownFrame(game.scene(context.connectedPlayers())));
  };
  now = yield { frames: [timer(COOLDOWN_MS - COOLDOWN_STEP_MS)], waitMs: pace.between(8, 16) };
  if (lateFrame) now = yield { frames: [lateFrame], waitMs: pace.between(8, 16) };
  game.cooldown(COOLDOWN_MS);
  const full = gameStateFrame('history', fullFrame(game.scene(context.connectedPlayers()), session));
  now = yield { frames: [full], waitMs: COOLDOWN_BURST_MS[0]! };
  let burst = 1;
  for (let leftMs = COOLDOWN_MS - 2 * COOLDOWN_STEP_MS; leftMs > PRESALE_MS; leftMs -= COOLDOWN_STEP_MS) {
    const isLast = leftMs === PRESALE_MS + COOLDOWN_STEP_MS;
    const gap = COOLDOWN_BURST_MS[burst++] ?? cooldownGapMs(pace);
    now = yield { frames: [timer(leftMs)], waitMs: isLast ? pace.between(...PRESALE_OPENING_MS) : gap };
  }
  const bets = game.actPresale(PRESALE_MS, now);
  game.cooldown(PRESALE_MS);
  const opening = gameStateFrame('tick', tickFrame(game.scene(context.connectedPlayers()), session));
  now = yield { frames: [opening, ...bets.map((bet) => betFrame(context, bet))], waitMs: pace.between(2, 5) };
  return yield* playPresale(context, now, PRESALE_MS);
}

/** The countdown of the presale from `fromMs`, and the pause before the start. */
export function* playPresale(context: GameContext, now: EpochMs, fromMs: number): Script<EpochMs> {
  const { game, pace } = context;
  for (let leftMs = fromMs; leftMs > 0; leftMs -= COOLDOWN_STEP_MS) {
    const bets = game.actPresale(leftMs, now);
    game.cooldown(leftMs);
    const timer = gameStateFrame('cooldown', cooldownFrame(game.scene(context.connectedPlayers())));
    const isLast = leftMs <= COOLDOWN_STEP_MS;
    const waitMs = isLast ? pace.between(...START_DELAY_MS) : leftMs === PRESALE_MS ? 10 : cooldownGapMs(pace);
    now = yield { frames: [timer, ...bets.map((bet) => betFrame(context, bet))], waitMs };
  }
  return now;
}

/** From the start frame to the rug frame; returns with the wait before the rug's summary already over. */
export function* playActive(context: GameContext, now: EpochMs): Script<EpochMs> {
  const { game, session, pace } = context;
  const { tickOffsetsMs, rugTick } = game.plan;
  const trades = createTradeWindow(context);
  game.start();
  trades.add(game.actTick(0, now).trades);
  const start = startFrame(game.scene(context.connectedPlayers()));
  now = yield { frames: [gameStateFrame('tick', start)], waitMs: tickOffsetsMs[1]! - OPENING_LEAD_MS };
  const full = gameStateFrame('history', fullFrame(game.scene(context.connectedPlayers()), session));
  now = yield { frames: [full], waitMs: OPENING_LEAD_MS * 0.75 };
  now = yield { frames: trades.show(Number.POSITIVE_INFINITY), waitMs: OPENING_LEAD_MS * 0.25 };
  for (let tick = 1; tick < rugTick; tick++) {
    const settled = game.advance(tick, now);
    const frame = gameStateFrame('tick', tickFrame(game.scene(context.connectedPlayers()), session));
    const gapMs = tickOffsetsMs[tick + 1]! - tickOffsetsMs[tick]!;
    now = yield { frames: [frame, ...resultFrames(settled)], waitMs: gapMs * EVENTS_AT };
    const acted = game.actTick(tick, now);
    trades.add(acted.trades);
    const events = [...acted.bets.map((bet) => betFrame(context, bet)), ...trades.show(gapMs)];
    now = yield { frames: events, waitMs: gapMs * (1 - EVENTS_AT) };
  }
  const settled = game.advance(rugTick, now);
  const rug = gameStateFrame('tick', tickFrame(game.scene(context.connectedPlayers()), session));
  return yield { frames: [rug, ...resultFrames(settled)], waitMs: pace.between(...RUG_SUMMARY_MS) };
}

/** The summary frame after a rug: the counter has run on, the history does not yet hold this game. */
export function rugSummaryFrame({ game, session, connectedPlayers }: GameContext): Frame {
  game.countOn(RUG_SUMMARY_TICKS);
  return gameStateFrame('history', fullFrame(game.scene(connectedPlayers()), session));
}

/** What is left of a game after its rug; `summary` is null when that frame comes late, within the next game. */
export function* playAftermath({
  context,
  summary,
  drawing,
}: {
  context: GameContext;
  summary: Frame | null;
  drawing: Frame;
}): Script<EpochMs> {
  yield { frames: summary ? [summary] : [], waitMs: DRAWING_MS };
  return yield { frames: [drawing], waitMs: context.pace.between(...NEXT_GAME_MS) };
}

/** A little above its nominal 100 ms, as timers are: 101.6 to 102.4 on average in the capture. */
function cooldownGapMs(pace: Random): number {
  return pace.between(99, 105);
}

function betFrame({ game, traces }: GameContext, bet: SideBet): Frame {
  return tracedFrame('newSideBet', newSideBetPayload(game.plan.gameId, bet), traces);
}

function resultFrames(settled: readonly Settled[]): Frame[] {
  return settled.flatMap(({ bet, row }) => (bet.owner ? [plainFrame('currentSidebetResult', row, bet.owner)] : []));
}

/** Keeps the trades of the last two seconds and shows one of them. */
function createTradeWindow({ game, traces, pace }: GameContext) {
  let seen: PlannedTrade[] = [];
  let sinceMs = 0;
  return {
    add(trades: readonly PlannedTrade[]) {
      seen.push(...trades);
    },
    show(passedMs: number): Frame[] {
      sinceMs += passedMs;
      if (sinceMs < TRADE_EVERY_MS || seen.length === 0) return [];
      const shown = pace.pick(seen);
      seen = [];
      sinceMs = 0;
      return [tracedFrame('standard/newTrade', tradePayload(game.plan.gameId, shown), traces)];
    },
  };
}
