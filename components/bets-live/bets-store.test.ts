import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBetsStore, type BetChange } from '@/components/bets-live/bets-store';
import { keepNewest } from '@/components/bets-live/keep-newest';
import { aBet, anActiveBet, BET_ID } from '@/components/bets-live/test-kit/bet-fixtures';
import { NOW_MS } from '@/components/live/test-kit/live-fixtures';
import type { BetView } from '@/lib/protocol/bets-api';

function aStore() {
  const store = createBetsStore();
  const changes: BetChange[] = [];
  store.onChange((change) => changes.push(change));
  return { store, steps: () => changes.map(({ from, to }) => `${from?.state ?? 'nothing'} → ${to.state}`), changes };
}

describe('the store of the player’s bets', () => {
  it('does not know that there is no open bet before the snapshot', () => {
    const { store } = aStore();
    expect(store.get()).toMatchObject({ isKnown: false, bets: [] });
    store.take({ type: 'snapshot', bets: [] });
    expect(store.get()).toMatchObject({ isKnown: true, bets: [] });
  });

  it('tells every step once, and nothing of what a snapshot or a list brings', () => {
    const { store, steps } = aStore();
    store.take({ type: 'snapshot', bets: [aBet()] });
    store.take({ type: 'bet', bet: anActiveBet() });
    store.take({ type: 'bet', bet: anActiveBet() });
    store.learn([anActiveBet({ state: 'lost', version: 5 })]);
    expect(steps()).toEqual(['prepared → active']);
    expect(store.get().bets).toMatchObject([{ state: 'lost' }]);
  });

  it('is not led back by what comes late', () => {
    const { store, steps } = aStore();
    store.take({ type: 'bet', bet: anActiveBet() });
    store.take({ type: 'bet', bet: aBet({ state: 'submitted', version: 2 }) });
    store.take({ type: 'snapshot', bets: [aBet()] });
    expect(store.get().bets.map(({ state }) => state)).toEqual(['active']);
    expect(steps()).toEqual(['nothing → active']);
  });

  it('counts changes of the account, and forgets everything with the player', () => {
    const { store } = aStore();
    store.take({ type: 'account' });
    expect(store.get().accountRevision).toBe(1);
    store.take({ type: 'snapshot', bets: [aBet()] });
    store.clear();
    expect(store.get()).toMatchObject({ isKnown: false, bets: [] });
  });

  it('redraws nobody for nothing', () => {
    const { store } = aStore();
    store.take({ type: 'bet', bet: anActiveBet() });
    let told = 0;
    store.subscribe(() => told++);
    store.take({ type: 'bet', bet: anActiveBet() });
    store.setLine('connecting');
    expect(told).toBe(0);
  });
});

describe('joining bets', () => {
  const bet = fc
    .record({ n: fc.integer({ min: 0, max: 30 }), version: fc.integer({ min: 1, max: 9 }), isClosed: fc.boolean() })
    .map(({ n, version, isClosed }): BetView => {
      const preparedAt = NOW_MS + n;
      return aBet({ id: `${BET_ID.slice(0, 18)}${n}`, version, preparedAt, closedAt: isClosed ? preparedAt : null });
    });

  it('keeps the highest version of each, newest first, in whatever order they are told', () => {
    fc.assert(
      fc.property(fc.array(bet), fc.array(bet), (some, others) => {
        const all = [...some, ...others];
        const joined = keepNewest(keepNewest([], some, Infinity), others, Infinity);
        const highest = (id: string) => Math.max(...all.filter((told) => told.id === id).map(({ version }) => version));
        expect(new Set(joined.map(({ id }) => id))).toEqual(new Set(all.map(({ id }) => id)));
        for (const { id, version } of joined) expect(version).toBe(highest(id));
        const times = joined.map(({ preparedAt }) => preparedAt);
        expect(times).toEqual(times.toSorted((a, b) => b - a));
      }),
    );
  });

  it('never keeps more than it may', () => {
    fc.assert(
      fc.property(fc.array(bet), fc.integer({ min: 1, max: 10 }), (told, max) => {
        const kept = keepNewest([], told, max);
        expect(kept.length).toBe(Math.min(max, new Set(told.map(({ id }) => id)).size));
      }),
    );
  });

  it('lets closed bets go before open ones, oldest first', () => {
    const bets = [
      aBet({ id: `${BET_ID}a`, preparedAt: NOW_MS }),
      aBet({ id: `${BET_ID}b`, preparedAt: NOW_MS + 1, closedAt: NOW_MS + 2 }),
      aBet({ id: `${BET_ID}c`, preparedAt: NOW_MS + 3, closedAt: NOW_MS + 4 }),
    ];
    expect(keepNewest([], bets, 2).map(({ id }) => id)).toEqual([`${BET_ID}c`, `${BET_ID}a`]);
  });
});
