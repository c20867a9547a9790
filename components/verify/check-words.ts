// What a check says, in plain words: the verdict, each comparison, and what it proves and does not. Pure.
import type { CheckVerdict, PathComparison, RoundCheck } from '@/components/verify/check-round';
import { formatPrice } from '@/lib/units/format';

export type CheckLine = {
  readonly name: string;
  readonly outcome: 'ok' | 'failed' | 'open';
  readonly words: string;
};

export const VERDICT_TITLES: Record<CheckVerdict, string> = {
  verified: 'Verified',
  failed: 'Does not agree',
  partly: 'Agrees, as far as it can be compared',
  replayed: 'Replayed, compared with nothing',
};

export function verdictSentence({ verdict, hashOk, path, replayed }: RoundCheck): string {
  switch (verdict) {
    case 'verified':
      return `The seed is the one that was committed to, and it gives this game: every price, and the rug at tick ${replayed.rugTick}.`;
    case 'failed':
      return hashOk === false
        ? 'This seed is not the one whose hash was shown before the game. Look for a slip in what was pasted first: one wrong character looks the same.'
        : 'The seed, replayed by the published rules, gives another game than the recorded one. Look for a wrong id or version first: they look the same.';
    case 'partly':
      return path === null
        ? `The seed is the one that was committed to. By the published rules it rugs at tick ${replayed.rugTick}; compare that with what you saw.`
        : 'Everything that is on record agrees with the seed, but not all there is to compare is on record.';
    case 'replayed':
      return `By the published rules this seed rugs at tick ${replayed.rugTick}. Give the hash shown before the game to know that it is that game’s seed.`;
  }
}

export function checkLines(check: RoundCheck): CheckLine[] {
  return [hashLine(check), lengthLine(check), pathLine(check.path), peakLine(check)];
}

function hashLine({ hashOk }: RoundCheck): CheckLine {
  const name = 'Seed against its hash';
  if (hashOk === null) return { name, outcome: 'open', words: 'no hash to compare with' };
  return hashOk
    ? { name, outcome: 'ok', words: 'SHA-256 of the seed is the hash shown before the game' }
    : { name, outcome: 'failed', words: 'SHA-256 of the seed is not the hash shown before the game' };
}

function lengthLine({ replayed, round: { recorded } }: RoundCheck): CheckLine {
  const name = 'Rug tick';
  if (!recorded) return { name, outcome: 'open', words: `${replayed.rugTick}; no recorded one to compare with` };
  const recordedRug = recorded.prices.length - 1;
  return recordedRug === replayed.rugTick
    ? { name, outcome: 'ok', words: `${replayed.rugTick}, as recorded` }
    : { name, outcome: 'failed', words: `${replayed.rugTick}; recorded was ${recordedRug}` };
}

function pathLine(path: PathComparison | null): CheckLine {
  const name = 'Prices, bit for bit';
  if (path === null) return { name, outcome: 'open', words: 'no recorded prices to compare with' };
  switch (path.kind) {
    case 'same':
      return {
        name,
        outcome: 'ok',
        words: path.prices === 1 ? 'the only one is the same' : `all ${path.prices} are the same`,
      };
    case 'holes':
      return { name, outcome: 'open', words: `${path.compared} are the same, ${path.missing} are not on record` };
    case 'differs':
      return { name, outcome: 'failed', words: `first difference at tick ${path.tick}: ${differenceWords(path)}` };
  }
}

function differenceWords({ replayed, recorded }: { replayed: number | null; recorded: number | null }): string {
  const say = (price: number | null) => (price === null ? 'rugged' : String(price));
  return `replayed ${say(replayed)}, recorded ${say(recorded)}`;
}

function peakLine({ replayed, peakOk, round: { recorded } }: RoundCheck): CheckLine {
  const name = 'Peak';
  const peak = formatPrice(replayed.peak);
  if (peakOk === null) return { name, outcome: 'open', words: `${peak}; no published one to compare with` };
  return peakOk
    ? { name, outcome: 'ok', words: `${peak}, as published` }
    : { name, outcome: 'failed', words: `${replayed.peak}; published was ${recorded?.peak}` };
}

/** Only what this very check supports. */
export function provenPoints({ hashOk, path }: RoundCheck): string[] {
  return [
    ...(hashOk ? ['The seed was fixed when its hash was shown, and was not exchanged afterwards.'] : []),
    ...(path?.kind === 'same'
      ? [
          'Every price and the rug followed from that seed and the game’s id by the published rules. Nobody steered the game while it ran, whatever was bet on it.',
        ]
      : []),
    ...(path?.kind === 'holes'
      ? ['The prices on record and the rug followed from that seed and the game’s id by the published rules.']
      : []),
  ];
}

export function unprovenPoints({ hashOk }: RoundCheck): string[] {
  return [
    ...(hashOk
      ? [
          'That the hash was shown before the game: that is known to whoever saw it then. Fortytick notes it with the game.',
        ]
      : ['That this is the seed of that game: only a hash shown before the game can tell.']),
    'That the seed was drawn by chance. Whoever makes the seeds can know every game in advance, and could choose among them.',
    'That trades and bets were settled rightly: the seed says nothing of them.',
    'Anything of a game to come. Its seed is another, and secret.',
  ];
}
