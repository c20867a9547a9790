// Numbers as a reader sees them, with their unit: one wording for the server's texts and every page. Deliberately not
// locale-dependent, so that server, browser and tests write the same characters. For display only; never parsed back.

const MINUS = '\u2212';
/** Decimals a percentage may grow to when two of them would otherwise read the same. */
const PERCENT_DECIMALS_MAX = 3;
/** Rug prices lie near zero; below this there is nothing to compare. */
const SMALLEST_PRICE = 0.0001;

/** 0.18168 → "18.2 %". */
export function formatPercent(share: number, decimals = 1): string {
  return `${formatNumber(share * 100, decimals)} %`;
}

/** Two shares to be compared: with just enough decimals that different shares read differently. */
export function formatPercentPair(a: number, b: number): [string, string] {
  for (let decimals = 1; ; decimals++) {
    const pair: [string, string] = [formatPercent(a, decimals), formatPercent(b, decimals)];
    if (a === b || pair[0] !== pair[1] || decimals === PERCENT_DECIMALS_MAX) return pair;
  }
}

/** Fixed decimals and a true minus sign; a value that rounds to zero carries none. */
export function formatNumber(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? `${MINUS}${text}` : text;
}

/** Like formatNumber with a plus for gains: "+0.120", "−0.091". */
export function formatSigned(value: number, decimals: number): string {
  const text = formatNumber(value, decimals);
  return value > 0 && Number(text) !== 0 ? `+${text}` : text;
}

/** 10 084 ms → "10.1 s"; a minute and more → "2 min 5 s". */
export function formatSeconds(durationMs: number, decimals = 1): string {
  const seconds = durationMs / 1_000;
  if (seconds < 60) return `${formatNumber(seconds, decimals)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** A price as the multiple of the starting price: "1.87×", and more decimals only where two would read as nothing. */
export function formatPrice(price: number): string {
  if (price >= 1_000) return `${price.toFixed(0)}×`;
  if (price >= 0.1 || price === 0) return `${price.toFixed(2)}×`;
  return price >= SMALLEST_PRICE ? `${price.toFixed(4)}×` : `<${SMALLEST_PRICE}×`;
}

/** A payout multiple without needless decimals: "5×", "2.5×". */
export function formatMultiple(multiple: number): string {
  return `${Number(multiple.toFixed(2))}×`;
}
