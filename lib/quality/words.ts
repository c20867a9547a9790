// How the findings speak of numbers. Pure; used by the expectations.

export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

/** From five digits on in groups of three, with narrow spaces that do not break. */
export function countText(count: number): string {
  const digits = String(Math.round(count));
  return digits.length < 5 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** 90 000 → "1.5 min"; coarse on purpose: an age is read, not computed with. */
export function ageText(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${oneDecimal(ms / 1_000)} s`;
  if (ms < 3_600_000) return `${oneDecimal(ms / 60_000)} min`;
  if (ms < 86_400_000) return `${oneDecimal(ms / 3_600_000)} h`;
  return `${oneDecimal(ms / 86_400_000)} days`;
}

/** 0.00042 → "0.042 %". */
export function shareText(share: number): string {
  const percent = share * 100;
  return `${percent === 0 || percent >= 0.1 ? oneDecimal(percent) : Number(percent.toPrecision(2))} %`;
}

/** e-values run over many powers of ten. */
export function evidenceText(value: number): string {
  if (value >= 1_000) return value.toExponential(1).replace('e+', ' × 10^');
  return value < 10 ? value.toFixed(1) : value.toFixed(0);
}

export function someOf(examples: readonly string[], count: number): string {
  if (examples.length === 0) return '';
  return `: ${examples.join(', ')}${count > examples.length ? ', …' : ''}`;
}

function oneDecimal(value: number): number {
  return Number(value.toFixed(1));
}
