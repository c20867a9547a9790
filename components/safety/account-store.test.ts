import { describe, expect, it } from 'vitest';
import { createAccountStore } from '@/components/safety/account-store';
import { aStoreOn, ACCOUNT_NOW, anAccountView, refusedWith } from '@/components/safety/test-kit/account-fixtures';
import type { AccountView } from '@/lib/protocol/account-api';
import { ok, type Result } from '@/lib/units/result';

const CHANGE = { method: 'POST', path: 'stop', body: {} } as const;

describe('the account in a tab', () => {
  it('knows the account and how far this clock is off', async () => {
    const view = anAccountView();
    const { store } = aStoreOn(view);
    expect(store.get().view).toBeNull();
    await store.refresh();
    expect(store.get()).toEqual({ view, clockOffsetMs: 1_000, problem: null });
  });

  it('takes over what a change answers, and tells the other tabs of it alone', async () => {
    const stopped = anAccountView({ now: ACCOUNT_NOW, account: { version: 2 } });
    const { store, sent, announced } = aStoreOn(anAccountView(), ({ method }) =>
      method === 'POST' ? ok(stopped) : null,
    );
    await store.refresh();
    expect(announced()).toBe(0);
    await store.change(CHANGE);
    expect(store.get().view).toBe(stopped);
    expect(sent.at(-1)).toEqual({ method: 'POST', path: '/api/account/stop', body: {} });
    expect(announced()).toBe(1);
  });

  it('keeps what it knows when a change is refused or the server is away', async () => {
    const view = anAccountView();
    let isAway = false;
    const { store, announced } = aStoreOn(view, () => (isAway ? refusedWith('away') : null));
    await store.refresh();
    isAway = true;
    expect(await store.change(CHANGE)).toEqual(refusedWith('away'));
    expect(store.get()).toMatchObject({ view, problem: null });
    await store.refresh();
    expect(store.get()).toMatchObject({ view, problem: 'away' });
    expect(announced()).toBe(0);
  });

  it('forgets on clearing, also an answer that is still on its way', async () => {
    let arrive: (answer: Result<AccountView, never>) => void = () => {};
    const store = createAccountStore({
      ask: () => new Promise((resolve) => (arrive = resolve)),
      nowMs: () => 0,
      announce: () => {},
    });
    const asked = store.refresh();
    store.clear();
    arrive(ok(anAccountView()));
    await asked;
    expect(store.get()).toEqual({ view: null, clockOffsetMs: 0, problem: null });
  });
});
