import { describe, expect, it, vi } from 'vitest';
import { createPlayerAccount, type Balances } from '@/components/bet/player-account';
import type { AccountState } from '@/components/safety/account-store';
import { NOW_MS } from '@/components/live/test-kit/live-fixtures';
import { defaultSafety, defaultSettings } from '@/lib/account/default-account';
import type { AccountView } from '@/lib/protocol/account-api';
import { safetyToJson } from '@/lib/safety/safety-json';
import { settingsToJson } from '@/lib/safety/settings-json';
import { lamports } from '@/lib/units/lamports';
import { epochMs } from '@/lib/units/time';

const NOBODY: AccountState = { view: null, clockOffsetMs: 0, problem: null };
const settings = { ...defaultSettings(), bankrollLamports: lamports(7n) };
const safety = defaultSafety(epochMs(NOW_MS));
const KNOWN: AccountState = {
  view: {
    account: { settings: settingsToJson(settings), safety: safetyToJson(safety), playerId: 'did:privy:1' },
  } as AccountView,
  clockOffsetMs: 40,
  problem: null,
};
const HELD: Balances = { practice: lamports(5n), paper: lamports(6n), assisted: null };

function aPlayer(answer: () => Promise<Balances> = async () => HELD) {
  let state = NOBODY;
  const listeners = new Set<() => void>();
  const player = createPlayerAccount(
    { get: () => state, subscribe: (listener) => (listeners.add(listener), () => listeners.delete(listener)) },
    answer,
  );
  const tell = (next: AccountState) => {
    state = next;
    listeners.forEach((listener) => listener());
  };
  return { player, tell };
}

describe('the account as the ticket needs it', () => {
  it('is nobody’s until it is known, and then what the server told, read back', () => {
    const { player, tell } = aPlayer();
    expect(player.get().account).toBeNull();
    tell(KNOWN);
    expect(player.get()).toMatchObject({ account: { settings, safety, playerId: 'did:privy:1' }, clockOffsetMs: 40 });
    expect(player.get()).toBe(player.get());
  });

  it('learns what is held, and keeps it while the account changes', async () => {
    const { player, tell } = aPlayer();
    tell(KNOWN);
    player.get();
    player.refreshBalances();
    await vi.waitFor(() => expect(player.get().balances).toEqual(HELD));
    tell({ ...KNOWN, clockOffsetMs: 50 });
    expect(player.get()).toMatchObject({ balances: HELD, clockOffsetMs: 50 });
    tell(NOBODY);
    expect(player.get().balances.practice).toBeNull();
  });

  it('forgets an answer that comes after the player left', async () => {
    let answer = (_: Balances) => {};
    const { player, tell } = aPlayer(() => new Promise((resolve) => (answer = resolve)));
    tell(KNOWN);
    player.get();
    player.refreshBalances();
    player.clear();
    answer(HELD);
    await Promise.resolve();
    expect(player.get().balances.practice).toBeNull();
  });
});
