// The feed of a simulated world: one game after another, tick by tick, as facts. It breaks now and then: goes silent, shows
// a tick that never was, confirms a game late or never. What really happened is kept for the check at the end.
import type { GameFact } from '@/lib/game/events';
import type { LiveGame } from '@/lib/bets/judge-stake';
import type { Phase } from '@/lib/game/rules';
import { scriptGame, toFinished, type ScriptedGame } from '@/lib/test-kit/frames';
import type { GameId } from '@/lib/units/game-id';
import { epochMs, type EpochMs } from '@/lib/units/time';

const TICK_MS = 250;
const COOLDOWN_MS = 2_000;
const PRESALE_MS = 4_000;
const RUGGED_MS = 2_000;

export type FeedFaults = {
  /** Probabilities: of silence at a tick, of a tick that never was, of a result that comes late, or never. */
  silent: number;
  falseTick: number;
  late: number;
  never: number;
};

export type SimFeed = {
  readonly faults: FeedFaults;
  advance(now: EpochMs): void;
  game(): LiveGame | null;
  isLive(): boolean;
  /** In the record; null while it is not confirmed, or if it never is. */
  resultOf(gameId: GameId): number | null;
  truthOf(gameId: GameId): number;
  /** Whether the history ever confirmed it. */
  isConfirmed(gameId: GameId): boolean;
};

export function createSimFeed({
  random,
  tell,
  firstGame,
  now: start,
}: {
  random: () => number;
  tell: (fact: GameFact) => void;
  firstGame: number;
  now: EpochMs;
}): SimFeed {
  const faults: FeedFaults = { silent: 0, falseTick: 0, late: 0, never: 0 };
  const truth = new Map<GameId, number>();
  const confirmed = new Map<GameId, number>();
  const pending: { readonly game: ScriptedGame; readonly at: number }[] = [];
  let n = firstGame;
  let script = scriptGame(n);
  let phase: Phase = 'cooldown';
  let phaseAt: number = start;
  let liveTick: number | null = null;
  let silentUntil = -Infinity;
  let now = start;
  truth.set(script.gameId, script.rugTick);

  const isLive = () => now >= silentUntil;
  const told = (fact: GameFact) => {
    if (isLive()) tell(fact);
  };

  function enter(next: Phase): void {
    phase = next;
    phaseAt = now;
    told({ type: 'phase', gameId: script.gameId, phase, at: now });
  }

  function rug(): void {
    enter('rugged');
    told({ type: 'game-rugged', gameId: script.gameId, rugTick: script.rugTick, at: now });
    const late = random() < faults.late ? 20_000 + random() * 200_000 : 1_500;
    if (random() >= faults.never) pending.push({ game: script, at: now + late });
  }

  function nextGame(): void {
    n++;
    script = scriptGame(n);
    truth.set(script.gameId, script.rugTick);
    liveTick = null;
    told({ type: 'game-announced', gameId: script.gameId, at: now, serverSeedHash: null, version: 'v3' });
    enter('cooldown');
  }

  function tick(): void {
    const next = liveTick === null ? 0 : liveTick + 1;
    if (next > script.rugTick) return rug();
    liveTick = next;
    const fact = { type: 'tick', gameId: script.gameId, price: 1, at: now, source: 'frame', live: true } as const;
    told({ ...fact, tick: next });
    if (random() < faults.falseTick) told({ ...fact, tick: next + 60 });
    if (random() < faults.silent) silentUntil = now + 2_000 + random() * 60_000;
  }

  function confirmDue(): void {
    for (const entry of pending.filter(({ at }) => at <= now && isLive())) {
      pending.splice(pending.indexOf(entry), 1);
      const { game } = entry;
      confirmed.set(game.gameId, game.rugTick);
      tell({
        type: 'game-finished',
        game: toFinished(game),
        at: now,
        rugTick: game.rugTick,
        verification: { status: 'verified', maxDifference: 0, peak: game.peak } as never,
        commitmentKept: true,
        watched: true,
        ticksRepaired: 0,
        ticksCorrected: 0,
      });
    }
  }

  return {
    faults,
    advance(to) {
      now = to;
      confirmDue();
      const since = now - phaseAt;
      if (phase === 'cooldown' && since >= COOLDOWN_MS) enter('presale');
      else if (phase === 'presale' && since >= PRESALE_MS) {
        enter('active');
        tick();
      } else if (phase === 'active' && since >= TICK_MS * ((liveTick ?? -1) + 1)) tick();
      else if (phase === 'rugged' && since >= RUGGED_MS) nextGame();
    },
    game: () => ({ gameId: script.gameId, phase, liveTick }),
    isLive,
    resultOf: (gameId) => confirmed.get(gameId) ?? null,
    truthOf: (gameId) => truth.get(gameId)!,
    isConfirmed: (gameId) => confirmed.has(gameId),
  };
}

export const SIM_START = epochMs(1_767_225_600_000);
