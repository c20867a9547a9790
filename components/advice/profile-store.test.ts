import { describe, expect, it } from 'vitest';
import { PROFILE_KEY } from '@/components/advice/profile-key';
import { createProfileStore, DEFAULT_BANKROLL_LAMPORTS, defaultProfile } from '@/components/advice/profile-store';
import { createMemoryStorage } from '@/components/advice/test-kit/advice-fixtures';
import { createProfile } from '@/lib/risk/profile';
import { lamports } from '@/lib/units/lamports';

const OTHER = createProfile(lamports(7_000_000_000n), 80);

describe('the profile in the browser', () => {
  it('starts with careful defaults and keeps nothing until something is chosen', () => {
    const storage = createMemoryStorage();
    const store = createProfileStore(storage);
    expect(store.get()).toEqual(defaultProfile());
    expect(store.get().bankrollLamports).toBe(DEFAULT_BANKROLL_LAMPORTS);
    expect(store.isChosen()).toBe(false);
    expect(storage.kept.size).toBe(0);
  });

  it('survives a reload, and forgets when reset', () => {
    const storage = createMemoryStorage();
    createProfileStore(storage).save(OTHER);
    const later = createProfileStore(storage);
    expect(later.get()).toEqual(OTHER);
    expect(later.isChosen()).toBe(true);
    later.reset();
    expect(createProfileStore(storage).get()).toEqual(defaultProfile());
  });

  it('takes over what another tab stored', () => {
    const storage = createMemoryStorage();
    const store = createProfileStore(storage);
    createProfileStore(storage).save(OTHER);
    expect(store.get()).toEqual(defaultProfile());
    store.reload();
    expect(store.get()).toEqual(OTHER);
  });

  it('says so when what is stored cannot be read, and goes on with the defaults', () => {
    const storage = createMemoryStorage();
    storage.setItem(PROFILE_KEY, '{"bankrollLamports":"-5"}');
    const store = createProfileStore(storage);
    expect(store.get()).toEqual(defaultProfile());
    expect(store.problem()).toContain('could not be read');
  });

  it('works without storage, and with one that refuses, and says it keeps nothing', () => {
    const refuse = () => {
      throw new Error('QuotaExceededError');
    };
    for (const storage of [null, { getItem: refuse, setItem: refuse, removeItem: refuse }]) {
      const store = createProfileStore(storage);
      store.save(OTHER);
      expect(store.get()).toEqual(OTHER);
      expect(store.problem()).toContain('until the page is closed');
      store.reset();
      expect(store.get()).toEqual(defaultProfile());
    }
  });

  it('takes a measured round trip for the defaults only', () => {
    const store = createProfileStore(createMemoryStorage());
    store.suggestLatency(35);
    expect(store.get().latencyMs).toBe(35);
    store.suggestLatency(NaN);
    expect(store.get().latencyMs).toBe(35);
    store.save(OTHER);
    store.suggestLatency(500);
    expect(store.get().latencyMs).toBe(80);
  });
});
