// The stake of a request, exactly as it was written: SOL or lamports, text or number, and never rounded. Whatever cannot be
// taken to the lamport is refused in words. Pure; the API and the ticket read amounts with it.
import { betProblem, type BetProblem } from '@/lib/protocol/bet-problem';
import { LAMPORTS_MAX, lamports, parseSol, type AmountError, type Lamports } from '@/lib/units/lamports';
import { err, ok, type Result } from '@/lib/units/result';

type Written = string | number;
type StakeRequest = { readonly lamports?: Written | undefined; readonly sol?: Written | undefined };

export function parseStake({ lamports: inLamports, sol: inSol }: StakeRequest): Result<Lamports, BetProblem> {
  if (inLamports !== undefined && inSol !== undefined) {
    return refuse('Name the stake once, in "sol" or in "lamports": both were given.');
  }
  const written = inLamports ?? inSol;
  if (written === undefined) return refuse('Name the stake, in "sol" or in "lamports": none was given.');
  const parsed = inSol === undefined ? parseLamports(written) : parseSolAmount(written);
  if (!parsed.ok) return refuse(ERROR_WORDS[parsed.error](shown(written)));
  return parsed.value === 0n ? refuse('A stake of 0 is no bet.') : ok(parsed.value);
}

type StakeError = AmountError | 'not-whole' | 'empty' | 'unsafe-number';

const ERROR_WORDS: Record<StakeError, (written: string) => string> = {
  'not-a-number': (written) => `${written} is no amount: write it in plain digits, like 0.25.`,
  negative: (written) => `${written} is negative: a stake is above 0.`,
  'too-large': (written) => `${written} is more than all SOL there is.`,
  'more-than-9-decimals': (written) => `${written} has more than 9 decimals: one lamport is 0.000000001 SOL.`,
  'not-whole': (written) => `${written} is not a whole number of lamports.`,
  empty: () => 'The stake is empty.',
  'unsafe-number': (written) => `${written} is too large for a JSON number to be exact: write it as text.`,
};

function parseLamports(written: Written): Result<Lamports, StakeError> {
  if (typeof written === 'number') {
    if (!Number.isFinite(written)) return err('not-a-number');
    if (written < 0) return err('negative');
    if (written > Number(LAMPORTS_MAX)) return err('too-large');
    if (!Number.isInteger(written)) return err('not-whole');
    return Number.isSafeInteger(written) ? ok(lamports(BigInt(written))) : err('unsafe-number');
  }
  const text = written.trim();
  if (text === '') return err('empty');
  const match = /^(-)?(\d+)(\.\d*)?$/.exec(text);
  if (!match) return err('not-a-number');
  if (match[1]) return err('negative');
  if (match[3]) return err('not-whole');
  if (match[2]!.replace(/^0+/, '').length > String(LAMPORTS_MAX).length) return err('too-large');
  const amount = BigInt(match[2]!);
  return amount > LAMPORTS_MAX ? err('too-large') : ok(lamports(amount));
}

function parseSolAmount(written: Written): Result<Lamports, StakeError> {
  if (typeof written === 'string') {
    const text = written.trim();
    if (text === '') return err('empty');
    return /^\d{13,}(\.\d*)?$/.test(text) ? err('too-large') : parseSol(text);
  }
  if (!Number.isFinite(written)) return err('not-a-number');
  if (written < 0) return err('negative');
  if (written > Number(LAMPORTS_MAX)) return err('too-large');
  return parseSol(toPlainDecimal(written));
}

/** The shortest text that reads back as the number, without an exponent: 1e-7 is "0.0000001". */
function toPlainDecimal(value: number): string {
  const [mantissa = '', exponent] = String(value).split('e-');
  if (exponent === undefined) return mantissa;
  const [whole = '', decimals = ''] = mantissa.split('.');
  return `0.${'0'.repeat(Number(exponent) - 1)}${whole}${decimals}`;
}

/** What was written, short enough to be read back to whoever wrote it. */
function shown(written: Written): string {
  const text = String(written);
  return `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;
}

function refuse(message: string): Result<never, BetProblem> {
  return err(betProblem('bad-amount', `${message} Nothing was placed.`));
}
