import { describe, expect, it } from 'vitest';
import { WALLET_OUTCOMES, walletOutcome, type OutcomeContext, type WalletErrand } from '@/lib/wallet/outcome';

const ERRANDS: readonly WalletErrand[] = ['connect', 'sign-in', 'transaction', 'disconnect'];
const all = (context: Partial<OutcomeContext> = {}) =>
  ERRANDS.flatMap((errand) =>
    WALLET_OUTCOMES.map((code) => walletOutcome(code, { errand, walletName: 'Phantom', ...context })),
  );

describe('the outcomes of asking a wallet', () => {
  it('each have words of their own and a way on', () => {
    for (const errand of ERRANDS) {
      const outcomes = WALLET_OUTCOMES.map((code) => walletOutcome(code, { errand, walletName: 'Phantom' }));
      expect(new Set(outcomes.map(({ title }) => title)).size).toBe(WALLET_OUTCOMES.length);
      expect(new Set(outcomes.map(({ detail }) => detail)).size).toBe(WALLET_OUTCOMES.length);
    }
    for (const { wayOn, detail } of all()) {
      expect(wayOn).not.toBe('');
      expect(detail).toMatch(/[.”]$/);
    }
  });

  it('of a transaction never leave open whether money moved', () => {
    for (const code of WALLET_OUTCOMES.filter((one) => !one.startsWith('sign-in'))) {
      const { detail } = walletOutcome(code, { errand: 'transaction', walletName: 'Phantom' });
      expect(detail, code).toMatch(/nothing was (?:paid|sent)|was not sent/i);
    }
  });

  it('pass on what the wallet or the server said', () => {
    const said = 'The nonce was used before.';
    expect(walletOutcome('sign-in-refused', { errand: 'sign-in', walletName: 'Phantom', said }).detail).toBe(said);
    expect(walletOutcome('failed', { errand: 'connect', walletName: 'Phantom', said }).detail).toContain(said);
  });

  it('speak no code to the player', () => {
    for (const { title, detail } of all()) expect(`${title} ${detail}`).not.toMatch(/-?\d{3,}|undefined|null|Error/);
  });
});
