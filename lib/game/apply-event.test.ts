import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEvent } from '@/lib/game/apply-event';
import type { Disposition, FeedEvent, GameFact } from '@/lib/game/events';
import { toPrices } from '@/lib/game/price-path';
import { INITIAL_STATE, type CoreState } from '@/lib/game/state';
import { activeState, scriptGame, stateEvent, statesOf, toFinished, type ScriptedGame } from '@/lib/test-kit/frames';

type Run = { state: CoreState; facts: GameFact[]; dispositions: Disposition['kind'][] };

function play(events: readonly FeedEvent[], from: CoreState = INITIAL_STATE): Run {
  let state = from;
  const facts: GameFact[] = [];
  const dispositions: Disposition['kind'][] = [];
  for (const event of events) {
    const applied = applyEvent(state, event);
    state = applied.state;
    facts.push(...applied.facts);
    dispositions.push(applied.disposition.kind);
  }
  return { state, facts, dispositions };
}

/** A game and the first frames of the next one, which bring the history. */
function wholeGame(game: ScriptedGame, next: ScriptedGame): FeedEvent[] {
  return [...statesOf(game).map((state) => stateEvent(state)), ...opening(next, game)];
}

/** Two frames, since one alone could be a stray: the first of them with the game that ended. */
function opening(next: ScriptedGame, ended: ScriptedGame): FeedEvent[] {
  const first = statesOf(next)[0]!;
  return [stateEvent(first, [toFinished(ended)]), stateEvent({ ...first, cooldownTimer: first.cooldownTimer! - 100 })];
}

function finishedOf(facts: readonly GameFact[]) {
  return facts.filter((fact) => fact.type === 'game-finished');
}

const game = scriptGame(3);
const next = scriptGame(4);

describe('a game seen whole', () => {
  const { facts, state } = play(wholeGame(game, next));

  it('is told tick by tick, in order, each live', () => {
    const ticks = facts.filter((fact) => fact.type === 'tick');
    expect(ticks.map((fact) => fact.tick)).toEqual(game.prices.map((_, tick) => tick));
    expect(ticks.map((fact) => fact.price)).toEqual(game.prices);
    expect(ticks.every((fact) => fact.live && fact.source === 'frame')).toBe(true);
  });

  it('goes through its phases once', () => {
    const phases = facts.filter((fact) => fact.type === 'phase' && fact.gameId === game.gameId);
    expect(phases.map((fact) => fact.type === 'phase' && fact.phase)).toEqual([
      'cooldown',
      'presale',
      'active',
      'rugged',
    ]);
  });

  it('rugs where its path ends, and is finished, verified and whole', () => {
    expect(facts.find((fact) => fact.type === 'game-rugged')).toMatchObject({ rugTick: game.rugTick });
    expect(finishedOf(facts)).toMatchObject([
      {
        rugTick: game.rugTick,
        ticksRepaired: 0,
        ticksCorrected: 0,
        commitmentKept: true,
        watched: true,
        verification: { status: 'verified' },
      },
    ]);
  });

  it('makes way for the next', () => {
    expect(state.current?.gameId).toBe(next.gameId);
    expect(state.previous).toEqual([]);
  });
});

describe('lost, late and repeated frames', () => {
  it('fill lost ticks from the last five of a later frame', () => {
    const { state, facts } = play([0, 1, 5].map((tick) => stateEvent(activeState(game, tick))));
    expect(toPrices(state.current!.path)).toEqual(game.prices.slice(0, 6));
    const repaired = facts.filter((fact) => fact.type === 'tick' && !fact.live);
    expect(repaired.map((fact) => fact.type === 'tick' && [fact.tick, fact.source])).toEqual([
      [2, 'partial'],
      [3, 'partial'],
      [4, 'partial'],
    ]);
  });

  it('take the running path of a first frame', () => {
    const state = { ...activeState(game, 30), prices: game.prices.slice(0, 31) };
    const { state: after, facts } = play([stateEvent(state)]);
    expect(toPrices(after.current!.path)).toEqual(game.prices.slice(0, 31));
    expect(facts.filter((fact) => fact.type === 'tick' && fact.live)).toHaveLength(1);
  });

  it('never move the live tick back', () => {
    const { state, dispositions } = play([3, 5, 4, 5].map((tick) => stateEvent(activeState(game, tick))));
    expect(state.current!.liveTick).toBe(5);
    expect(dispositions).toEqual(['applied', 'applied', 'reordered', 'duplicate']);
  });

  it('take the rug tick from the partial prices when tickCount has run on', () => {
    const rug = { ...activeState(game, game.rugTick), tickCount: game.rugTick + 2 };
    const { facts } = play([stateEvent(activeState(game, game.rugTick - 1)), stateEvent(rug)]);
    expect(facts.find((fact) => fact.type === 'game-rugged')).toMatchObject({ rugTick: game.rugTick });
  });

  it('take the rug tick from the path on connecting after the rug', () => {
    const { partialPrices: _, ...connected } = activeState(game, game.rugTick);
    const { facts } = play([stateEvent({ ...connected, tickCount: game.rugTick + 2, prices: [...game.prices] })]);
    expect(facts.find((fact) => fact.type === 'game-rugged')).toMatchObject({ rugTick: game.rugTick });
  });

  it('learn of a rug that was never seen from the history', () => {
    const seen = [stateEvent(activeState(game, 0)), stateEvent(activeState(game, 1))];
    const { facts, state } = play([...seen, ...opening(next, game)]);
    expect(facts.find((fact) => fact.type === 'game-rugged')).toMatchObject({ rugTick: game.rugTick });
    expect(finishedOf(facts)).toMatchObject([{ ticksRepaired: game.prices.length - 2 }]);
    expect(state.current?.gameId).toBe(next.gameId);
  });

  it('keep old frames of a rugged game from coming back', () => {
    const run = play(wholeGame(game, next));
    const late = play([stateEvent(activeState(game, game.rugTick)), stateEvent(activeState(game, 1))], run.state);
    expect(late.state.current?.gameId).toBe(next.gameId);
    expect(late.facts).toEqual([]);
    expect(late.dispositions).toEqual(['reordered', 'reordered']);
  });

  it('end in the same finished game whatever is dropped, repeated or swapped', () => {
    const events = wholeGame(game, next);
    const faults = fc.array(fc.constantFrom('keep', 'keep', 'keep', 'drop', 'repeat', 'swap'), {
      minLength: events.length,
      maxLength: events.length,
    });
    fc.assert(
      fc.property(faults, (plan) => {
        const disturbed: FeedEvent[] = [];
        events.slice(0, -2).forEach((event, i) => {
          if (plan[i] === 'drop') return;
          if (plan[i] === 'swap' && disturbed.length > 0) disturbed.splice(-1, 0, event);
          else disturbed.push(event, ...(plan[i] === 'repeat' ? [event] : []));
        });
        disturbed.push(...opening(next, game));
        const { facts, state } = play(disturbed);
        const finished = finishedOf(facts);
        expect(finished).toHaveLength(1);
        expect(finished[0]).toMatchObject({ rugTick: game.rugTick, verification: { status: 'verified' } });
        expect(state.current?.gameId).toBe(next.gameId);
      }),
      { numRuns: 60 },
    );
  });
});

describe('frames that cannot be true', () => {
  const running = play([0, 1, 2].map((tick) => stateEvent(activeState(game, tick)))).state;

  it.each([
    ['a tick its own prices deny', { ...activeState(game, 3), tickCount: 30 }, 'tick-mismatch'],
    ['a price its own prices deny', { ...activeState(game, 3), price: 99 }, 'price-mismatch'],
    ['an active game without a tick', { gameId: game.gameId, active: true, rugged: false }, 'active-without-tick'],
    ['a rug without a fall', { ...activeState(game, 3), rugged: true }, 'rug-without-fall'],
    ['a game from years ago', activeState(scriptGame(9, '20190101'), 3), 'game-of-another-day'],
  ])('reject %s', (_, state, reason) => {
    const applied = applyEvent(running, stateEvent(state));
    expect(applied.disposition).toEqual({ kind: 'rejected', reason });
    expect(applied.facts).toEqual([]);
    expect(applied.state.current).toEqual(running.current);
  });

  it('do not let one stray game id take over, but follow one that insists', () => {
    const stray = activeState(scriptGame(99), 5);
    const once = applyEvent(running, stateEvent(stray));
    expect(once.state.current?.gameId).toBe(game.gameId);
    const twice = applyEvent(once.state, stateEvent(activeState(scriptGame(99), 6)));
    expect(twice.state.current?.gameId).toBe(stray.gameId);
  });

  it('undo a rug that the following frames deny', () => {
    const flipped = { ...activeState(game, 3), rugged: true, partialPrices: undefined };
    const rugged = applyEvent(running, stateEvent(flipped)).state;
    expect(rugged.current?.phase).toBe('rugged');
    const resumed = applyEvent(rugged, stateEvent(activeState(game, 4))).state;
    expect(resumed.current).toMatchObject({ phase: 'active', rugTick: null, liveTick: 4 });
  });

  it('replace a history copy that failed by one that verifies', () => {
    const damaged = { ...toFinished(game), prices: game.prices.map((price, tick) => (tick === 0 ? price + 1 : price)) };
    const { facts } = play([
      stateEvent(statesOf(next)[0]!, [damaged]),
      stateEvent(statesOf(next)[1]!, [toFinished(game)]),
    ]);
    expect(finishedOf(facts).map((fact) => fact.type === 'game-finished' && fact.verification.status)).toEqual([
      'failed',
      'verified',
    ]);
  });

  it('do not accept a peak that is not the path’s', () => {
    const { facts } = play([stateEvent(statesOf(next)[0]!, [{ ...toFinished(game), peak: game.peak + 1 }])]);
    expect(finishedOf(facts)).toMatchObject([{ verification: { status: 'failed', pathOk: true, peakOk: false } }]);
  });

  it('tell when the seed revealed is not the one committed to', () => {
    const shown = statesOf(game).map((state) => ({
      ...state,
      provablyFair: { serverSeedHash: 'a'.repeat(64), version: 'v3' },
    }));
    const { facts } = play([
      ...shown.map((state) => stateEvent(state)),
      stateEvent(statesOf(next)[0]!, [toFinished(game)]),
    ]);
    expect(finishedOf(facts)).toMatchObject([{ commitmentKept: false }]);
  });
});
