import { describe, expect, it } from 'vitest';
import { assess } from '@/lib/decision/assess';
import type { MadePrediction, MadeRecommendation } from '@/lib/decision/made';
import type { GameFact } from '@/lib/game/events';
import { createPublishedModel } from '@/lib/hazard/published';
import { toAssessmentRow } from '@/lib/protocol/assessment-row';
import { packAssessment } from '@/lib/protocol/compact-assessment';
import { createTimingEstimator } from '@/lib/timing/tick-timing';
import { gameId, type GameId } from '@/lib/units/game-id';
import { lamports } from '@/lib/units/lamports';
import { epochMs } from '@/lib/units/time';
import type { FinishedFact } from '@/server/store/merge-game';
import { openTestStore } from '@/server/store/test-kit/store';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();
const START = 1_767_225_600_000;
const ENDED = START + 61_000;
const assessment = packAssessment(
  assess({ tick: 0, payout: 5, model: createPublishedModel(), timing: createTimingEstimator().current() }),
);

function predictionAt(id: GameId, tick: number): MadePrediction {
  const end = {
    tick,
    lower90: tick + 11,
    lower50: tick + 58,
    median: tick + 139,
    upper50: tick + 277,
    upper90: tick + 598,
    confidence: 0.2,
  };
  const made = {
    gameId: id,
    tick,
    madeAt: epochMs(START),
    origin: 'live',
    model: 'published@1',
    zone: 'negative',
  } as const;
  return { ...made, winProbability: 0.1817, lower: 0.1817, upper: 0.1817, payout: 5, end };
}

function betAt(id: GameId, tick: number): MadeRecommendation {
  const made = { gameId: id, tick, madeAt: epochMs(START), origin: 'live', strategyId: 'flat-stake' } as const;
  const advice = {
    priority: 1,
    word: 'Skip',
    action: 'bet',
    score: null,
    reasons: ['because "so", {always}'],
  } as const;
  return {
    ...made,
    ...advice,
    stakeLamports: lamports(10_000_001n),
    expectedValue: -0.09,
    assessment,
    startTick: tick + 1,
  };
}

function finishedAt(id: GameId, rugTick: number, status: 'failed' | 'verified' = 'verified'): FinishedFact {
  const prices = Array.from({ length: rugTick + 1 }, (_, tick) => (tick < rugTick ? 1 : 0.01));
  const game = {
    gameId: id,
    endedAt: epochMs(ENDED),
    prices,
    peak: 1,
    version: 'v3',
    serverSeed: 's',
    serverSeedHash: 'a'.repeat(64),
    sideBets: [],
  };
  const verification = { status, hashOk: true, pathOk: true, peakOk: true, rugTick, peak: 1, maxDifference: 0 };
  const counts = { watched: true, commitmentKept: null, ticksRepaired: 0, ticksCorrected: 0 };
  return { type: 'game-finished', game, at: epochMs(ENDED + 1_000), rugTick, verification, ...counts };
}

async function tell(facts: readonly GameFact[], said: readonly (MadePrediction | MadeRecommendation)[] = []) {
  const store = await openTestStore(database());
  for (const one of said) {
    if ('strategyId' in one) store.writeRecommendation(one);
    else store.writePrediction(one);
  }
  for (const fact of facts) store.write(fact);
  await store.flush();
}

async function outcomes(id: GameId) {
  return database().sql`
    select tick, outcome, profit_lamports::text as profit from recommendations where game_id = ${id} order by tick`;
}

describe('what was said of a game', () => {
  it('has no outcome before the history confirms the game, and the rule’s outcome from then on', async () => {
    const id = gameId('20260101-00000000000000a1');
    const ticks = [0, 58, 59, 60, 99, 100];
    await tell([], [...ticks.map((tick) => predictionAt(id, tick)), ...ticks.map((tick) => betAt(id, tick))]);
    expect(new Set((await outcomes(id)).map(({ outcome }) => outcome))).toEqual(new Set([null]));
    await tell([finishedAt(id, 100)]);
    const won = await database().sql`select tick from predictions where game_id = ${id} and won order by tick`;
    expect(won.map(({ tick }) => tick)).toEqual([60, 99]);
    expect(await outcomes(id)).toEqual([
      { tick: 0, outcome: 'lost', profit: '-10000001' },
      { tick: 58, outcome: 'lost', profit: '-10000001' },
      { tick: 59, outcome: 'won', profit: '40000004' },
      { tick: 60, outcome: 'won', profit: '40000004' },
      { tick: 99, outcome: 'missed', profit: '0' },
      { tick: 100, outcome: 'missed', profit: '0' },
    ]);
  });

  it('is settled too when it reaches the record after its game', async () => {
    const id = gameId('20260101-00000000000000a2');
    await tell([finishedAt(id, 50)]);
    await tell([], [betAt(id, 20)]);
    expect(await outcomes(id)).toEqual([{ tick: 20, outcome: 'won', profit: '40000004' }]);
  });

  it('is settled again when a better copy of the game puts the rug elsewhere', async () => {
    const id = gameId('20260101-00000000000000a3');
    await tell([finishedAt(id, 50, 'failed')], [betAt(id, 20)]);
    await tell([finishedAt(id, 70)]);
    expect(await outcomes(id)).toEqual([{ tick: 20, outcome: 'lost', profit: '-10000001' }]);
  });

  it('stands as it was said first', async () => {
    const id = gameId('20260101-00000000000000a4');
    await tell([], [predictionAt(id, 0)]);
    await tell([], [{ ...predictionAt(id, 0), origin: 'replay', winProbability: 0.5, upper: 0.9 }]);
    const rows = await database().sql`select origin, win_probability from predictions where game_id = ${id}`;
    expect(rows).toEqual([{ origin: 'live', win_probability: 0.1817 }]);
  });
});

describe('a game that changes', () => {
  it('waits for its checks again, and marks the minute of its end once for every change', async () => {
    const id = gameId('20260101-00000000000000a5');
    const { sql } = database();
    await tell([finishedAt(id, 50, 'failed')]);
    await sql`update games set checked_at = now() where game_id = ${id}`;
    await sql`delete from stale_minutes`;
    await tell([finishedAt(id, 50, 'failed')]);
    expect(await sql`select 1 from stale_minutes`).toHaveLength(0);
    await tell([finishedAt(id, 50)]);
    const [game] = await sql`select checked_at from games where game_id = ${id}`;
    expect(game!.checked_at).toBeNull();
    const stale = await sql`select bucket, source, changes from stale_minutes`;
    expect(stale).toEqual([{ bucket: new Date(START + 60_000), source: 'live', changes: 1 }]);
  });
});

describe('a tick’s assessment', () => {
  it('comes back as players saw it, and is kept when the tick is told again', async () => {
    const id = gameId('20260101-00000000000000a6');
    const shown = assess({
      tick: 3,
      payout: 5,
      model: createPublishedModel(),
      timing: createTimingEstimator().current(),
    });
    const store = await openTestStore(database());
    const tick = {
      type: 'tick',
      gameId: id,
      tick: 3,
      price: 1.5,
      at: epochMs(START),
      source: 'frame',
      live: true,
    } as const;
    store.write(tick, shown);
    store.write({ ...tick, price: 1.25, at: null, source: 'partial' });
    await store.flush();
    const [row] = await database()
      .sql`select price, model, assessment::text as packed from ticks where game_id = ${id}`;
    expect(row).toEqual({ price: 1.25, model: 'published@1', packed: `{${toAssessmentRow(packAssessment(shown))}}` });
  });
});
