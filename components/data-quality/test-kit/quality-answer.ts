// Answers of /api/data-quality for tests, made from the expectations themselves.
import type { DataQuality } from '@/lib/protocol/data-quality';
import { evaluateQuality } from '@/lib/quality/evaluate-quality';
import { EXPECTATIONS } from '@/lib/quality/expectations';
import type { Measurements } from '@/lib/quality/measurements';
import { GOOD } from '@/lib/quality/test-kit/measured';

export function toAnswer(measured: Measurements = GOOD, changes: Partial<DataQuality> = {}): DataQuality {
  const report = evaluateQuality(measured);
  return {
    serverTime: report.at + 5_000,
    source: 'live',
    report: {
      ...report,
      checks: report.checks.map(({ check, status, value, detail }) => {
        const { id, group, title, why, unit, limits, weight, severity } = EXPECTATIONS.find(({ id }) => id === check)!;
        return { id, group, title, why, unit, limits, weight, severity, status, value, detail };
      }),
    },
    alerts: [],
    backlog: { unchecked: 0, staleMinutes: 1, queued: 2, spooled: 0, dropped: 0 },
    webhook: null,
    stored: {
      scores: [
        { at: report.at - 600_000, score: 97.5 },
        { at: report.at, score: 100 },
      ],
      coverage: [
        {
          day: '2026-01-15',
          games: 600,
          complete: 598,
          verified: 599,
          failed: 1,
          unverifiable: 0,
          unchecked: 0,
          ticks: 120_000,
          ticksRepaired: 60,
        },
      ],
      holds: [{ kind: 'game_paths', rows: 1_234_567, bytes: 9_876_543 }],
      retention: [],
      archive: { files: 0, bytes: 0, newestDay: null },
    },
    ...changes,
  };
}
