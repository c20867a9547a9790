import { describe, expect, it } from 'vitest';
import { walletSession } from '@/components/wallet/wallet-session';
import { hasSignInHint, onSignedOut, publish, SIGNED_OUT } from '@/components/wallet/wallet-session-state';

const SIGNED_IN = {
  status: 'signed-in',
  address: 'a',
  accountId: 'b',
  walletName: null,
  wallet: 'away',
  isPractice: false,
  outcome: null,
} as const;

describe('the cookie beside the sign-in', () => {
  it.each([
    ['fortytick_signed_in=1', true],
    ['theme=dark; fortytick_signed_in=1; x=2', true],
    ['fortytick_signed_in=', false],
    ['fortytick_signed_in=10', false],
    ['not_fortytick_signed_in=1', false],
    ['', false],
  ])('in "%s" is seen: %s', (cookies, isThere) => {
    expect(hasSignInHint(cookies)).toBe(isThere);
  });
});

describe('what a page keeps of a player', () => {
  it('is cleared each time one is signed out, and not when nobody was signed in', () => {
    let cleared = 0;
    const off = onSignedOut(() => (cleared += 1));
    publish({ status: 'connecting', walletName: 'Phantom' });
    publish(SIGNED_OUT);
    expect(cleared).toBe(0);
    publish(SIGNED_IN);
    publish(SIGNED_OUT);
    publish({ status: 'restoring' });
    publish(SIGNED_OUT);
    expect(cleared).toBe(2);
    off();
    publish(SIGNED_IN);
    publish(SIGNED_OUT);
    expect(cleared).toBe(2);
    expect(walletSession.get()).toBe(SIGNED_OUT);
  });
});
