// What a check of a finished game says, and how the results of all checks make one word for the game. Pure.

export type CheckStatus = 'passed' | 'failed' | 'unverifiable';

/** In the order in which results are told. */
export const CHECK_IDS = [
  'provably-fair',
  'commitment',
  'tick-sequence',
  'length-and-peak',
  'trades',
  'side-bets',
  'predictions',
] as const;

/** `confirmation` stands alone, for a game that was never finished: the others are about finished games. */
export type CheckId = (typeof CHECK_IDS)[number] | 'confirmation';

/** For pages and tables. */
export const CHECK_TITLES: Record<CheckId, string> = {
  'provably-fair': 'Provably fair',
  commitment: 'Commitment kept',
  'tick-sequence': 'Tick sequence',
  'length-and-peak': 'Length and peak',
  trades: 'Trades inside the game',
  'side-bets': 'Side bets settled by the rule',
  predictions: 'Outcomes of predictions',
  confirmation: 'Confirmed by the history',
};

export type CheckResult = {
  readonly check: CheckId;
  readonly status: CheckStatus;
  /** In words a reader understands. */
  readonly detail: string;
};

/** Details name at most this many of the things that are wrong; the rest is counted. */
const NAMED_MAX = 3;

export function passed(check: CheckId, detail: string): CheckResult {
  return { check, status: 'passed', detail };
}

export function failed(check: CheckId, detail: string): CheckResult {
  return { check, status: 'failed', detail };
}

export function unverifiable(check: CheckId, detail: string): CheckResult {
  return { check, status: 'unverifiable', detail };
}

/** One failed check fails the game; without a replay of its path a game is unverifiable, whatever else agrees. */
export function overallStatus(results: readonly CheckResult[]): CheckStatus {
  if (results.some(({ status }) => status === 'failed')) return 'failed';
  return results.find(({ check }) => check === 'provably-fair')?.status ?? 'unverifiable';
}

/** "a; b; c; and 4 more". */
export function nameSome(things: readonly string[]): string {
  const named = things.slice(0, NAMED_MAX).join('; ');
  return things.length > NAMED_MAX ? `${named}; and ${things.length - NAMED_MAX} more` : named;
}

/** "1 tick", "12 ticks". */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
