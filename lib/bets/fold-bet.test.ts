// Laws: an event follows exactly where the table of transitions has it; every other is refused and names both; versions
// count events; a bet is closed exactly when nothing is left to happen.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BET_STATES, type Bet, type BetState } from '@/lib/bets/bet';
import type { BetEventType } from '@/lib/bets/bet-event';
import { applyBetEvent, describeTransitionError } from '@/lib/bets/fold-bet';
import { BET_ID, betAfter, betEvent } from '@/lib/bets/test-kit/bet-events';
import { TRANSITIONS } from '@/lib/bets/transitions';

const TYPES = Object.keys(TRANSITIONS) as BetEventType[];

/** One way into each state. */
const IN_STATE: Record<BetState, Bet> = {
  prepared: betAfter('prepared'),
  submitted: betAfter('prepared', 'submitted'),
  active: betAfter('prepared', 'submitted', 'activated'),
  won: betAfter('prepared', 'submitted', 'activated', 'won'),
  lost: betAfter('prepared', 'submitted', 'activated', 'lost'),
  void: betAfter('prepared', 'submitted', 'voided'),
  paid: betAfter('prepared', 'submitted', 'activated', 'won', 'stake-finalized', 'paid'),
  refunded: betAfter('prepared', 'submitted', 'voided', 'stake-finalized', 'refunded'),
  expired: betAfter('prepared', 'expired'),
};

describe('a bet', () => {
  it.each(BET_STATES.flatMap((state) => TYPES.map((type) => [state, type] as const)))(
    'that is %s takes "%s" exactly if the table says so',
    (state, type) => {
      const bet = IN_STATE[state];
      const applied = applyBetEvent(bet, { betId: BET_ID, event: betEvent(type) });
      const { from, to } = TRANSITIONS[type];
      expect(bet.state).toBe(state);
      if (!from.includes(state))
        return expect(applied).toEqual({ ok: false, error: { betId: BET_ID, state, event: type } });
      expect(applied).toMatchObject({ ok: true, value: { state: to ?? state, version: bet.version + 1 } });
    },
  );

  it('begins with "prepared" and with nothing else', () => {
    for (const type of TYPES) {
      expect(applyBetEvent(null, { betId: BET_ID, event: betEvent(type) }).ok).toBe(type === 'prepared');
    }
  });

  it('says in words what cannot follow', () => {
    const error = { betId: 'B', state: 'paid', event: 'won' } as const;
    expect(describeTransitionError(error)).toBe('The bet B is paid: "won" cannot follow.');
  });

  it('covers 40 ticks from the one it was activated at', () => {
    expect(IN_STATE.active).toMatchObject({ startTick: 10, endTick: 50, activeAt: expect.any(Number) });
  });

  it('is closed once nothing is left to happen, and opens again for what happens all the same', () => {
    const closed = Object.values(IN_STATE).filter(({ closedAt }) => closedAt !== null);
    expect(closed.map(({ state }) => state)).toEqual(['paid', 'refunded', 'expired']);
    const lost = betAfter('prepared', 'submitted', 'activated', 'lost', 'stake-finalized');
    expect(lost.closedAt).not.toBeNull();
    expect(betAfter('prepared', 'submitted', 'activated', 'stake-finalized', 'lost').closedAt).not.toBeNull();
    expect(betAfter('prepared', 'submitted', 'activated', 'lost', 'stake-finalized', 'won').closedAt).toBeNull();
    const late = betAfter('prepared', 'expired', betEvent('voided', { reason: 'late-stake' }));
    expect(late).toMatchObject({ state: 'void', closedAt: null, reason: 'late-stake' });
  });

  it('keeps what was first: stake, payout, game and owner never change', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...TYPES), { maxLength: 30 }), (types) => {
        let bet = IN_STATE.prepared;
        for (const type of types) {
          const applied = applyBetEvent(bet, { betId: BET_ID, event: betEvent(type) });
          if (!applied.ok) continue;
          const { stakeLamports, payout, gameId, accountId, version } = applied.value;
          expect({ stakeLamports, payout, gameId, accountId }).toEqual({
            stakeLamports: 50_000_000n,
            payout: 5,
            gameId: IN_STATE.prepared.gameId,
            accountId: 'player',
          });
          expect(version).toBe(bet.version + 1);
          bet = applied.value;
        }
      }),
    );
  });
});
