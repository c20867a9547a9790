/** Reliability is the share of recent ticks within a quarter of the usual interval; 0 means not measured yet. */
export function describeReliability(reliability: number): string {
  if (reliability <= 0) return 'still measuring';
  if (reliability >= 0.95) return 'very steady';
  if (reliability >= 0.85) return 'steady';
  if (reliability >= 0.65) return 'uneven';
  return 'erratic';
}
