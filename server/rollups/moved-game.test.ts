import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochMs } from '@/lib/units/time';
import { createMetricsRepository } from '@/server/history/metrics-repository';
import { queryRaw } from '@/server/rollups/query';
import { rollUpStale } from '@/server/rollups/roll-up';
import type { FinishedFact } from '@/server/store/merge-game';
import type { StoredFact } from '@/server/store/store-item';
import { arbitraryGame } from '@/server/store/test-kit/facts';
import { openTestStore } from '@/server/store/test-kit/store';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();

describe('a game of which a better copy comes', () => {
  it('counts where that copy says it ended and was played, and nowhere else', async () => {
    const { sql, databaseUrl } = database();
    const store = await openTestStore({ databaseUrl });
    const metrics = createMetricsRepository(queryRaw(sql));
    const { finished } = fc.sample(arbitraryGame(1), { seed: 4, numRuns: 1 })[0]!;
    const copy = (status: 'unverifiable' | 'verified', endedAt: number): FinishedFact => ({
      ...finished,
      verification: { ...finished.verification, status },
      game: { ...finished.game, endedAt: epochMs(endedAt) },
    });
    const { endedAt } = finished.game;
    const rows = async (source: 'live' | 'simulator') => {
      while ((await rollUpStale(sql)).more);
      const all = await metrics.read({ resolution: 'minute', from: 0, to: 2 * endedAt, source });
      return all.map((row) => [row.bucket, row.metrics.games]);
    };
    const minute = Math.floor(endedAt / 60_000) * 60_000;

    store.write(copy('unverifiable', endedAt));
    await store.flush();
    expect(await rows('live')).toEqual([[minute, 1]]);

    store.write(copy('verified', endedAt + 600_000));
    await store.flush();
    expect(await rows('live')).toEqual([[minute + 600_000, 1]]);

    const simulated: StoredFact = { ...copy('verified', endedAt + 600_000), source: 'simulator' };
    store.write(simulated);
    await store.flush();
    expect(await rows('live')).toEqual([]);
    expect(await rows('simulator')).toEqual([[minute + 600_000, 1]]);
  });
});
