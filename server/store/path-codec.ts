// A finished game's assessments as a few hundred bytes: by column, as deltas of decimal digits, deflated. Every number
// comes back as the four-byte float that `ticks.assessment` holds, bit for bit. Pure; called by plan-path (both ways).
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { ASSESSMENT_NUMBERS, fromAssessmentRow, toAssessmentRow } from '@/lib/protocol/assessment-row';
import type { CompactAssessment } from '@/lib/protocol/compact-assessment';
import { createByteReader, createByteWriter, type ByteReader, type ByteWriter } from '@/server/store/byte-buffer';

/** The first byte of what is stored: another layout would be another number. */
const LAYOUT = 1;
/** What a column's first byte says besides a number of decimals. */
const RAW_COLUMN = 255;
/** 2^22: below it neighbouring whole numbers of any decimal place lie two steps of a four-byte float apart, so none is lost. */
const WHOLE_MAX = 4_194_304;
const DECIMALS_MAX = 6;
/** As many digits tell any four-byte float from its neighbours. */
const FLOAT32_DIGITS_MAX = 9;
/** A longer game than any: the feed cuts off at 5,000 ticks. Keeps a damaged length from asking for memory. */
const TICKS_MAX = 1_000_000;
const INFLATED_BYTES_MAX = 256_000_000;

type Maybe = CompactAssessment | null;

/** Null when no tick has one. */
export function encodeAssessments(ticks: readonly Maybe[]): Buffer | null {
  const made = ticks.filter((assessment) => assessment !== null);
  if (made.length === 0) return null;
  const out = createByteWriter();
  writeRuns(
    out,
    ticks.map((assessment) => (assessment === null ? 0 : 1)),
  );
  const models = [...new Set(made.map(({ m }) => m))];
  out.count(models.length);
  for (const model of models) out.text(model);
  writeRuns(
    out,
    made.map(({ m }) => models.indexOf(m)),
  );
  const rows = made.map(toAssessmentRow);
  for (let i = 0; i < ASSESSMENT_NUMBERS; i++) {
    writeColumn(
      out,
      rows.map((row) => row[i]!),
    );
  }
  return Buffer.concat([Buffer.of(LAYOUT), deflateRawSync(out.bytes(), { level: 9 })]);
}

/** Throws RangeError for bytes that `encodeAssessments` did not write. */
export function decodeAssessments(bytes: Uint8Array): Maybe[] {
  if (bytes[0] !== LAYOUT) throw new RangeError('assessments of another layout');
  const input = createByteReader(inflateRawSync(bytes.subarray(1), { maxOutputLength: INFLATED_BYTES_MAX }));
  const present = readRuns(input);
  const models = Array.from({ length: input.count(TICKS_MAX) }, () => input.text());
  const modelOf = readRuns(input);
  const columns = Array.from({ length: ASSESSMENT_NUMBERS }, () => readColumn(input, modelOf.length));
  let next = 0;
  return present.map((isMade) => {
    if (!isMade) return null;
    const at = next++;
    return fromAssessmentRow(
      columns.map((column) => column[at]!),
      models[modelOf[at]!]!,
    );
  });
}

/**
 * The shortest decimal that a four-byte float of this value reads back from. PostgreSQL writes the same for every decimal an
 * assessment is rounded to; of longer ones it may end in another digit that is the same float.
 */
export function toFloat32Decimal(value: number): number {
  const single = Math.fround(value);
  if (single === 0 || !Number.isFinite(single)) return single;
  for (let digits = 1; digits <= FLOAT32_DIGITS_MAX; digits++) {
    const short = Number(single.toPrecision(digits));
    if (Math.fround(short) === single) return short;
  }
  return single;
}

/**
 * NaN positions first, then the numbers: all of them whole numbers of the same decimal place when that is exact, as the
 * differences of neighbours; else the bits of every float.
 */
function writeColumn(out: ByteWriter, values: readonly number[]): void {
  writeRuns(
    out,
    values.map((value) => (Number.isNaN(value) ? 1 : 0)),
  );
  const numbers = values.filter((value) => !Number.isNaN(value));
  const decimals = decimalsOf(numbers);
  if (decimals === null) {
    out.byte(RAW_COLUMN);
    for (const value of numbers) out.float32(value);
    return;
  }
  out.byte(decimals);
  let before = 0;
  for (const value of numbers) {
    const whole = Math.round(value * 10 ** decimals);
    out.signed(whole - before);
    before = whole;
  }
}

function readColumn(input: ByteReader, length: number): number[] {
  const isNaNAt = readRuns(input);
  if (isNaNAt.length !== length) throw new RangeError('a column of another length');
  const decimals = input.byte();
  let whole = 0;
  return isNaNAt.map((none) => {
    if (none) return NaN;
    if (decimals === RAW_COLUMN) return toFloat32Decimal(input.float32());
    whole += input.signed();
    return whole / 10 ** decimals;
  });
}

/** The least number of decimals at which every value is a short whole number; null when there is none. −0 is none. */
function decimalsOf(values: readonly number[]): number | null {
  let decimals = 0;
  for (const value of values) {
    while (!isExactAt(value, decimals)) if (++decimals > DECIMALS_MAX) return null;
  }
  return values.every((value) => isExactAt(value, decimals)) ? decimals : null;
}

function isExactAt(value: number, decimals: number): boolean {
  const scale = 10 ** decimals;
  const whole = Math.round(value * scale);
  return Math.abs(whole) < WHOLE_MAX && whole / scale === value && !Object.is(value, -0);
}

/** Whole numbers that rarely change: [value, how often]…, after how many there are in all. */
function writeRuns(out: ByteWriter, values: readonly number[]): void {
  out.count(values.length);
  for (let from = 0; from < values.length;) {
    let to = from;
    while (to < values.length && values[to] === values[from]) to++;
    out.count(values[from]!);
    out.count(to - from);
    from = to;
  }
}

function readRuns(input: ByteReader): number[] {
  const length = input.count(TICKS_MAX);
  const values: number[] = [];
  while (values.length < length) {
    const value = input.count(TICKS_MAX);
    const times = input.count(length - values.length);
    if (times === 0) throw new RangeError('a run of nothing');
    for (let i = 0; i < times; i++) values.push(value);
  }
  return values;
}
