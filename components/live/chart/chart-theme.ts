/** The chart's canvas cannot use CSS variables: their values are read from the page whenever the theme changes. */
export type ChartTheme = {
  readonly surface: string;
  readonly line: string;
  readonly text: string;
  readonly rule: string;
  readonly window: string;
  readonly rug: string;
  readonly fontFamily: string;
};

export function readChartTheme(element: Element): ChartTheme {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    surface: token('--surface'),
    line: token('--ink'),
    text: token('--ink-faint'),
    rule: token('--line'),
    window: token('--ink-soft'),
    rug: token('--phase-rugged'),
    fontFamily: style.fontFamily,
  };
}
