import { describe, expect, it, vi } from 'vitest';
import { reachPhoneApps } from '@/components/wallet/ports/reach-phone-apps';
import { toOutcome } from '@/lib/wallet/to-outcome';

/** A browser whose permission takes these states, one after another. */
function browser(...states: (PermissionState | null)[]) {
  const query = vi.fn(async () => {
    const state = states.length > 1 ? states.shift()! : states[0]!;
    if (state === null) throw new TypeError('loopback-network is not a valid permission name');
    return { state } as PermissionStatus;
  });
  return { query };
}
const nobodyAnswers = () => Promise.reject(new TypeError('Failed to fetch'));
const outcomeOf = async (...states: (PermissionState | null)[]) => {
  const thrown = await reachPhoneApps(browser(...states), nobodyAnswers).catch((error: unknown) => error);
  return toOutcome(thrown, { errand: 'sign-in', walletName: 'Wallet' }).code;
};

describe('reaching apps of the same phone', () => {
  it('is free where it was allowed before, and where the browser asks for nothing', async () => {
    const knock = vi.fn(nobodyAnswers);
    await reachPhoneApps(browser('granted'), knock);
    await reachPhoneApps(browser(null), knock);
    expect(knock).not.toHaveBeenCalled();
  });

  it('makes the browser ask, and then wants the tap again that opening an app needs', async () => {
    const knock = vi.fn(nobodyAnswers);
    await expect(reachPhoneApps(browser('prompt', 'granted'), knock)).rejects.toThrow('allowed by now');
    expect(knock).toHaveBeenCalledTimes(1);
    expect(await outcomeOf('prompt', 'granted')).toBe('phone-allowed');
  });

  it('is told apart from a wallet that refuses, when the browser was told no', async () => {
    expect(await outcomeOf('prompt', 'denied')).toBe('phone-blocked');
    expect(await outcomeOf('prompt', 'prompt')).toBe('phone-blocked');
    expect(await outcomeOf('denied')).toBe('phone-blocked');
  });
});
