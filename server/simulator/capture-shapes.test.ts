// The contract with the real feed: every shape the simulator emits is compared, key for key and in order, with the
// recorded ones.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { payloadOf } from '@/lib/protocol/decode-feed';
import { playRun } from '@/server/simulator/test-kit/play-run';

const CAPTURE = resolve('../shared/data/captures/2025-12-14.jsonl.gz');
const hasCapture = existsSync(CAPTURE);
if (!hasCapture) process.stdout.write(`skipped: ${CAPTURE} is not there\n`);

type Payload = Readonly<Record<string, unknown>>;
type Seen = { event: string; traced: boolean; payload: Payload };

function readCapture(): Seen[] {
  const lines = gunzipSync(readFileSync(CAPTURE)).toString('utf8').trim().split('\n');
  return lines.flatMap((line) => {
    const { event, data } = JSON.parse(line) as { event: string; data: unknown };
    const args = Array.isArray(data) ? data : [data];
    return event === 'connect' ? [] : [{ event, traced: args.length > 1, payload: payloadOf(args) as Payload }];
  });
}

function readSimulator(): Seen[] {
  const seen: Seen[] = [];
  playRun({
    seed: 'shapes',
    games: 4,
    onFrame: ({ event, args }) => seen.push({ event, traced: args.length > 1, payload: payloadOf(args) as Payload }),
  });
  return seen;
}

/** The moments a game-state frame can belong to, each with the keys it has there. */
function stateShapes(frames: readonly Seen[]): string[] {
  const shapes = frames
    .filter(({ event }) => event === 'gameStateUpdate')
    .map(({ payload }) => {
      const { active, rugged, allowPreRoundBuys, tickCount, prices } = payload;
      const moment = { active, rugged, allowPreRoundBuys, atStart: tickCount === 0 };
      // A client may connect in any phase; its first frame looks the same in all of them.
      const named = prices === undefined ? JSON.stringify(moment) : 'connecting';
      return `${named} ${Object.keys(payload).join()}`;
    });
  return [...new Set(shapes)].sort();
}

function rowShapes(frames: readonly Seen[], rowsOf: (payload: Payload) => readonly object[]): string[] {
  const shapes = new Set<string>();
  for (const { payload } of frames) for (const row of rowsOf(payload)) shapes.add(Object.keys(row).join());
  return [...shapes].sort();
}

const rows = (value: unknown) => (value ?? []) as readonly Payload[];
const inHistory = (key: string) => (payload: Payload) => rows(payload.gameHistory).flatMap((game) => rows(game[key]));

describe.skipIf(!hasCapture)('the recorded feed and the simulated one', () => {
  const recorded = hasCapture ? readCapture() : [];
  const simulated = hasCapture ? readSimulator() : [];

  it('have the same game-state shapes at the same moments', () => {
    expect(stateShapes(simulated)).toEqual(stateShapes(recorded));
  });

  it.each([
    ['leaderboard rows', (payload: Payload) => (payload.gameId ? rows(payload.leaderboard) : [])],
    ['history entries', (payload: Payload) => rows(payload.gameHistory)],
    ['side-bet rows', inHistory('globalSidebets')],
  ])('have the same key sets in %s', (_name, rowsOf) => {
    expect(rowShapes(simulated, rowsOf)).toEqual(rowShapes(recorded, rowsOf));
  });

  it('carry the same other events, with and without a tracing object', () => {
    const others = (frames: readonly Seen[]) =>
      new Set(
        frames
          .filter(({ event }) => event !== 'gameStateUpdate' && event !== 'newSideBet')
          .map(({ event, traced, payload }) => `${event} ${traced} ${Object.keys(payload).join()}`),
      );
    expect([...others(simulated)].sort()).toEqual([...others(recorded)].sort());
  });

  it('have frames of like size', () => {
    const meanSize = (frames: readonly Seen[], keys: number) => {
      const sizes = frames
        .filter(({ event, payload }) => event === 'gameStateUpdate' && Object.keys(payload).length === keys)
        .map(({ payload }) => JSON.stringify(payload).length);
      return sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
    };
    for (const keys of [7, 14, 21, 36]) {
      const ratio = meanSize(simulated, keys) / meanSize(recorded, keys);
      expect(ratio, `${keys} keys`).toBeGreaterThan(0.5);
      expect(ratio, `${keys} keys`).toBeLessThan(2);
    }
  });
});
