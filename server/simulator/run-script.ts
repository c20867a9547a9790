// A whole run of games, for ever: which frames the feed sends and when, from a seed. Deterministic and without timers or
// sockets; the runner plays it at any speed, tests play it at once. The only outside influence is `placeBet`, which adds
// a client's bet to the game in play and changes nothing else.
import type { Lamports } from '@/lib/units/lamports';
import { err, ok, type Result } from '@/lib/units/result';
import type { EpochMs } from '@/lib/units/time';
import { createCrowd, playerIdFrom, type SimulatedPlayer } from '@/server/simulator/crowd';
import { gameStateFrame, plainFrame, tracedFrame, type Frame } from '@/server/simulator/frame';
import { connectFrame } from '@/server/simulator/frames';
import { createGameInPlay, type GameInPlay } from '@/server/simulator/game-in-play';
import * as script from '@/server/simulator/game-script';
import { openSession } from '@/server/simulator/open-session';
import { planGame } from '@/server/simulator/plan-game';
import { createRandom, uuidFrom, type Random } from '@/server/simulator/random';
import { closeGame, type Session } from '@/server/simulator/session';
import { newSideBetPayload, type BetRefusal, type SideBet } from '@/server/simulator/side-bet-book';
import * as sideEvents from '@/server/simulator/side-events';

export type BetRequest = {
  /** The client it came from. */
  readonly owner: string;
  readonly playerId: string;
  readonly stakeLamports: Lamports;
  readonly coinAddress: string;
};
export type RequestRefusal = 'no-game' | BetRefusal;
export type BetPlaced = { readonly sidebet: object; readonly frames: readonly Frame[] };

export type RunScript = {
  /** Simulated ms from the start of the run to the next step. */
  nextAtMs(): number;
  /** Plays the next step and returns its frames. */
  step(now: EpochMs): readonly Frame[];
  /** What a client gets on connecting. */
  greeting(): readonly Frame[];
  placeBet(request: BetRequest, now: EpochMs): Result<BetPlaced, RequestRefusal>;
  /** The id a newly connected client plays under. */
  nextClientId(): string;
  game(): GameInPlay;
  gamesFinished(): number;
};

/** The first game starts at once, near the end of its presale: nobody should have to wait 15 s for a first tick. */
const FIRST_PRESALE_MS = 1_000;
/** Share of rugs whose summary frame comes after the next game's first frame (feed-protocol.md: the two interleave). */
const LATE_SUMMARY_SHARE = 0.3;
const VISITORS = [60, 120] as const;
const CLIENT_LEVEL = 1;

type World = {
  readonly seed: string;
  readonly hazard: number;
  readonly players: readonly SimulatedPlayer[];
  readonly traces: Random;
  session: Session;
  game: GameInPlay;
  gamesFinished: number;
  connected: number;
};

export function createRunScript(options: {
  seed: string;
  hazard: number;
  startedAt: EpochMs;
  /** Only spaces the timestamps of the games before the run. */
  speed: number;
}): RunScript {
  const { seed, hazard, startedAt } = options;
  const players = createCrowd(createRandom(`${seed}/players`));
  const session = openSession({ ...options, players });
  const world: World = {
    seed,
    hazard,
    players,
    traces: createRandom(`${seed}/traces`),
    session,
    game: openGame({ seed, hazard, players }, { index: 0, at: startedAt, before: null }),
    gamesFinished: 0,
    connected: players.length + createRandom(`${seed}/visitors`).integer(...VISITORS),
  };
  const greetingTraces = createRandom(`${seed}/greetings`);
  const clients = createRandom(`${seed}/clients`);
  const steps = playRun(world, startedAt);
  let atMs = 0;
  const nextGolden = createInterval(sideEvents.GOLDEN_HOUR_EVERY_MS);
  const nextBattle = createInterval(sideEvents.BATTLE_EVERY_MS);

  return {
    nextAtMs: () => atMs,
    step(now) {
      const { frames, waitMs } = steps.next(now).value;
      const side: Frame[] = [];
      if (nextGolden(atMs)) side.push(toFrame(sideEvents.goldenHourUpdate(), world.traces));
      if (nextBattle(atMs)) side.push(toFrame(sideEvents.battleEventUpdate(), world.traces));
      atMs += waitMs;
      return side.length > 0 ? [...frames, ...side] : frames;
    },
    greeting: () => [
      gameStateFrame('history', connectFrame(world.game.scene(world.connected), world.session)),
      ...sideEvents.connectEvents().map((event) => toFrame(event, greetingTraces)),
    ],
    placeBet: (request, now) => placeBet(world, { request, now, random: clients }),
    nextClientId: () => playerIdFrom(clients),
    game: () => world.game,
    gamesFinished: () => world.gamesFinished,
  };
}

function* playRun(world: World, startedAt: EpochMs): script.Script<never> {
  let now = startedAt;
  let lateFrame: Frame | null = null;
  for (let index = 0; ; index++) {
    if (index > 0) nextGame(world, { index, at: now });
    const pace = createRandom(`${world.seed}/game ${index}/pace`);
    const context: script.GameContext = {
      game: world.game,
      session: world.session,
      pace,
      traces: world.traces,
      connectedPlayers: () => wander(world, pace),
    };
    now =
      index === 0
        ? yield* script.playPresale(context, now, FIRST_PRESALE_MS)
        : yield* script.playCooldown(context, now, lateFrame);
    now = yield* script.playActive(context, now);
    const summary = script.rugSummaryFrame(context);
    const isLate = pace.chance(LATE_SUMMARY_SHARE);
    const drawn = { players: world.players, random: pace, at: now };
    const drawing = toFrame(sideEvents.goldenHourDrawing(world.game.plan.gameId, drawn), world.traces);
    now = yield* script.playAftermath({ context, summary: isLate ? null : summary, drawing });
    lateFrame = isLate ? summary : null;
  }
}

/** The ended game goes to the history, seed revealed, in the moment the next one is announced. */
function nextGame(world: World, { index, at }: { index: number; at: EpochMs }): void {
  const ended = world.game;
  world.session = closeGame(world.session, { plan: ended.plan, rows: ended.book.rows(), at });
  world.gamesFinished++;
  world.game = openGame(world, { index, at, before: ended });
}

function openGame(
  { seed, hazard, players }: Pick<World, 'seed' | 'hazard' | 'players'>,
  { index, at, before }: { index: number; at: EpochMs; before: GameInPlay | null },
): GameInPlay {
  return createGameInPlay({ plan: planGame({ seed, index, at, hazard, players }), players, before });
}

/** A presale bet starts at tick 0, a bet in a running game at the tick last shown. */
function placeBet(
  { game }: World,
  { request, now, random }: { request: BetRequest; now: EpochMs; random: Random },
): Result<BetPlaced, RequestRefusal> {
  const phase = game.phase();
  if (phase !== 'active' && phase !== 'presale') return err('no-game');
  const bet: SideBet = {
    id: uuidFrom(random),
    payoutId: uuidFrom(random),
    playerId: request.playerId,
    username: null,
    level: CLIENT_LEVEL,
    stakeLamports: request.stakeLamports,
    coinAddress: request.coinAddress,
    startTick: game.tick(),
    placedAt: now,
    presale: phase === 'presale',
    owner: request.owner,
  };
  const outcome = game.book.place(bet);
  if (outcome !== 'placed') return err(outcome);
  const sidebet = newSideBetPayload(game.plan.gameId, bet);
  return ok({
    sidebet,
    frames: [plainFrame('currentSidebet', sidebet, request.owner), tracedFrame('newSideBet', sidebet, random)],
  });
}

/** The number of connected players drifts by one or two now and then. */
function wander(world: World, pace: Random): number {
  if (pace.chance(0.12)) world.connected = Math.max(world.players.length, world.connected + pace.integer(-2, 2));
  return world.connected;
}

function toFrame({ event, payload, traced }: sideEvents.SideEvent, traces: Random): Frame {
  return traced ? tracedFrame(event, payload, traces) : plainFrame(event, payload);
}

/** True once for each `everyMs` that passes. */
function createInterval(everyMs: number): (atMs: number) => boolean {
  let dueMs = 0;
  return (atMs) => {
    if (atMs < dueMs) return false;
    dueMs += everyMs;
    return true;
  };
}
