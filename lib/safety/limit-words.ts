// A limit as a player reads and writes it. Pure; the settings, the advice and the tests share these words.
import { LIMIT_RULES, limitRule, type LimitField, type LimitKind } from '@/lib/safety/limit-fields';
import { limitValueFromJson } from '@/lib/safety/safety-json';
import type { PendingRaise } from '@/lib/safety/safety';
import { duration, sol } from '@/lib/risk/words';
import { formatNumber, formatPercent } from '@/lib/units/format';
import { formatSol, lamports, parseSol } from '@/lib/units/lamports';
import { err, ok, type Result } from '@/lib/units/result';

/** "20 SOL", "5.0 %", "10", "30 s" */
export function formatLimit(field: LimitField, value: number | string | bigint): string {
  switch (limitRule(field).kind) {
    case 'lamports':
      return sol(BigInt(value));
    case 'share':
      return formatPercent(Number(value));
    case 'count':
      return String(value);
    case 'duration':
      return duration(Number(value));
    case 'score':
      return formatNumber(Number(value), 2);
  }
}

export const LIMIT_UNITS: Readonly<Record<LimitKind, string>> = {
  lamports: 'SOL',
  share: '%',
  count: 'losses',
  duration: 's',
  score: 'of 1',
};

/** As a form shows it: the number alone, in the unit of its kind. */
export function limitToText(field: LimitField, value: number | string): string {
  switch (limitRule(field).kind) {
    case 'lamports':
      return formatSol(lamports(BigInt(value)));
    case 'share':
      return trimNumber(Number(value) * 100);
    case 'duration':
      return trimNumber(Number(value) / 1000);
    case 'count':
    case 'score':
      return trimNumber(Number(value));
  }
}

/** As the wire has it. Whether the limit can hold is the server's to say; what is no number is told here. */
export function parseLimit(field: LimitField, text: string): Result<number | string, string> {
  const { kind } = limitRule(field);
  if (kind === 'lamports') {
    const amount = parseSol(text);
    return amount.ok ? ok(amount.value.toString()) : err('Write an amount in SOL, such as 0.25.');
  }
  const number = /^\d{1,9}(\.\d{1,9})?$/.test(text.trim()) ? Number(text) : NaN;
  if (Number.isNaN(number)) return err('Write a number, such as 5.');
  if (kind === 'count' && !Number.isInteger(number)) return err('Write a whole number, such as 5.');
  if (kind === 'share') return ok(number / 100);
  return ok(kind === 'duration' ? number * 1000 : number);
}

/** Fields of the raises that wait, in the order of the limits. */
export function inOrder(pending: readonly PendingRaise[]): readonly PendingRaise[] {
  return LIMIT_RULES.flatMap(({ field }) => pending.filter((one) => one.field === field));
}

export function isSameLimit(field: LimitField, a: number | string, b: number | string): boolean {
  return limitValueFromJson(field, a) === limitValueFromJson(field, b);
}

/** 28.999999999999996 is 29 to whoever wrote it. */
function trimNumber(value: number): string {
  return String(Number(value.toPrecision(12)));
}
