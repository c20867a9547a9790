import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess, type Assessment } from '@/lib/decision/assess';
import { decideVerdict, isClaiming, type FeedHealth, type VerdictGame } from '@/lib/decision/verdict';
import { computeZone } from '@/lib/decision/zone';
import { createPublishedModel } from '@/lib/hazard/published';
import { createTimingEstimator } from '@/lib/timing/tick-timing';

const CONNECTED: FeedHealth = { kind: 'connected', silentSeconds: null };
const ACTIVE: VerdictGame = { phase: 'active', cooldownMs: null, rugTick: null };
const timing = createTimingEstimator().current();
const published = assess({ tick: 316, payout: 5, model: createPublishedModel(), timing });

function withWin(value: number, lower = value, upper = value): Assessment {
  const winProbability = { ...published.winProbability, value, lower, upper };
  return { ...published, winProbability, zone: computeZone(winProbability, published.breakEven) };
}

function sentenceFor(assessment: Assessment | null, game: VerdictGame | null = ACTIVE, feed = CONNECTED): string {
  return decideVerdict({ assessment, game, feed }).sentence;
}

describe('the verdict', () => {
  it('says skip with both figures while the published rule holds', () => {
    expect(sentenceFor(published)).toBe('Skip: wins 18.2 % of the time, needs 20.0 %');
  });

  it('says bet only when the whole interval clears break-even', () => {
    expect(sentenceFor(withWin(0.25, 0.21, 0.29))).toBe('Bet: wins 25.0 % of the time, needs 20.0 %');
    expect(sentenceFor(withWin(0.25, 0.19, 0.31))).toBe(
      'Skip: wins between 19.0 % and 31.0 % of the time, needs 20.0 %: too close to call',
    );
  });

  it('adds decimals rather than let a losing figure read as break-even', () => {
    expect(sentenceFor(withWin(0.1998))).toBe('Skip: wins 19.98 % of the time, needs 20.00 %');
  });

  it('waits between games and counts to the moment bets open', () => {
    const cooldown: VerdictGame = { phase: 'cooldown', cooldownMs: 14_100, rugTick: null };
    expect(sentenceFor(null, cooldown)).toBe('Wait: bets on the next game open in 5 s');
    expect(sentenceFor(null, { ...cooldown, cooldownMs: 9_900 })).toBe('Wait: bets on the next game are about to open');
    expect(sentenceFor(null, { ...cooldown, cooldownMs: null })).toBe('Wait: the next game has not started');
    expect(sentenceFor(null, { ...ACTIVE, phase: 'rugged', rugTick: 92 })).toBe('Wait: the game rugged at tick 92');
    expect(sentenceFor(null, null)).toBe('Wait: no game has been seen on the feed yet');
  });

  it('judges a presale bet by the assessment of tick 0, and waits without one', () => {
    const presale: VerdictGame = { phase: 'presale', cooldownMs: 6_400, rugTick: null };
    expect(sentenceFor(published, presale)).toBe('Skip: wins 18.2 % of the time, needs 20.0 %');
    expect(sentenceFor(null, presale)).toBe('Wait: the next game starts in 7 s');
  });

  it('gives no advice while the feed is silent, down or out of reach', () => {
    const silent = (kind: FeedHealth['kind'], silentSeconds: number | null = 7) => ({ kind, silentSeconds });
    expect(sentenceFor(published, ACTIVE, silent('stale'))).toBe('No advice: the feed has been silent for 7 s');
    expect(sentenceFor(published, ACTIVE, silent('down'))).toBe('No advice: the feed is down, silent for 7 s');
    expect(sentenceFor(published, ACTIVE, silent('down', null))).toBe('No advice: the feed is down');
    expect(sentenceFor(published, ACTIVE, silent('offline'))).toBe('No advice: no connection to Fortytick, retrying');
    expect(sentenceFor(published, ACTIVE, silent('connecting', null))).toBe('No advice: connecting to the feed');
  });

  it('never claims anything without a live feed, whatever was last assessed', () => {
    const kinds = fc.constantFrom<FeedHealth['kind']>('connecting', 'connected', 'stale', 'down', 'offline');
    const phases = fc.constantFrom<VerdictGame['phase']>('cooldown', 'presale', 'active', 'rugged');
    const seconds = fc.option(fc.nat(3_600));
    fc.assert(
      fc.property(kinds, phases, seconds, fc.boolean(), (kind, phase, silentSeconds, assessed) => {
        const feed = { kind, silentSeconds };
        const game = { phase, cooldownMs: null, rugTick: null };
        const verdict = decideVerdict({ assessment: assessed ? published : null, game, feed });
        expect(verdict.word === 'No advice').toBe(!isClaiming(feed));
        if (!isClaiming(feed)) expect(verdict.sentence).not.toMatch(/%/);
      }),
    );
  });

  it('speaks the same words while only counted seconds and digits change', () => {
    const stale = (silentSeconds: number) =>
      decideVerdict({ assessment: null, game: ACTIVE, feed: { kind: 'stale', silentSeconds } }).spoken;
    expect(stale(3)).toBe(stale(9));
    const spokenAt = (value: number) =>
      decideVerdict({ assessment: withWin(value), game: ACTIVE, feed: CONNECTED }).spoken;
    expect(spokenAt(0.181)).toBe(spokenAt(0.182));
    expect(spokenAt(0.181)).not.toBe(spokenAt(0.25));
  });
});
