// Corruption: returns a frame's arguments with one thing in them spoilt, the original untouched. What it may do: replace
// the whole payload by garbage, or go down to a random place in it and put a wrong value, remove a field, cut an array or
// a text short, flip a character or a digit, or negate a number. Everything it makes survives JSON.
import type { Random } from '@/server/simulator/random';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** NaN and Infinity become null in JSON, as they would from any JavaScript server. */
const GARBAGE: readonly unknown[] = [
  null,
  NaN,
  -1,
  0.5,
  1e308,
  -1e308,
  1e16,
  true,
  '',
  'garbage',
  '\u0000\uffff',
  '-1',
  [],
  [null],
  {},
  { constructor: 'x' },
];
const GARBAGE_PAYLOAD_CHANCE = 0.1;
const TRACE_CHANCE = 0.1;
/** Chance to spoil the value at hand rather than go deeper into it. */
const STOP_CHANCE = 0.3;
const HUGE_TEXT_CHANCE = 0.05;
const HUGE_TEXT_CHARS = 100_000;

export function corruptArgs(args: readonly unknown[], random: Random): readonly unknown[] {
  // Mostly the payload, which comes last; now and then the tracing object before it.
  const at = random.chance(TRACE_CHANCE) ? 0 : args.length - 1;
  return args.with(at, random.chance(GARBAGE_PAYLOAD_CHANCE) ? garbage(random) : spoil(args[at] as Json, random));
}

/** The payload itself is never what is removed or cut; one of its parts is. */
function spoil(payload: Json, random: Random): unknown {
  return isBranch(payload) ? spoilChild(payload, random) : garbage(random);
}

type Branch = readonly Json[] | { readonly [key: string]: Json };

function isBranch(value: Json): value is Branch {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

function spoilChild(parent: Branch, random: Random): unknown {
  const key = random.pick(Object.keys(parent));
  const child = (parent as Readonly<Record<string, Json>>)[key]!;
  if (isBranch(child) && !random.chance(STOP_CHANCE)) return withChild(parent, key, spoilChild(child, random));
  if (random.chance(1 / 5)) return withoutChild(parent, key);
  return withChild(parent, key, spoilValue(child, random));
}

function spoilValue(value: Json, random: Random): unknown {
  if (random.chance(1 / 2)) return garbage(random);
  if (Array.isArray(value)) return value.slice(0, random.integer(0, value.length));
  if (typeof value === 'string') {
    return random.chance(1 / 2) ? flipCharacter(value, random) : value.slice(0, random.integer(0, value.length));
  }
  if (typeof value === 'number') return random.chance(1 / 2) ? -value : flipDigit(value, random);
  return garbage(random);
}

function flipCharacter(text: string, random: Random): string {
  if (text.length === 0) return 'x';
  const at = random.integer(0, text.length - 1);
  // Half the time a hex digit, so that ids, seeds and hashes stay well formed and are merely wrong.
  const other = random.chance(1 / 2) ? random.hex(1) : String.fromCharCode(random.integer(32, 126));
  return text.slice(0, at) + other + text.slice(at + 1);
}

function flipDigit(value: number, random: Random): number {
  const text = String(value);
  const digits = [...text].flatMap((character, at) => (/\d/.test(character) ? [at] : []));
  if (digits.length === 0) return -1;
  const at = random.pick(digits);
  return Number(text.slice(0, at) + random.integer(0, 9) + text.slice(at + 1));
}

function garbage(random: Random): unknown {
  if (random.chance(HUGE_TEXT_CHANCE)) return 'x'.repeat(HUGE_TEXT_CHARS);
  return random.pick(GARBAGE);
}

function withChild(parent: Branch, key: string, child: unknown): unknown {
  return Array.isArray(parent) ? parent.with(Number(key), child) : { ...parent, [key]: child };
}

function withoutChild(parent: Branch, key: string): unknown {
  if (Array.isArray(parent)) return parent.toSpliced(Number(key), 1);
  const { [key]: _removed, ...rest } = parent as Readonly<Record<string, Json>>;
  return rest;
}
