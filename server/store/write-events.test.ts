// The log that batches leave behind in a database: each thing once, whatever is written again.
import { beforeAll, describe, expect, it } from 'vitest';
import type { MadePrediction, MadeRecommendation } from '@/lib/decision/made';
import { gameId } from '@/lib/units/game-id';
import { lamports } from '@/lib/units/lamports';
import { epochMs } from '@/lib/units/time';
import { readStream } from '@/server/event-log/read-events';
import { recordGames, type TimedBatch } from '@/server/event-log/test-kit/record-games';
import { verifyLog } from '@/server/event-log/verify-log';
import { writeBatch, type Batch } from '@/server/store/write-batch';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();
const LATER = epochMs(1_800_000_000_000);
const EMPTY: Batch = { facts: [], predictions: [], recommendations: [], letters: [] };
let batches: TimedBatch[] = [];

beforeAll(async () => {
  batches = await recordGames(database().sql, { seed: 'write-events', games: 2 });
});

async function countEvents(): Promise<number> {
  const [row] = await database().sql`select count(*)::integer as count from events`;
  return row!.count as number;
}

async function eventsOf(id: string) {
  const events = await readStream(database().sql, { stream: `game:${id}` });
  return events.map(({ type, payload }) => ({ type, payload: JSON.parse(payload) as Record<string, unknown> }));
}

function write(batch: Partial<Batch>) {
  return writeBatch(database().sql, { ...EMPTY, ...batch }, { recordedAt: LATER });
}

describe('the events of batches', () => {
  it('are not added to by writing every batch again, one by one or all in one', async () => {
    const count = await countEvents();
    expect(count).toBeGreaterThan(10);
    for (const { batch } of batches) await write(batch);
    expect(await countEvents()).toBe(count);
    await write({
      facts: batches.flatMap(({ batch }) => batch.facts),
      predictions: batches.flatMap(({ batch }) => batch.predictions),
      recommendations: batches.flatMap(({ batch }) => batch.recommendations),
    });
    expect(await countEvents()).toBe(count);
    expect(await verifyLog(database().sql, { now: () => 0 })).toMatchObject({ ok: true });
  });

  it('seal what was said of a confirmed game later, once', async () => {
    const [row] = await database().sql`
      select game_id, rug_tick from games
      where confirmed_at is not null and not exists (select from predictions p where p.game_id = games.game_id) limit 1`;
    const id = gameId(row!.game_id);
    const prediction = {
      ...batches.flatMap(({ batch }) => batch.predictions)[0]!,
      gameId: id,
      origin: 'replay' as const,
    };
    const before = (await eventsOf(id)).length;
    await write({ predictions: [prediction] });
    await write({ predictions: [prediction] });
    const events = await eventsOf(id);
    expect(events).toHaveLength(before + 1);
    expect(events.at(-1)).toMatchObject({ type: 'decisions-sealed', payload: { predictions: 1, recommendations: 0 } });
    const more: MadePrediction = {
      ...prediction,
      tick: 40,
      end: { ...prediction.end, lower90: 41, lower50: 41, median: 50, upper50: 60, upper90: 70 },
    };
    await write({ predictions: [prediction, more] });
    expect((await eventsOf(id)).at(-1)).toMatchObject({ payload: { predictions: 2 } });
    expect(await verifyLog(database().sql, { now: () => 0 })).toMatchObject({ ok: true });
  });

  it('tell a verdict when it is another than before, and only then', async () => {
    const id = gameId('20270101-00000000000000aa');
    const made = batches.flatMap(({ batch }) => batch.recommendations)[0]!;
    const say = (tick: number, word: MadeRecommendation['word'], stake = 0n): MadeRecommendation => ({
      ...made,
      gameId: id,
      tick,
      startTick: tick + 1,
      priority: 1,
      word,
      action: stake > 0n ? 'bet' : 'wait',
      stakeLamports: lamports(stake),
    });
    const left = { ...say(2, 'Bet', 5n), strategyId: 'flat-stake', priority: null };
    await write({
      facts: [{ type: 'phase', gameId: id, phase: 'presale', at: made.madeAt }],
      recommendations: [say(0, 'Skip')],
    });
    await write({ recommendations: [say(1, 'Skip'), left, say(3, 'Bet', 7n), say(4, 'Bet', 7n)] });
    await write({ recommendations: [say(0, 'Skip'), say(1, 'Skip'), say(3, 'Bet', 7n), say(4, 'Bet', 7n)] });
    const { strategyId } = made;
    expect(await eventsOf(id)).toEqual([
      { type: 'phase-changed', payload: { phase: 'presale', verdict: { tick: 0, word: 'Skip', strategyId } } },
      { type: 'recommendation-made', payload: { tick: 3, word: 'Bet', strategyId, stakeLamports: '7' } },
    ]);
  });

  it('seal with each verdict the prediction it came with, at the moment it is given', async () => {
    const rows = await database().sql`
      select p.win_probability, p.median_tick, p.made_at, e.payload->'verdict' as verdict, e.occurred_at
      from predictions p join events e on e.stream = 'game:' || p.game_id and e.payload->'verdict' is not null
      where p.tick = 0 and p.origin = 'live'`;
    expect(rows.length).toBeGreaterThan(1);
    for (const { win_probability: win, median_tick: medianTick, made_at: madeAt, verdict, occurred_at: at } of rows) {
      expect(verdict).toMatchObject({ tick: 0, win, medianTick });
      expect(at).toEqual(madeAt);
    }
  });

  it('begin with its row for a game that was on record before the log', async () => {
    const id = gameId('20270101-00000000000000bb');
    await database().sql`
      insert into games (game_id, phase, phase_at, announced_at, listed_at, complete, ticks_repaired, ticks_corrected)
      values (${id}, 'presale', '2027-01-01', '2027-01-01', '2027-01-01', false, 0, 0)`;
    await write({ facts: [{ type: 'phase', gameId: id, phase: 'active', at: epochMs(LATER + 5) }] });
    const [first, ...rest] = await eventsOf(id);
    expect(first).toMatchObject({ type: 'adopted', payload: { row: { gameId: id, phase: 'presale' } } });
    expect(rest).toEqual([{ type: 'phase-changed', payload: { phase: 'active' } }]);
  });
});
