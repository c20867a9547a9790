import { describe, expect, it } from 'vitest';
import { followAccount } from '@/components/advice/follow-account';
import { PROFILE_COPY_KEY } from '@/components/advice/profile-key';
import { createProfileStore, defaultProfile } from '@/components/advice/profile-store';
import { createMemoryStorage } from '@/components/advice/test-kit/advice-fixtures';
import { aStoreOn, anAccountView, refusedWith, type Sent } from '@/components/safety/test-kit/account-fixtures';
import type { AccountView } from '@/lib/protocol/account-api';
import { createProfile, type Profile } from '@/lib/risk/profile';
import { lamports } from '@/lib/units/lamports';
import type { Result } from '@/lib/units/result';

const OWN = createProfile(lamports(2_000_000_000n), 80);

async function following({
  view = anAccountView(),
  own,
  answer,
}: {
  view?: AccountView;
  own?: Profile;
  answer?: (sent: Sent) => Result<AccountView, { code: string | null; message: string }> | null;
} = {}) {
  const storage = createMemoryStorage();
  const profiles = createProfileStore(storage);
  if (own) profiles.save(own);
  const { store, sent } = aStoreOn(view, answer);
  let leave = () => {};
  followAccount({ advisor: profiles, storage, store, onLeave: (clear) => ((leave = clear), () => {}) });
  await store.refresh();
  await Promise.resolve();
  return {
    profiles,
    storage,
    store,
    sent,
    changes: () => sent.filter(({ method }) => method === 'PUT'),
    leave: () => leave(),
  };
}

describe('the profile of a signed-in player', () => {
  it('is the account’s, with a copy in this browser', async () => {
    const { profiles, storage, changes } = await following();
    expect(profiles.get()).toMatchObject({
      bankrollLamports: 10_000_000_000n,
      latencyMs: 200,
      riskProfile: 'moderate',
    });
    expect(profiles.isChosen()).toBe(true);
    expect(storage.kept.has(PROFILE_COPY_KEY)).toBe(true);
    expect(changes()).toEqual([]);
  });

  it('goes back to the browser’s own on signing out, and the copy is gone', async () => {
    const { profiles, storage, store, leave } = await following({ own: OWN });
    expect(profiles.get()).not.toEqual(OWN);
    store.clear();
    leave();
    expect(profiles.get()).toEqual(OWN);
    expect(storage.kept.has(PROFILE_COPY_KEY)).toBe(false);
  });

  it('is saved to the account: what differs, and nothing else', async () => {
    const { profiles, changes } = await following();
    const profile = profiles.get();
    profiles.save({ ...profile, latencyMs: 90, bankrollLamports: lamports(9_000_000_000n) });
    await Promise.resolve();
    await Promise.resolve();
    expect(changes()).toEqual([
      { method: 'PUT', path: '/api/account/settings', body: { latencyMs: 90 } },
      { method: 'PUT', path: '/api/account/limits', body: { limits: { bankrollLamports: '9000000000' } } },
    ]);
    expect(profiles.get()).toEqual(profile);
  });

  it('says why the account refused it', async () => {
    const { profiles } = await following({
      answer: ({ method }) => (method === 'PUT' ? refusedWith('Not so.') : null),
    });
    profiles.save({ ...profiles.get(), latencyMs: 90 });
    for (let n = 0; n < 5; n++) await Promise.resolve();
    expect(profiles.problem()).toBe('Not so.');
  });

  it('says what waits after it was asked for', async () => {
    const base = anAccountView();
    const effectiveAt = Date.UTC(2026, 0, 2, 2);
    const pending = [{ field: 'bankrollLamports' as const, value: '20000000000', effectiveAt }];
    const waiting = anAccountView({ account: { safety: { ...base.account.safety, pending } } });
    const answer = ({ method }: Sent) => (method === 'PUT' ? ({ ok: true, value: waiting } as const) : null);
    const { profiles } = await following({ answer });
    profiles.save({ ...profiles.get(), bankrollLamports: lamports(20_000_000_000n) });
    for (let n = 0; n < 5; n++) await Promise.resolve();
    expect(profiles.get().bankrollLamports).toBe(10_000_000_000n);
    expect(profiles.problem()).toBe(
      'Raising a limit takes 24 hours. Waiting: Bankroll 20 SOL from 2 January 2026, 02:00 UTC.',
    );
  });

  it('begins with what this browser chose when the account is new, its hour and day no larger', async () => {
    const { changes } = await following({ view: anAccountView({ account: { isNew: true } }), own: OWN });
    for (let n = 0; n < 5; n++) await Promise.resolve();
    expect(changes()).toEqual([
      { method: 'PUT', path: '/api/account/settings', body: { latencyMs: 80 } },
      {
        method: 'PUT',
        path: '/api/account/limits',
        body: {
          limits: {
            bankrollLamports: '2000000000',
            perSessionLossLamports: '400000000',
            perGameLossLamports: '200000000',
            perHourLossLamports: '400000000',
            perDayLossLamports: '600000000',
          },
        },
      },
    ]);
  });

  it('brings nothing of a browser that chose nothing, and nothing to an account that has settings', async () => {
    expect((await following({ view: anAccountView({ account: { isNew: true } }) })).changes()).toEqual([]);
    expect((await following({ own: OWN })).changes()).toEqual([]);
  });

  it('is the copy of this browser while the account cannot be reached, and says so', async () => {
    const { storage } = await following();
    const profiles = createProfileStore(storage);
    const { store } = aStoreOn(anAccountView(), () => refusedWith('away'));
    followAccount({ advisor: profiles, storage, store, onLeave: () => () => {} });
    await store.refresh();
    expect(profiles.get().bankrollLamports).toBe(10_000_000_000n);
    expect(profiles.problem()).toMatch(/cannot be reached/);
    expect(defaultProfile().bankrollLamports).not.toBe(10_000_000_000n);
  });
});
