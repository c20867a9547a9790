// @vitest-environment happy-dom
import { act, cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ChartCard } from '@/components/charts/chart-card';
import type { ChartColumn } from '@/components/charts/chart-data';
import { TABLE_ROWS_MAX } from '@/components/charts/chart-table';
import { ApiProblem } from '@/components/data/fetch-api';
import { readyState, type FetchState } from '@/components/data/fetch-state';
import { epochMs } from '@/lib/units/time';

afterEach(cleanup);

type Row = { tick: number; hazard: number };
const COLUMNS: ChartColumn<Row>[] = [
  { key: 'tick', label: 'Tick', value: (row) => row.tick },
  { key: 'hazard', label: 'Hazard', value: (row) => row.hazard, text: (row) => row.hazard.toFixed(3) },
];
const rowsOf = (count: number) => Array.from({ length: count }, (_, tick) => ({ tick, hazard: 0.005 }));
const ready = (count: number) => readyState(rowsOf(count), epochMs(0));

function renderCard(state: FetchState<Row[]>) {
  render(
    <ChartCard
      title="Hazard by tick"
      state={state}
      rows={(rows) => rows}
      columns={COLUMNS}
      reading={(rows) => `Flat over ${rows.length} ticks.`}
      fileName="hazard"
      empty="No games in this range."
    >
      {(_, rows) => <p>drawn from {rows.length}</p>}
    </ChartCard>,
  );
}

describe('a chart card', () => {
  it('says what the figures say, and shows them drawn or as a table', () => {
    renderCard(ready(3));
    expect(screen.getByTestId('chart-reading').textContent).toBe('Flat over 3 ticks.');
    expect(screen.getByText('drawn from 3')).toBeTruthy();
    act(() => screen.getByRole('radio', { name: 'Table' }).click());
    expect(screen.queryByText('drawn from 3')).toBeNull();
    const table = screen.getByRole('table', { name: 'Hazard by tick' });
    expect(
      within(table)
        .getAllByRole('columnheader')
        .map((head) => head.textContent),
    ).toEqual(['Tick', 'Hazard']);
    expect(within(table).getAllByRole('row')).toHaveLength(4);
    expect(within(table).getAllByRole('cell')[1]?.textContent).toBe('0.005');
  });

  it('says so when a table does not show all of its rows', () => {
    renderCard(ready(TABLE_ROWS_MAX + 20));
    act(() => screen.getByRole('radio', { name: 'Table' }).click());
    expect(screen.getAllByRole('row')).toHaveLength(TABLE_ROWS_MAX + 1);
    expect(screen.getByText(/^The first 500 of 520 rows/)).toBeTruthy();
  });

  it.each([
    ['CSV', 'hazard.csv', 'tick,hazard\r\n0,0.005\r\n1,0.005\r\n'],
    [
      'JSON',
      'hazard.json',
      '[\n  {\n    "tick": 0,\n    "hazard": 0.005\n  },\n  {\n    "tick": 1,\n    "hazard": 0.005\n  }\n]\n',
    ],
  ])('exports its figures as %s', async (format, name, text) => {
    const saved: Blob[] = [];
    const names: string[] = [];
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => `blob:${saved.push(blob as Blob)}`);
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      names.push(this.download);
    });
    renderCard(ready(2));
    act(() => screen.getByRole('button', { name: `Export Hazard by tick as ${format}` }).click());
    expect(names).toEqual([name]);
    expect(await saved[0]?.text()).toBe(text);
  });

  it('offers neither table nor export where there are no figures', () => {
    const problem = new ApiProblem({ kind: 'refused', status: 503, title: 'Record unavailable', detail: 'Away.' });
    renderCard(ready(0));
    expect(screen.getByText('No games in this range.')).toBeTruthy();
    renderCard({ kind: 'loading' });
    renderCard({ kind: 'failed', problem, retry: () => undefined });
    expect(screen.getByRole('alert').textContent).toContain('Record unavailable. Away.');
    expect(screen.queryByRole('radio')).toBeNull();
    expect(screen.queryByRole('button', { name: /Export/ })).toBeNull();
  });
});
