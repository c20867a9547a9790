// The pauses a player is offered, and what each means in plain words. Pure; the server takes any length between its bounds.
import { when } from '@/lib/safety/words';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export type Pause = {
  /** Also the path below /api/account. */
  readonly kind: 'cooling-off' | 'exclusion';
  readonly text: string;
  /** Null: for good. */
  readonly durationMs: number | null;
};

const coolingOff = (text: string, durationMs: number): Pause => ({ kind: 'cooling-off', text, durationMs });
const exclusion = (text: string, durationMs: number | null): Pause => ({ kind: 'exclusion', text, durationMs });

export const COOLING_OFFS: readonly Pause[] = [
  coolingOff('1 hour', HOUR_MS),
  coolingOff('12 hours', 12 * HOUR_MS),
  coolingOff('24 hours', DAY_MS),
  coolingOff('3 days', 3 * DAY_MS),
  coolingOff('7 days', 7 * DAY_MS),
  coolingOff('30 days', 30 * DAY_MS),
];

export const EXCLUSIONS: readonly Pause[] = [
  exclusion('30 days', 30 * DAY_MS),
  exclusion('6 months', 183 * DAY_MS),
  exclusion('1 year', 365.25 * DAY_MS),
  exclusion('5 years', 5 * 365.25 * DAY_MS),
  exclusion('For good', null),
];

export type PauseWords = {
  readonly title: string;
  /** The first says what happens, the others what follows. */
  readonly sentences: readonly [string, ...string[]];
  readonly sure: string;
  readonly action: string;
};

export function describePause({ kind, text, durationMs }: Pause, now: number): PauseWords {
  const isForGood = durationMs === null;
  const until = isForGood ? 'ever again' : `until ${when(now + durationMs)}`;
  const length = isForGood ? 'for good' : `for ${text}`;
  const shared = [
    'A bet that is open now goes on to its end and is paid out.',
    'The dashboard, your history and your data stay open to you.',
    `It cannot be shortened or undone, by you, by us or by anybody else${isForGood ? '' : '; it can be made longer'}.`,
  ];
  if (kind === 'cooling-off') {
    return {
      title: `Pause ${length}?`,
      sentences: [`No bet can be placed with this account ${until}.`, ...shared],
      sure: 'I know that I cannot end this pause early.',
      action: `Pause ${length}`,
    };
  }
  return {
    title: `Exclude yourself ${length}?`,
    sentences: [
      `No bet can be placed with this wallet ${until}.`,
      ...shared,
      'Deleting your account does not end it: it comes back with the wallet.',
      'It covers Fortytick. For the game’s own site, and for other sites, ask them for the same.',
    ],
    sure: isForGood ? 'I know that this is for good.' : 'I know that I cannot end this exclusion early.',
    action: `Exclude me ${length}`,
  };
}
