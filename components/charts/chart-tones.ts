// The colours a chart may use: ink of three strengths for what is plain, a hue only where it states something (app/tokens.css).
// CSS variables, so that a chart follows the theme without being drawn again.

export const CHART_TONES = {
  ink: 'var(--ink)',
  soft: 'var(--ink-soft)',
  faint: 'var(--ink-faint)',
  up: 'var(--up)',
  down: 'var(--down)',
  warning: 'var(--warning)',
  danger: 'var(--danger)',
  rug: 'var(--phase-rugged)',
  'deep-negative': 'var(--zone-deep-negative)',
  negative: 'var(--zone-negative)',
  'break-even': 'var(--zone-break-even)',
  positive: 'var(--zone-positive)',
} as const;

export type ChartTone = keyof typeof CHART_TONES;
