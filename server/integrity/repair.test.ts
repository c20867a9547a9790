// What was missed is filled in from the running path, the last ticks and the history, and each stretch says where it came
// from; a game that no history ever named is said to be one, until something names it after all.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { GameFact } from '@/lib/game/events';
import type { CheckResult } from '@/lib/integrity/check-result';
import type { RawFrame } from '@/lib/protocol/decode-feed';
import { epochMs } from '@/lib/units/time';
import { createIngest } from '@/server/ingest/ingest';
import { createIntegrityJob } from '@/server/integrity/integrity-job';
import { createLeanUpstream, type LeanUpstream } from '@/server/kill-tests/lean-upstream';
import { createRecordDatabase } from '@/server/store/record-database';
import { toStoredFact } from '@/server/store/store-item';
import { writeBatch } from '@/server/store/write-batch';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();
const AT = epochMs(1_800_000_000_000);

/** A process from its start to its death: what it took is on record, what it knew besides is gone. */
async function runProcess(frames: Iterable<RawFrame>): Promise<void> {
  const facts: GameFact[] = [];
  const ingest = createIngest({
    onFact: (fact) => void facts.push(fact),
    onDeadLetter: ({ reason }) => expect.fail(`dead letter: ${reason}`),
  });
  for (const frame of frames) ingest.take(frame);
  const stored = facts.map((fact) => toStoredFact(fact, { assessment: null, source: 'simulator' }));
  const batch = { facts: stored, predictions: [], recommendations: [], letters: [] };
  await writeBatch(database().sql, batch, { recordedAt: AT });
}

async function runJob(): Promise<void> {
  const record = createRecordDatabase({ databaseUrl: database().databaseUrl });
  onTestFinished(() => record.end());
  const raise = (alert: object) => expect.fail(`an alert: ${JSON.stringify(alert)}`);
  const job = createIntegrityJob({ database: record, clock: () => AT, raise, resolve: () => {} });
  while ((await job.run(new AbortController().signal)).more);
}

function* until(frames: Iterable<RawFrame>, isEnd: (frame: RawFrame) => boolean): Generator<RawFrame> {
  for (const frame of frames) {
    yield frame;
    if (isEnd(frame)) return;
  }
}

function tickOf(frame: RawFrame): number | null {
  const { active, tickCount } = frame.args[0] as { active?: boolean; tickCount?: number };
  return active && tickCount !== undefined ? tickCount : null;
}

/** The first game of the upstream that is long enough to be interrupted twice. */
function longGame(upstream: LeanUpstream): number {
  for (let game = 0; ; game++) if (upstream.course(game).rugTick > 120) return game;
}

async function checksOf(gameId: string): Promise<{ status: string; checks: CheckResult[] } | null> {
  const [row] = await database().sql`select status, checks from game_checks where game_id = ${gameId}`;
  return row ? { status: row.status, checks: row.checks } : null;
}

describe('a game that was running when the process died', () => {
  it('is filled from the running path, the last ticks and the history, each stretch marked with its source', async () => {
    const upstream = createLeanUpstream('repair');
    const game = longGame(upstream);
    const { gameId, rugTick, prices } = upstream.course(game);
    // Watched up to tick 30; the ticks 12 and 13 came in no frame of their own.
    const watched = until(upstream.play(game), (frame) => tickOf(frame) === 30);
    await runProcess([...watched].filter((frame) => ![12, 13].includes(tickOf(frame) ?? -1)));
    // Back at tick 80, for ten ticks more.
    await runProcess(until(upstream.join(game, 80), (frame) => tickOf(frame) === 90));
    const [running] = await database().sql`select confirmed_at, phase from games where game_id = ${gameId}`;
    expect(running).toEqual({ confirmed_at: null, phase: 'active' });
    // Back three games later: the history names it.
    await runProcess(until(upstream.join(game + 3, 0), () => true));
    const [row] = await database().sql`
      select g.complete, g.verification, g.rug_tick, p.sources, p.prices::text as prices
      from games g join game_paths p using (game_id) where game_id = ${gameId}`;
    expect(row).toMatchObject({ complete: true, verification: 'verified', rug_tick: rugTick });
    expect(JSON.parse(`[${row!.prices.slice(1, -1)}]`)).toEqual(prices);
    const stretches = 'frame:0-11 partial:12-13 frame:14-30 path:31-79 frame:80-90';
    expect(row!.sources).toBe(`${stretches} history:91-${rugTick}`);
    await runJob();
    expect(await checksOf(gameId)).toMatchObject({ status: 'passed' });
  });

  it('and that the history never named is said to be one, and finished should it be named after all', async () => {
    const upstream = createLeanUpstream('unconfirmed');
    const { gameId, rugTick } = upstream.course(0);
    await runProcess(until(upstream.play(0), (frame) => tickOf(frame) === Math.min(5, rugTick - 1)));
    // Ten games were played unseen, and the history names the last ten: 2 to 11.
    await runProcess(until(upstream.join(12, 0), () => true));
    await runJob();
    expect(await checksOf(gameId)).toMatchObject({
      status: 'unverifiable',
      checks: [{ check: 'confirmation', status: 'unverifiable' }],
    });
    const [event] = await database().sql`
      select payload from events where stream = ${`game:${gameId}`} and type = 'checked'`;
    expect(event!.payload).toEqual({ status: 'unverifiable' });
    // The game that is being played now is not among them.
    expect(await checksOf(upstream.course(12).gameId)).toBeNull();
    await runProcess(until(upstream.join(1, 0), () => true));
    await runJob();
    const found = await checksOf(gameId);
    expect(found!.status).toBe('passed');
    expect(found!.checks.length).toBeGreaterThan(1);
  });
});
