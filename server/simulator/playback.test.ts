import { describe, expect, it } from 'vitest';
import type { Pacer } from '@/server/simulator/pacer';
import { createPlayback } from '@/server/simulator/playback';

/** A pacer whose time moves only by `advance`, and a script of steps `gapMs` apart. */
function createWorld({ speed = 1, gapMs = 100, stepCostMs = 0 } = {}) {
  let nowMs = 1_000;
  let atMs = 0;
  let steps = 0;
  let task: { dueMs: number; run: () => void } | null = null;
  const hooks: { onStep: (() => void) | null } = { onStep: null };
  const pacer: Pacer = {
    nowMs: () => nowMs,
    schedule(delayMs, run) {
      const mine = { dueMs: nowMs + delayMs, run };
      task = mine;
      return () => {
        if (task === mine) task = null;
      };
    },
  };
  const playback = createPlayback({
    speed,
    pacer,
    nextAtMs: () => atMs,
    step() {
      steps++;
      atMs += gapMs;
      nowMs += stepCostMs;
      hooks.onStep?.();
    },
  });
  return {
    playback,
    hooks,
    steps: () => steps,
    isIdle: () => task === null,
    nowMs: () => nowMs,
    /** Lets time pass without running anything: the machine was busy. */
    block: (ms: number) => {
      nowMs += ms;
    },
    advance(ms: number) {
      const endMs = nowMs + ms;
      for (let guard = 0; task && task.dueMs <= endMs; guard++) {
        if (guard > 100_000) throw new Error('never ends');
        const { dueMs, run } = task;
        task = null;
        nowMs = Math.max(nowMs, dueMs);
        run();
      }
      nowMs = Math.max(nowMs, endMs);
    },
  };
}

describe('playback', () => {
  it('plays each step at its time, divided by the speed', () => {
    const slow = createWorld();
    slow.playback.start();
    slow.advance(1_000);
    expect(slow.steps()).toBe(11);
    const fast = createWorld({ speed: 50 });
    fast.playback.start();
    fast.advance(1_000);
    expect(fast.steps()).toBe(501);
  });

  it('catches up what a short delay cost', () => {
    const world = createWorld();
    world.playback.start();
    world.block(200);
    world.advance(800);
    expect(world.steps()).toBe(11);
    expect(world.playback.forgottenMs()).toBe(0);
  });

  it('forgets time it fell far behind by, instead of flooding', () => {
    const world = createWorld();
    world.playback.start();
    world.advance(100);
    world.block(60_000);
    world.advance(300);
    expect(world.steps()).toBeLessThan(10);
    expect(world.playback.forgottenMs()).toBeGreaterThan(59_000);
  });

  it('lets other work run when steps cost more than the machine has', () => {
    const world = createWorld({ speed: 1_000, gapMs: 1, stepCostMs: 1 });
    world.playback.start();
    world.advance(500);
    expect(world.steps()).toBeLessThan(520);
    expect(world.playback.forgottenMs()).toBeGreaterThan(100);
  });

  it('plays nothing while paused and goes on where it was', () => {
    const world = createWorld();
    world.playback.start();
    world.advance(250);
    world.playback.pause();
    world.playback.pause();
    expect(world.isIdle()).toBe(true);
    expect(world.playback.isPaused()).toBe(true);
    world.advance(30_000);
    expect(world.steps()).toBe(3);
    world.playback.resume();
    world.playback.resume();
    world.advance(49);
    expect(world.steps()).toBe(3);
    world.advance(1);
    expect(world.steps()).toBe(4);
    expect(world.playback.forgottenMs()).toBe(0);
  });

  it('can be stopped or paused from within a step', () => {
    const world = createWorld({ speed: 1_000, gapMs: 1 });
    world.hooks.onStep = () => world.playback.stop();
    world.playback.start();
    world.advance(100);
    expect(world.steps()).toBe(1);
    expect(world.isIdle()).toBe(true);
    const paused = createWorld();
    paused.hooks.onStep = () => {
      paused.playback.pause();
      paused.playback.resume();
    };
    paused.playback.start();
    paused.advance(1_000);
    expect(paused.steps()).toBe(11);
  });
});
