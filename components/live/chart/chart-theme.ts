/** The chart's canvas cannot use CSS variables: their values are read from the page whenever the theme changes. */
export type ChartTheme = {
  readonly surface: string;
  readonly line: string;
  readonly text: string;
  readonly rule: string;
  readonly window: string;
  readonly rug: string;
  /** The player's own bet, by its outcome. */
  readonly own: Readonly<Record<'running' | 'won' | 'lost', string>>;
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
    own: { running: token('--phase-active'), won: token('--up'), lost: token('--down') },
    fontFamily: style.fontFamily,
  };
}
