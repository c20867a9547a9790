// @vitest-environment happy-dom
import { act, cleanup, render, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BarChartView } from '@/components/charts/recharts/bar-chart-view';
import { CalibrationView } from '@/components/charts/recharts/calibration-view';
import { LineChartView } from '@/components/charts/recharts/line-chart-view';

const tellWidths: (() => void)[] = [];
beforeEach(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(private readonly tell: (entries: unknown[]) => void) {}
      observe() {
        tellWidths.push(() => this.tell([{ contentRect: { width: 600 } }]));
      }
      unobserve() {}
      disconnect() {}
    },
  );
});
afterEach(() => {
  cleanup();
  tellWidths.length = 0;
  vi.unstubAllGlobals();
});

/** On a page 600 px wide: happy-dom itself lays nothing out. */
function draw(view: ReactNode): HTMLElement {
  const { container } = render(view);
  act(() => tellWidths.forEach((tell) => tell()));
  return container;
}

const AXES = { x: { label: 'Tick', format: String }, y: { label: 'Hazard', format: (y: number) => y.toFixed(3) } };
const points = [0, 40, 80].map((x) => ({ x, y: 0.005 + x / 1e5, interval: { low: 0.004, high: 0.007 } }));
const legend = () => screen.getAllByRole('listitem').map((item) => item.textContent);

describe('a line chart', () => {
  it('names its axes, its series, its interval and what it is compared with, and draws each', () => {
    const container = draw(
      <LineChartView
        label="Hazard by tick"
        series={[
          { name: 'Observed', points },
          {
            name: 'Documented',
            points: [
              { x: 0, y: 0.01 },
              { x: 80, y: 0.02 },
            ],
            look: 'dashed',
            tone: 'negative',
          },
        ]}
        references={[{ axis: 'y', at: 0.005, label: 'Published 0.5 %' }]}
        intervalName="95 % interval"
        {...AXES}
      />,
    );
    expect(screen.getByRole('figure', { name: 'Hazard by tick' }).textContent).toContain('Tick');
    expect(legend()).toEqual(['Observed', 'Documented', '95 % interval', 'Published 0.5 %']);
    expect(container.querySelectorAll('.recharts-line-curve')).toHaveLength(2);
    expect(container.querySelectorAll('.recharts-area-area')).toHaveLength(1);
    expect(container.querySelectorAll('.recharts-reference-line')).toHaveLength(1);
    const drawing = container.querySelector('svg.recharts-surface');
    expect([drawing?.getAttribute('tabindex'), drawing?.getAttribute('aria-label')]).toEqual(['0', 'Hazard by tick']);
  });

  it('tells lines without a tone of their own apart by their strength', () => {
    const series = ['a', 'b', 'c', 'd'].map((name, n) => ({
      name,
      points,
      ...(n === 1 && { tone: 'danger' as const }),
    }));
    const container = draw(<LineChartView label="Lines" series={series} {...AXES} />);
    const strokes = [...container.querySelectorAll('.recharts-line-curve')].map((line) => line.getAttribute('stroke'));
    expect(strokes).toEqual(['var(--ink)', 'var(--danger)', 'var(--ink-soft)', 'var(--ink-faint)']);
  });

  it('leaves a gap where a figure is not known', () => {
    const gap = [...points, { x: 120, y: null }, { x: 160, y: 0.005 }, { x: 200, y: 0.006 }];
    const container = draw(<LineChartView label="Gap" series={[{ name: 'a', points: gap }]} {...AXES} />);
    const path = container.querySelector('.recharts-line-curve')?.getAttribute('d') ?? '';
    expect(path.match(/M/g)).toHaveLength(2);
    expect(container.querySelectorAll('.recharts-line-dot')).toHaveLength(0);
  });

  it('begins the axis of a single value at 0: there is no price below it', () => {
    const axes = { ...AXES, y: { label: 'Price', format: (y: number) => y.toFixed(2) } };
    const container = draw(<LineChartView label="One" series={[{ name: 'a', points: [{ x: 0, y: 1 }] }]} {...axes} />);
    const labels = [...container.querySelectorAll('.recharts-yAxis-tick-labels text')].map(
      (label) => label.textContent,
    );
    expect(labels[0]).toBe('0.00');
    expect(labels.length).toBeGreaterThan(1);
  });

  it('shows a figure that stands alone as a dot in its line’s colour, also the only one there is', () => {
    const alone = [
      { x: 0, y: 1 },
      { x: 1, y: null },
      { x: 2, y: 1.1 },
      { x: 3, y: 1.2 },
    ];
    for (const points of [alone, [{ x: 0, y: 1 }]]) {
      const reference = { axis: 'x', at: 4, label: 'Rug' } as const;
      const series = [{ name: 'a', points, tone: 'danger' as const }];
      const container = draw(<LineChartView label="Alone" series={series} references={[reference]} {...AXES} />);
      const dots = [...container.querySelectorAll('.recharts-line-dot')];
      expect(dots.map((dot) => dot.getAttribute('fill'))).toEqual(['var(--danger)']);
      expect(Number(dots[0]!.getAttribute('cy'))).toBeGreaterThan(0);
      cleanup();
      tellWidths.length = 0;
    }
  });
});

describe('a calibration diagram', () => {
  it('shows each point with its interval, the diagonal and the baseline', () => {
    const said = [0.1, 0.2].map((predicted) => ({
      predicted,
      observed: predicted + 0.01,
      interval: { low: predicted - 0.02, high: predicted + 0.04 },
      count: 300,
    }));
    const container = draw(
      <CalibrationView
        label="Calibration"
        name="Fortytick"
        points={said}
        baseline={{
          name: 'Documented curve',
          points: [
            { predicted: 0.15, observed: 0.18 },
            { predicted: 0.9, observed: 0.18 },
          ],
        }}
      />,
    );
    expect(legend()).toEqual(['Fortytick', 'Documented curve', 'As predicted', '95 % interval']);
    expect(container.querySelectorAll('.recharts-line-dot')).toHaveLength(2);
    expect(container.querySelectorAll('.recharts-errorBar')).toHaveLength(2);
    expect(container.querySelectorAll('.recharts-reference-line')).toHaveLength(1);
  });
});

describe('a bar chart', () => {
  const bars = [
    { label: 'Zone', value: -0.09, interval: { low: -0.2, high: 0.02 } },
    { label: 'Kelly', value: 0.05 },
    { label: 'Unplayed', value: null },
  ];

  it.each(['columns', 'rows'] as const)('draws the known values as %s, with the intervals there are', (layout) => {
    const container = draw(
      <BarChartView
        label="ROI"
        bars={bars}
        layout={layout}
        axis={AXES.y}
        categories="Strategy"
        intervalName="95 % interval"
      />,
    );
    expect(container.querySelectorAll('.recharts-bar-rectangle rect')).toHaveLength(2);
    expect(container.querySelectorAll('.recharts-errorBar')).toHaveLength(1);
    expect(container.textContent).toContain('Unplayed');
    expect(legend()).toEqual(['95 % interval']);
  });

  it('draws dots where the distance from 0 means nothing', () => {
    const container = draw(<BarChartView label="Hazard" bars={bars} mark="dots" axis={AXES.y} categories="Tick" />);
    expect(container.querySelectorAll('.recharts-bar-rectangle circle')).toHaveLength(2);
  });
});
