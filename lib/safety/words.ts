// Times and spans as a player reads them in a refusal. The server does not know the player's zone, so instants are UTC and
// say so; pages show their own.

const UNITS = [
  { ms: 86_400_000, one: 'day', many: 'days' },
  { ms: 3_600_000, one: 'hour', many: 'hours' },
  { ms: 60_000, one: 'minute', many: 'minutes' },
] as const;
const YEAR_MS = 365.25 * 86_400_000;

/** "15 minutes", "1 hour 30 minutes", "30 days", "5 years"; rounded up to the minute, so that nothing is over too soon. */
export function span(ms: number): string {
  if (ms >= YEAR_MS && ms % YEAR_MS === 0) return plural(ms / YEAR_MS, 'year', 'years');
  let left = Math.ceil(ms / 60_000) * 60_000;
  const parts: string[] = [];
  for (const { ms: unitMs, one, many } of UNITS) {
    const n = Math.floor(left / unitMs);
    left -= n * unitMs;
    if (n > 0) parts.push(plural(n, one, many));
  }
  // Minutes of a pause of days tell nobody anything.
  return parts.length === 0 ? 'less than a minute' : parts.slice(0, 2).join(' ');
}

/** "hour", "15 minutes": what follows "every". */
export function spanAfterEvery(ms: number): string {
  return span(ms).replace(/^1 (minute|hour|day)$/, '$1');
}

/** "21 November 2026, 04:25 UTC" */
export function when(at: number): string {
  const date = new Date(at);
  const [hours, minutes] = [date.getUTCHours(), date.getUTCMinutes()].map((n) => String(n).padStart(2, '0'));
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}, ${hours}:${minutes} UTC`;
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

function plural(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
}
