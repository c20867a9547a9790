// The verdict: the advice of this moment in plain words, the first thing a player reads. Pure; called by the browser on
// every change. It may not claim anything the assessment does not carry: without a live feed there is no advice at all.
// Hedge and Stop need a player's profile and are spoken by the recommendation, not from here.
import type { Assessment } from '@/lib/decision/assess';
import { PRESALE_MS, type Phase } from '@/lib/game/rules';
import { assertNever } from '@/lib/units/result';
import { formatPercent, formatPercentPair } from '@/lib/units/format';

export type VerdictWord = 'Skip' | 'Wait' | 'Bet' | 'Hedge' | 'Stop';

/** The feed as the reader of the verdict has it: the server's own view of it, and the line to the server. */
export type FeedHealth = {
  readonly kind: 'connecting' | 'connected' | 'stale' | 'down' | 'offline';
  /** Whole seconds since the last frame, while it matters. */
  readonly silentSeconds: number | null;
};

export type VerdictGame = {
  readonly phase: Phase;
  readonly cooldownMs: number | null;
  readonly rugTick: number | null;
};

export type Verdict = {
  /** "No advice" is not a verdict but the absence of one: the numbers must then claim nothing. */
  readonly word: VerdictWord | 'No advice';
  readonly reason: string;
  /** Word and reason: "Skip: wins 18.2 % of the time, needs 20.0 %". */
  readonly sentence: string;
  /** For a screen reader: changes when the advice does, not with every counted second or digit. */
  readonly spoken: string;
};

export function decideVerdict({
  assessment,
  game,
  feed,
}: {
  assessment: Assessment | null;
  game: VerdictGame | null;
  feed: FeedHealth;
}): Verdict {
  if (feed.kind !== 'connected') return noAdvice(feed);
  if (!game) return say('Wait', 'no game has been seen on the feed yet');
  switch (game.phase) {
    case 'cooldown':
      return waitForBets(game.cooldownMs);
    case 'presale':
      return assessment ? judge(assessment) : waitForStart(game.cooldownMs);
    case 'active':
      return assessment ? judge(assessment) : say('Wait', 'this game’s first tick has not arrived yet');
    case 'rugged':
      return say('Wait', game.rugTick === null ? 'the game has rugged' : `the game rugged at tick ${game.rugTick}`);
    default:
      return assertNever(game.phase);
  }
}

/** True while the figures beside the verdict may be shown as figures. */
export function isClaiming(feed: FeedHealth): boolean {
  return feed.kind === 'connected';
}

function judge(assessment: Assessment): Verdict {
  const { winProbability: win, breakEven, zone } = assessment;
  const [wins, needs] = formatPercentPair(win.value, breakEven);
  switch (zone) {
    case 'deep-negative':
    case 'negative':
      return say('Skip', `wins ${wins} of the time, needs ${needs}`, 'wins less often than it needs to');
    case 'break-even':
      return say(
        'Skip',
        `wins between ${formatPercent(win.lower)} and ${formatPercent(win.upper)} of the time, needs ${needs}: too close to call`,
        'too close to break-even to call',
      );
    case 'positive':
      return say('Bet', `wins ${wins} of the time, needs ${needs}`, 'wins more often than it needs to');
    default:
      return assertNever(zone);
  }
}

function waitForBets(cooldownMs: number | null): Verdict {
  if (cooldownMs === null) return say('Wait', 'the next game has not started', 'between games');
  const seconds = wholeSeconds(cooldownMs - PRESALE_MS);
  if (seconds > 0) return say('Wait', `bets on the next game open in ${seconds} s`, 'between games');
  return say('Wait', 'bets on the next game are about to open', 'between games');
}

function waitForStart(cooldownMs: number | null): Verdict {
  if (cooldownMs === null) return say('Wait', 'the next game is about to start', 'the next game is about to start');
  return say('Wait', `the next game starts in ${wholeSeconds(cooldownMs)} s`, 'the next game is about to start');
}

function noAdvice({ kind, silentSeconds }: FeedHealth): Verdict {
  const silence = silentSeconds === null ? '' : ` for ${silentSeconds} s`;
  switch (kind) {
    case 'stale':
      return say('No advice', `the feed has been silent${silence || ' too long'}`, 'the feed is silent');
    case 'down':
      return say('No advice', `the feed is down${silence && `, silent${silence}`}`, 'the feed is down');
    case 'offline':
      return say('No advice', 'no connection to Fortytick, retrying', 'no connection to Fortytick');
    case 'connecting':
    case 'connected':
      return say('No advice', 'connecting to the feed');
  }
}

function say(word: Verdict['word'], reason: string, spokenReason: string = reason): Verdict {
  return { word, reason, sentence: `${word}: ${reason}`, spoken: `${word}: ${spokenReason}` };
}

function wholeSeconds(durationMs: number): number {
  return Math.max(0, Math.ceil(durationMs / 1_000));
}
