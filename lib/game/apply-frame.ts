// Applies one game-state frame to the game it names: phase, ticks, rug. Absent fields mean "unchanged".
import type { Disposition, GameFact, GameState, TickFact, TickSource } from '@/lib/game/events';
import { setPrice, type PricePath } from '@/lib/game/price-path';
import { PHASE_ORDER, type Phase } from '@/lib/game/rules';
import { SEED_HASHES_MAX, type TrackedGame } from '@/lib/game/state';
import type { EpochMs } from '@/lib/units/time';

export type FrameApplied = {
  readonly game: TrackedGame;
  readonly facts: readonly GameFact[];
  readonly disposition: Disposition;
};

/** Recorded rug prices are 0.2 to 2 % of the price before, and 0.02 at most: above both of these a flag was flipped. */
const RUG_SHARE_MAX = 0.1;
const RUG_PRICE_MAX = 0.05;
/** Cooldown frames a little out of order (they come ten a second) are reordered; a larger jump is a new timer. */
const COOLDOWN_REORDER_MS = 2_000;

export function applyFrame(game: TrackedGame, frame: GameState, at: EpochMs): FrameApplied {
  const contradiction = findContradiction(frame);
  if (contradiction) return { game, facts: [], disposition: { kind: 'rejected', reason: contradiction } };
  const phase = phaseOf(game, frame);
  if (PHASE_ORDER[phase] < PHASE_ORDER[game.phase] && !isFalseRug(game, frame)) {
    return { game, facts: [], disposition: { kind: 'reordered' } };
  }
  const ticks = applyTicks(game, frame, { phase, at });
  const next = describe(game, frame, { phase, at, ticks });
  const facts: GameFact[] = [];
  if (phase !== game.phase) facts.push({ type: 'phase', gameId: game.gameId, phase, at });
  facts.push(...ticks.facts);
  if (phase === 'rugged' && (game.phase !== 'rugged' || game.rugTick !== next.rugTick)) {
    facts.push({ type: 'game-rugged', gameId: game.gameId, rugTick: next.rugTick!, at });
  }
  return { game: next, facts, disposition: disposition(game, next, frame, facts) };
}

/** A frame tells its newest tick twice; one that disagrees with itself was corrupted on its way. */
function findContradiction(frame: GameState): string | null {
  const { partialPrices: partial, tickCount, price } = frame;
  if ((frame.active || frame.rugged) && (tickCount === undefined || price === undefined)) return 'active-without-tick';
  if (!partial) return null;
  if (partial.startTick > partial.endTick) return 'partial-prices-range';
  for (const key of Object.keys(partial.values)) {
    if (Number(key) < partial.startTick || Number(key) > partial.endTick) return 'partial-prices-range';
  }
  // After a rug tickCount keeps counting while the partial prices stand still.
  if (tickCount !== undefined && (frame.rugged ? tickCount < partial.endTick : tickCount !== partial.endTick)) {
    return 'tick-mismatch';
  }
  const last = partial.values[String(partial.endTick)];
  const before = partial.values[String(partial.endTick - 1)];
  const fell = price === undefined || before === undefined || price <= Math.max(before * RUG_SHARE_MAX, RUG_PRICE_MAX);
  if (frame.rugged && !fell) {
    return 'rug-without-fall';
  }
  return last !== undefined && price !== undefined && last !== price ? 'price-mismatch' : null;
}

function phaseOf(game: TrackedGame, frame: GameState): Phase {
  if (frame.rugged) return 'rugged';
  if (frame.active) return 'active';
  const absent = frame.active === undefined && frame.rugged === undefined;
  if (absent && frame.cooldownTimer === undefined && frame.allowPreRoundBuys === undefined) return game.phase;
  return frame.allowPreRoundBuys ? 'presale' : 'cooldown';
}

/** A rug that one frame claimed and the next ones deny: the game goes on. */
function isFalseRug(game: TrackedGame, frame: GameState): boolean {
  return (
    game.phase === 'rugged' && frame.active === true && frame.rugged === false && frame.tickCount! > (game.rugTick ?? 0)
  );
}

type TicksApplied = {
  readonly path: PricePath;
  readonly liveTick: number | null;
  readonly facts: TickFact[];
  readonly repaired: number;
  readonly corrected: number;
};

function applyTicks(game: TrackedGame, frame: GameState, { phase, at }: { phase: Phase; at: EpochMs }): TicksApplied {
  const liveTick = newestTick(frame, phase);
  let path = game.path;
  let repaired = 0;
  let corrected = 0;
  const facts: TickFact[] = [];
  const put = (tick: number, price: number, source: TickSource) => {
    const result = setPrice(path, tick, price);
    path = result.path;
    if (result.change === 'same') return;
    const isNewest = tick === liveTick && tick > (game.liveTick ?? -1);
    if (result.change === 'corrected') corrected++;
    else if (!isNewest) repaired++;
    const fact = { type: 'tick', gameId: game.gameId, tick, price, at: isNewest ? at : null } as const;
    const players = isNewest && frame.connectedPlayers !== undefined ? { players: frame.connectedPlayers } : {};
    facts.push({ ...fact, source: isNewest ? 'frame' : source, live: isNewest, ...players });
  };
  if (liveTick !== null) {
    frame.prices?.forEach((price, tick) => price !== null && tick <= liveTick && put(tick, price, 'path'));
    const partial = frame.partialPrices;
    for (let tick = partial?.startTick ?? 0; partial && tick <= partial.endTick; tick++) {
      const price = partial.values[String(tick)];
      if (price !== undefined) put(tick, price, 'partial');
    }
    if (frame.price !== undefined) put(liveTick, frame.price, 'frame');
  }
  return { path, liveTick, facts, repaired, corrected };
}

/** The tick a frame speaks for; after a rug the partial prices, or the path, name it and tickCount has run past it. */
function newestTick(frame: GameState, phase: Phase): number | null {
  if (phase === 'cooldown' || phase === 'presale') return null;
  if (phase === 'rugged') {
    const pathEnd = frame.prices ? frame.prices.length - 1 : undefined;
    return frame.partialPrices?.endTick ?? pathEnd ?? frame.tickCount ?? null;
  }
  return frame.tickCount ?? null;
}

function describe(
  game: TrackedGame,
  frame: GameState,
  { phase, at, ticks }: { phase: Phase; at: EpochMs; ticks: TicksApplied },
): TrackedGame {
  const advanced = ticks.liveTick !== null && ticks.liveTick > (game.liveTick ?? -1);
  // A late frame may fill ticks, but what it counts is out of date.
  const late = ticks.liveTick !== null && ticks.liveTick < (game.liveTick ?? -1);
  const newest = <T>(told: T | undefined, known: T): T => (late || told === undefined ? known : told);
  const started = PHASE_ORDER[phase] >= PHASE_ORDER.active;
  return {
    gameId: game.gameId,
    phase,
    path: ticks.path,
    liveTick: advanced ? ticks.liveTick : game.liveTick,
    liveAt: advanced ? at : game.liveAt,
    announcedAt: game.announcedAt,
    startedAt: game.startedAt ?? (started ? at : null),
    ruggedAt: phase === 'rugged' ? (game.ruggedAt ?? at) : null,
    rugTick: phase === 'rugged' ? (ticks.liveTick ?? game.rugTick) : null,
    cooldownMs: started ? null : (frame.cooldownTimer ?? game.cooldownMs),
    connectedPlayers: newest<number | null>(frame.connectedPlayers, game.connectedPlayers),
    tradeCount: newest<number | null>(frame.tradeCount, game.tradeCount),
    version: frame.gameVersion ?? frame.provablyFair?.version ?? game.version,
    seedHashes: countHash(game.seedHashes, frame.provablyFair?.serverSeedHash),
    ticksRepaired: game.ticksRepaired + ticks.repaired,
    ticksCorrected: game.ticksCorrected + ticks.corrected,
  };
}

function countHash(seen: TrackedGame['seedHashes'], hash: string | undefined): TrackedGame['seedHashes'] {
  if (hash === undefined) return seen;
  const known = seen.findIndex((entry) => entry.hash === hash);
  if (known >= 0) return seen.map((entry, i) => (i === known ? { hash, count: entry.count + 1 } : entry));
  return seen.length < SEED_HASHES_MAX ? [...seen, { hash, count: 1 }] : seen;
}

function disposition(
  before: TrackedGame,
  after: TrackedGame,
  frame: GameState,
  facts: readonly GameFact[],
): Disposition {
  if (facts.length > 0) return { kind: 'applied' };
  if (after.liveTick !== null && frame.tickCount !== undefined && frame.tickCount < after.liveTick) {
    return { kind: 'reordered' };
  }
  const behind =
    frame.cooldownTimer !== undefined && before.cooldownMs !== null && frame.cooldownTimer > 0
      ? frame.cooldownTimer - before.cooldownMs
      : 0;
  if (behind > 0 && behind < COOLDOWN_REORDER_MS) return { kind: 'reordered' };
  return isUnchanged(before, after) ? { kind: 'duplicate' } : { kind: 'applied' };
}

function isUnchanged(before: TrackedGame, after: TrackedGame): boolean {
  return (
    before.phase === after.phase &&
    before.cooldownMs === after.cooldownMs &&
    before.liveTick === after.liveTick &&
    before.connectedPlayers === after.connectedPlayers &&
    before.tradeCount === after.tradeCount
  );
}
