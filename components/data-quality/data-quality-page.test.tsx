// @vitest-environment happy-dom
import { act, cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createDataClient, DataProvider } from '@/components/data/data-provider';
import { DataQualityPage } from '@/components/data-quality/data-quality-page';
import { toAnswer } from '@/components/data-quality/test-kit/quality-answer';
import { dataQualitySchema, type DataQuality } from '@/lib/protocol/data-quality';
import { GOOD, withFeed } from '@/lib/quality/test-kit/measured';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function open(answer: DataQuality | { status: number; body: object }) {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path);
    return 'body' in answer
      ? Response.json(answer.body, { status: answer.status })
      : Response.json(dataQualitySchema.parse(answer));
  });
  render(
    <DataProvider client={createDataClient({ retriesMax: 0 })}>
      <DataQualityPage />
    </DataProvider>,
  );
  await screen.findAllByTestId('score-panel');
  await vi.waitFor(() => expect(document.querySelector('[data-fetched=loading]')).toBeNull());
  return asked;
}

const check = (id: string) => screen.getAllByTestId('check').find((item) => item.dataset.check === id)!;

describe('the Data page', () => {
  it('tells score, points by group and every check in words', async () => {
    const asked = await open(toAnswer());
    expect(asked).toEqual(['/api/data-quality?hours=24&days=42']);
    expect(screen.getByTestId('score').textContent).toBe('100 of 100');
    expect(screen.getByTestId('score-panel').textContent).toContain('All 19 checks are good.');
    expect(screen.getAllByTestId('check')).toHaveLength(19);
    expect(check('game-age').textContent).toMatch(/Good.*The newest one ended 40 s ago.*40 s good: up to 10 min/);
    expect(screen.getByTestId('alerts-panel').textContent).toMatch(/No alert is raised.*No webhook is set/);
  });

  it('gives a range while something is unknown, and says what', async () => {
    await open(toAnswer(withFeed({ speed: 10, frames: 3 })));
    expect(screen.getByTestId('score').textContent).toMatch(/^9[0-9.]+ to 100 of 100$/);
    expect(screen.getByTestId('score-panel').textContent).toContain('2 that cannot be measured now');
    expect(check('interval-drift').dataset.status).toBe('unknown');
    expect(check('interval-drift').textContent).toMatch(/Unknown.*10 times the pace.*not measured/);
  });

  it('puts what is wrong first, with since when and whether anybody was told', async () => {
    const alert = {
      id: 'frame-age',
      severity: 'critical' as const,
      title: 'The feed is silent',
      detail: 'The newest frame came 2 min ago.',
      since: GOOD.at,
      updatedAt: GOOD.at,
      resolvedAt: null,
      notifiedAt: null,
    };
    const webhook = { queued: 1, delivered: 0, lost: 0, trouble: 'it answered 503' };
    const resolved = { ...alert, id: 'x', state: 'resolved' as const, resolvedAt: GOOD.at + 60_000, title: 'Clocks' };
    await open(
      toAnswer(withFeed({ frameAgeMs: 120_000 }), { alerts: [{ ...alert, state: 'raised' }, resolved], webhook }),
    );
    const [first, second] = screen.getAllByTestId('alert');
    expect(first!.textContent).toMatch(/Critical.*The feed is silent.*2 min ago.*Since .*not told yet/);
    expect(second!.textContent).toMatch(/Resolved.*Clocks.*resolved/);
    expect(screen.getByTestId('score').textContent).toBe('50 of 100');
    expect(screen.getByTestId('backlog-panel').textContent).toContain('it answered 503');
  });

  it('shows each day in the calendar, marked where something is missing, and the same as a table', async () => {
    await open(toAnswer());
    const calendar = screen.getByTestId('coverage-calendar');
    const cell = calendar.querySelector('[data-day="2026-01-15"]')!;
    expect(cell.textContent).toContain('600 games, 598 complete, 599 verified, 1 failed, 0.05 % of ticks repaired');
    expect(cell.className).toContain('border-warning');
    const card = calendar.closest('section')!;
    act(() => within(card).getByRole('radio', { name: 'Table' }).click());
    expect(within(card).getByRole('table').textContent).toMatch(/2026-01-15600598599/);
    expect(within(card).getByRole('button', { name: /as CSV/ })).toBeTruthy();
  });

  it('goes on without the database: report and alerts stay, what it keeps is said to be away', async () => {
    await open(toAnswer({ ...GOOD, record: null, recordTrouble: 'connection refused' }, { stored: null }));
    expect(check('record-answers').textContent).toContain('connection refused');
    expect(screen.getAllByText(/The database does not answer: what it keeps/).length).toBe(3);
  });

  it('says so before the first report, when a report is late, and when nothing answers', async () => {
    await open(toAnswer(GOOD, { report: null }));
    expect(screen.getByTestId('score-panel').textContent).toContain('within a minute of the start');
    cleanup();
    await open(toAnswer(GOOD, { serverTime: GOOD.at + 300_000 }));
    expect(screen.getByTestId('score-panel').textContent).toContain('5 min old, though one is due every minute');
    cleanup();
    await open({ status: 503, body: { title: 'Starting', detail: 'Fortytick is still starting.' } });
    expect(screen.getAllByRole('alert').length).toBeGreaterThan(0);
    expect(screen.getByTestId('score-panel').textContent).toContain('Fortytick is still starting.');
  });
});
