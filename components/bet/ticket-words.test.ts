import { describe, expect, it } from 'vitest';
import { aSteadyAssessment } from '@/components/advice/test-kit/advice-fixtures';
import { computeFigures } from '@/components/bet/compute-figures';
import { ticketLines } from '@/components/bet/ticket-words';
import { VENUE_WORDS } from '@/components/bet/venue-words';
import { createProfile } from '@/lib/risk/profile';
import { DEFAULT_VENUE } from '@/lib/risk/venue';
import { lamports } from '@/lib/units/lamports';

const CONDITIONS = { venue: DEFAULT_VENUE, feed: { status: 'connected', ageMs: 0 }, phase: 'active' } as const;
type Input = Parameters<typeof computeFigures>[0];

function said(change: Partial<Input> = {}) {
  const input: Input = {
    stakeLamports: lamports(10_000_000n),
    venue: 'practice',
    assessment: aSteadyAssessment(),
    conditions: CONDITIONS,
    profile: createProfile(lamports(1_000_000_000n), 200),
    player: null,
    ...change,
  };
  const lines = ticketLines(computeFigures(input), VENUE_WORDS[input.venue].feeNote);
  return Object.fromEntries(
    lines.map(({ id, label, value, note }) => [id, [label, value, note].filter(Boolean).join(' | ')]),
  );
}

describe('the figures of the ticket', () => {
  it('read at a glance', () => {
    expect(said()).toEqual({
      win: 'Wins 18.2 % | +0.04 SOL | 0.05 SOL back',
      lose: 'Loses 81.8 % | −0.01 SOL | the whole stake',
      average: 'On average | −0.000921 SOL | −9.2 %, fee included',
      'break-even': 'Breaks even at | 20.0 % | it wins 18.2 %',
      window: 'Would run ticks | ≈ 7–46 | 40 ticks, ≈ 10.1 s',
      accepted: 'Accepted in time | 98.4 % | before a rug',
      fee: 'Network fee | 0.000005 SOL | the chain’s, for one signature',
    });
  });

  it('claim nothing of a moment that is not there', () => {
    expect(said({ assessment: null, conditions: null })).toMatchObject({
      win: 'If it wins | +0.04 SOL | 0.05 SOL back',
      average: 'On average',
      'break-even': 'Breaks even at | 20.0 %',
      accepted: 'Accepted in time | before a rug',
    });
  });

  it('say that a stake as small as its fee cannot break even', () => {
    expect(said({ stakeLamports: lamports(1_000n) })['break-even']).toContain('120.0 %');
  });
});
