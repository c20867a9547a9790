import { describe, expect, it } from 'vitest';
import { verifyGame } from '@/lib/game/provably-fair';
import { SOL_COIN_ADDRESS, windowEndTick } from '@/lib/game/rules';
import { payloadOf, type RawFrame } from '@/lib/protocol/decode-feed';
import { lamports } from '@/lib/units/lamports';
import { epochMs } from '@/lib/units/time';
import type { FaultRates } from '@/server/config';
import { createRunScript, type RunScript } from '@/server/simulator/run-script';
import { playRun, STARTED_AT } from '@/server/simulator/test-kit/play-run';

type Payload = Readonly<Record<string, unknown>>;

const openRun = (options: Partial<Parameters<typeof createRunScript>[0]> = {}): RunScript =>
  createRunScript({ seed: 'script', hazard: 0.005, startedAt: STARTED_AT, speed: 1, ...options });

function collect(seed: string, games: number, faults: FaultRates = {}): RawFrame[] {
  const frames: RawFrame[] = [];
  playRun({ seed, games, faults, onFrame: (frame) => frames.push(frame) });
  return frames;
}

function statesIn(frames: readonly RawFrame[]): Payload[] {
  return frames
    .filter(({ event }) => event === 'gameStateUpdate')
    .map(({ args }) => payloadOf(args) as Payload)
    .filter(({ prices }) => prices === undefined);
}

function stepUntil(script: RunScript, reached: () => boolean) {
  while (!reached()) script.step(epochMs(STARTED_AT + script.nextAtMs()));
}

describe('a run', () => {
  it('is the same run for the same seed, and another one for another', () => {
    const run = collect('twin', 2);
    expect(collect('twin', 2)).toEqual(run);
    expect(collect('other', 1)[0]).not.toEqual(run[0]);
  });

  it('has the same faults for the same seed', () => {
    const faults = { drop: 0.05, duplicate: 0.05, delay: 0.05, reorder: 0.05, corrupt: 0.05, disconnect: 0.01 };
    const run = collect('faulty twin', 1, faults);
    expect(collect('faulty twin', 1, faults)).toEqual(run);
    expect(collect('faulty twin', 1)).not.toEqual(run);
  });

  it('takes only the date of its game ids from the clock: seeds, bets and trades stay', () => {
    const here = openRun().game().plan;
    const later = openRun({ startedAt: epochMs(STARTED_AT + 5 * 86_400_000) }).game().plan;
    expect(here.gameId.slice(0, 8)).toBe('20251214');
    expect(later.gameId.slice(0, 8)).toBe('20251219');
    expect(later.gameId.slice(8)).toBe(here.gameId.slice(8));
    expect(later.serverSeed).toBe(here.serverSeed);
  });

  it('begins with ten finished games that verify, and never repeats an id', () => {
    const [frame] = openRun().greeting();
    const history = (frame!.args[0] as { gameHistory: Parameters<typeof verifyEntry>[0][] }).gameHistory;
    expect(history).toHaveLength(10);
    expect(new Set(history.map(({ id }) => id)).size).toBe(10);
    for (const entry of history) expect(verifyEntry(entry).status).toBe('verified');
    const times = history.map(({ timestamp }) => timestamp);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
  });

  it('says that games of another hazard cannot be verified', () => {
    const script = openRun({ hazard: 0.05 });
    stepUntil(script, () => script.gamesFinished() > 0);
    const history = (script.greeting()[0]!.args[0] as { gameHistory: Parameters<typeof verifyEntry>[0][] }).gameHistory;
    expect(history[0]!.gameVersion).toBe('v3+hazard=0.05');
    for (const entry of history) expect(verifyEntry(entry)).toMatchObject({ status: 'unverifiable', hashOk: true });
  });
});

describe('the frames around a rug', () => {
  const frames = collect('rug', 12);
  const states = statesIn(frames);
  const isRug = (state: Payload, index: number) =>
    state.rugged && states.findIndex(({ gameId, rugged }) => rugged && gameId === state.gameId) === index;
  const rugs = states.flatMap((state, index) => (isRug(state, index) ? [index] : []));

  it('first tell the rug tick and price while still active', () => {
    expect(rugs.length).toBeGreaterThanOrEqual(12);
    for (const index of rugs) {
      const { active, tickCount, price, partialPrices } = states[index] as Payload & {
        partialPrices: { endTick: number; values: Record<string, number> };
      };
      expect({ active, keys: Object.keys(states[index]!).length }).toEqual({ active: true, keys: 21 });
      expect(partialPrices.endTick).toBe(tickCount);
      expect(partialPrices.values[String(tickCount)]).toBe(price);
      expect(price).toBeLessThan(0.0201);
    }
  });

  it('then sum up two ticks later with a history that does not hold the game yet, then name the next game', () => {
    let interleaved = 0;
    // The run ends with its last game's successor just announced.
    for (const index of rugs.slice(0, -1)) {
      const rug = states[index]!;
      const rest = states.slice(index + 1, index + 5);
      const summary = rest.find((state) => state.gameId === rug.gameId)!;
      expect(summary.tickCount).toBe((rug.tickCount as number) + 2);
      expect(summary.partialPrices).toEqual(rug.partialPrices);
      expect((summary.gameHistory as { id: string }[]).map(({ id }) => id)).not.toContain(rug.gameId);
      const [first, second] = rest.filter((state) => state.gameId !== rug.gameId);
      expect(first).toMatchObject({ cooldownTimer: 14_900 });
      expect(second).toMatchObject({ cooldownTimer: 15_000, active: false, gameId: first!.gameId });
      expect((second!.gameHistory as { id: string }[])[0]!.id).toBe(rug.gameId);
      if (rest[0] !== summary) interleaved++;
    }
    expect(interleaved).toBeGreaterThan(0);
    expect(interleaved).toBeLessThan(rugs.length);
  });

  it('reveal a seed only in the history, and the one that was committed to', () => {
    const shown = new Map<string, string>();
    for (const { gameId, provablyFair, gameHistory } of states) {
      expect(provablyFair).not.toHaveProperty('serverSeed');
      shown.set(gameId as string, (provablyFair as { serverSeedHash: string }).serverSeedHash);
      for (const entry of (gameHistory ?? []) as { id: string; provablyFair: { serverSeedHash: string } }[]) {
        if (shown.has(entry.id)) expect(entry.provablyFair.serverSeedHash).toBe(shown.get(entry.id));
      }
    }
  });
});

describe('a client that connects', () => {
  it('gets the whole path so far and the history, in any phase', () => {
    const script = openRun();
    for (const phase of ['presale', 'active', 'rugged', 'cooldown'] as const) {
      stepUntil(script, () => script.game().phase() === phase && (phase !== 'active' || script.game().tick() === 7));
      const [first, ...others] = script.greeting();
      const payload = first!.args[0] as { prices: number[]; tickCount: number; gameHistory: unknown[] };
      const { plan } = script.game();
      const known = phase === 'active' ? 8 : phase === 'rugged' ? plan.rugTick + 1 : 1;
      expect(payload.prices, phase).toEqual(plan.prices.slice(0, known));
      expect(payload.gameHistory).toHaveLength(10);
      expect(Object.keys(payload)).toHaveLength(36);
      expect(others.map(({ event }) => event)).toEqual([
        'goldenHourUpdate',
        'battleEventUpdate',
        'rugRoyaleUpdate',
        'sidebetEventUpdate',
        'battleEventUpdate',
        'maintenanceUpdate',
      ]);
    }
  });
});

describe('a bet of a client', () => {
  const request = {
    owner: 'socket',
    playerId: 'did:privy:0',
    stakeLamports: lamports(10_000_000n),
    coinAddress: SOL_COIN_ADDRESS,
  };

  it('starts at the tick last shown, is refused while one is open, and is settled by the rule', () => {
    const script = openRun();
    stepUntil(script, () => script.game().phase() === 'active' && script.game().tick() === 5);
    const { plan } = script.game();
    const placed = script.placeBet(request, STARTED_AT);
    if (!placed.ok) throw new Error(placed.error);
    expect(placed.value.sidebet).toMatchObject({ startTick: 5, endTick: 45, betAmount: 0.01, xPayout: 5 });
    expect(script.placeBet(request, STARTED_AT)).toEqual({ ok: false, error: 'open-bet' });
    const results: Payload[] = [];
    while (script.gamesFinished() === 0) {
      for (const frame of script.step(STARTED_AT)) {
        if (frame.event !== 'currentSidebetResult') continue;
        expect(frame.to).toBe('socket');
        results.push(frame.args[0] as Payload);
      }
    }
    const won = plan.rugTick <= windowEndTick(5);
    expect(results).toMatchObject([
      { type: 'payout', payout: won ? 0.05 : 0, profit: won ? 0.04 : -0.01, tickIndex: won ? plan.rugTick : 5 },
    ]);
  });

  it('starts at tick 0 in the presale, and is refused between the rug and the next presale', () => {
    const script = openRun();
    stepUntil(script, () => script.game().phase() === 'presale');
    expect(script.placeBet(request, STARTED_AT)).toMatchObject({ ok: true, value: { sidebet: { startTick: 0 } } });
    stepUntil(script, () => script.game().phase() === 'rugged');
    expect(script.placeBet(request, STARTED_AT)).toEqual({ ok: false, error: 'no-game' });
    stepUntil(script, () => script.game().phase() === 'cooldown');
    expect(script.placeBet(request, STARTED_AT)).toEqual({ ok: false, error: 'no-game' });
  });

  it('changes nothing else in the run', () => {
    const [left, right] = [openRun(), openRun()];
    stepUntil(left, () => left.game().phase() === 'active');
    stepUntil(right, () => right.game().phase() === 'active');
    right.placeBet(request, STARTED_AT);
    while (left.gamesFinished() < 2) {
      const now = epochMs(STARTED_AT + left.nextAtMs());
      const others = (frames: readonly { event: string; to: string | null }[]) =>
        frames.filter(({ to }) => to === null).map(({ event }) => event);
      expect(right.nextAtMs()).toBe(left.nextAtMs());
      expect(others(right.step(now))).toEqual(others(left.step(now)));
    }
    expect(right.game().plan).toEqual(left.game().plan);
  });
});

function verifyEntry(entry: {
  id: string;
  timestamp: number;
  gameVersion: string;
  prices: number[];
  provablyFair: { serverSeed: string; serverSeedHash: string };
}) {
  return verifyGame({ ...entry.provablyFair, gameId: entry.id, version: entry.gameVersion, prices: entry.prices });
}
