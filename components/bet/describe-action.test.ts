import { describe, expect, it } from 'vitest';
import { describeAction } from '@/components/bet/describe-action';
import type { TicketView } from '@/components/bet/compute-ticket';
import type { DeskState } from '@/components/bet/desk-state';
import { VENUE_IDS } from '@/lib/bets/bet';
import { lamports } from '@/lib/units/lamports';

type Ticket = Parameters<typeof describeAction>[0]['ticket'];

function says(change: Partial<Ticket> = {}, step: DeskState['step'] = 'idle') {
  const ticket: Ticket = {
    action: { kind: 'place', strategyId: null },
    stakeLamports: lamports(10_000_000n),
    rules: [],
    isHighRisk: false,
    ...change,
  };
  return describeAction({ ticket, venue: 'paper', step, hasKey: true });
}
const rule = (name: string) => ({ rule: name, message: 'no' });

describe('the one button', () => {
  it('names what it places, and whether it is money', () => {
    expect(says()).toEqual({ text: 'Place 0.01 SOL', note: 'Paper · no money · Enter or B', isDisabled: false });
    expect(says({ isHighRisk: true }).note).toContain('asks again');
  });

  it('says what stands in the way', () => {
    const refused = { kind: 'refused' } as const;
    expect(says({ action: refused, rules: [rule('stake-fraction')] }).text).toBe('Refused by a rule');
    expect(says({ action: refused, rules: [rule('a'), rule('b')] }).text).toBe('Refused by 2 rules');
    expect(says({ action: refused, rules: [rule('betting-closed')] }).text).toBe('Bets are closed now');
    expect(says({ action: refused, rules: [rule('stale-feed')] })).toMatchObject({
      text: 'No bets without the feed',
      note: 'They open again when the feed is back.',
    });
    expect(says({ action: refused, rules: [rule('stopped'), rule('betting-closed')] }).text).toBe(
      'You stopped betting',
    );
  });

  it('can be pressed exactly when a press does something', () => {
    const kinds: TicketView['action'][] = [
      { kind: 'connect' },
      { kind: 'loading' },
      { kind: 'write-amount' },
      { kind: 'open-bet' },
      { kind: 'refused' },
      { kind: 'place', strategyId: null },
    ];
    const free = kinds.filter((action) => !says({ action }).isDisabled).map(({ kind }) => kind);
    expect(free).toEqual(['connect', 'write-amount', 'place']);
    for (const action of kinds) {
      expect(says({ action }, 'placing')).toMatchObject({ text: 'Preparing…', isDisabled: true });
      expect(says({ action }, 'unsigned')).toMatchObject({ text: 'Not signed', isDisabled: true });
      expect(says({ action }, 'refused')).toEqual(says({ action }));
    }
  });

  it('prepares, rather than places, what is placed elsewhere', () => {
    const texts = VENUE_IDS.map(
      (venue) =>
        describeAction({
          ticket: {
            action: { kind: 'place', strategyId: null },
            stakeLamports: lamports(1n),
            rules: [],
            isHighRisk: false,
          },
          venue,
          step: 'idle',
          hasKey: false,
        }).text.split(' ')[0],
    );
    expect(texts).toEqual(['Place', 'Place', 'Prepare']);
  });
});
