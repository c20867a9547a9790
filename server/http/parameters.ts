// The query parameters of the HTTP API: each says what it takes, reads it from text, and describes itself for
// /api/openapi.json. A query is read as a whole: what is unknown, given twice or out of range is refused by name. Pure.
import { err, ok, type Result } from '@/lib/units/result';
import { epochMs, type EpochMs } from '@/lib/units/time';
import { badParameter, type Problem } from '@/server/http/problem';

export type Parameter<T> = {
  /** Completes "it takes …". */
  readonly takes: string;
  readonly about: string;
  /** Undefined for what it does not take. */
  readonly read: (text: string) => T | undefined;
  /** JSON Schema of the value as it is written in an address. */
  readonly schema: Readonly<Record<string, unknown>>;
};

export type Parameters = Readonly<Record<string, Parameter<unknown>>>;
export type Values<P extends Parameters> = {
  readonly [K in keyof P]: (P[K] extends Parameter<infer T> ? T : never) | undefined;
};

/** The first thing wrong with a query is what its sender is told. */
export function readQuery<P extends Parameters>(query: URLSearchParams, parameters: P): Result<Values<P>, Problem> {
  const values: Record<string, unknown> = {};
  for (const name of new Set(query.keys())) {
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    const [text = '', ...more] = query.getAll(name);
    if (!parameter)
      return err(badQuery(`${name.slice(0, 100)} is no parameter here: it takes ${listNames(parameters)}.`));
    if (more.length > 0) return err(badQuery(`${name} is given ${more.length + 1} times: it takes one value.`));
    const value = parameter.read(text);
    if (value === undefined) return err(badParameter(name, text, parameter.takes));
    values[name] = value;
  }
  return ok(values as Values<P>);
}

export function badQuery(detail: string): Problem {
  return { status: 400, title: 'Bad parameter', detail };
}

type Range = { readonly min: number; readonly max: number; readonly about: string };

export function wholeNumber({ min, max, about }: Range): Parameter<number> {
  return {
    takes: `a whole number from ${min} to ${max}`,
    about,
    read: (text) => inRange(/^-?\d{1,15}$/.test(text) ? Number(text) : NaN, min, max),
    schema: { type: 'integer', minimum: min, maximum: max },
  };
}

export function decimalNumber({ min, max, about }: Range): Parameter<number> {
  return {
    takes: `a number from ${min} to ${max}`,
    about,
    read: (text) => inRange(/^-?\d{1,15}(\.\d{1,15})?$/.test(text) ? Number(text) : NaN, min, max),
    schema: { type: 'number', minimum: min, maximum: max },
  };
}

export function oneOf<const T extends string>(values: readonly T[], about: string): Parameter<T> {
  return {
    takes: `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`,
    about,
    read: (text) => values.find((value) => value === text),
    schema: { type: 'string', enum: values },
  };
}

export function textLike<T>({
  takes,
  about,
  read,
}: {
  takes: string;
  about: string;
  read: (text: string) => T | undefined;
}): Parameter<T> {
  return { takes, about, read, schema: { type: 'string', description: takes } };
}

const DAY_MS = 86_400_000;
const FIRST_INSTANT = Date.UTC(2000, 0, 1);
const LAST_INSTANT = Date.UTC(2200, 0, 1);

/** `day` says what a date alone stands for: its beginning, or its end, when a range is to include it. */
export function instant({ day, about }: { day: 'begins' | 'ends'; about: string }): Parameter<EpochMs> {
  return textLike({
    takes: 'a date such as 2025-12-07 (in UTC), an instant such as 2025-12-07T18:00:00Z, or milliseconds since 1970',
    about,
    read(text) {
      const at = inRange(readInstant(text, day), FIRST_INSTANT, LAST_INSTANT);
      return at === undefined ? undefined : epochMs(at);
    },
  });
}

function readInstant(text: string, day: 'begins' | 'ends'): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  const date = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/.exec(text);
  if (!date || !isCalendarDay(date[1]!)) return NaN;
  return Date.parse(text) + (date[2] === undefined && day === 'ends' ? DAY_MS : 0);
}

/** JavaScript takes 30 February for the 2nd of March. */
function isCalendarDay(text: string): boolean {
  const at = Date.parse(text);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

function inRange(value: number, min: number, max: number): number | undefined {
  return value >= min && value <= max ? value : undefined;
}

function listNames(parameters: Parameters): string {
  const names = Object.keys(parameters);
  return names.length === 0 ? 'none' : names.join(', ');
}
