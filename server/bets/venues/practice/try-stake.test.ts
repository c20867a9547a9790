import { describe, expect, it } from 'vitest';
import { lamports } from '@/lib/units/lamports';
import { checkWallet, explainSimulation } from '@/server/bets/venues/practice/try-stake';

const terms = {
  stakeLamports: lamports(50_000_000n),
  feeLamports: lamports(5_000n),
  leastLamports: lamports(890_880n),
};
const wallet = (balance: bigint) => checkWallet({ ...terms, balanceLamports: lamports(balance) });

describe('a wallet before a stake', () => {
  it('keeps the least that the network asks for, to the last lamport', () => {
    expect(wallet(50_895_880n)).toEqual({ ok: true, value: { balanceAfterLamports: 890_880n } });
    expect(wallet(50_895_879n)).toMatchObject({ error: { code: 'insufficient-balance' } });
    expect(wallet(50_005_000n)).toMatchObject({ error: { message: expect.stringMatching(/would leave 0 SOL/) } });
  });

  it('that cannot pay is told what it holds and what is needed', () => {
    const poor = wallet(40_000_000n);
    expect(!poor.ok && poor.error.message).toBe(
      'Your wallet holds 0.04 SOL; the stake and the network fee are 0.050005 SOL. Nothing moved.',
    );
  });
});

describe('a trial run', () => {
  const told = (error: string, logs: readonly string[] = []) => explainSimulation({ ok: false, error, logs });

  it('that succeeds stands in nothing’s way', () => {
    expect(explainSimulation({ ok: true, feeLamports: lamports(5_000n), unitsConsumed: 300 })).toBeNull();
  });

  it.each([
    ['insufficient-balance', '{"InstructionError":[0,{"Custom":1}]}', ['Transfer: insufficient lamports 5, need 10']],
    ['insufficient-balance', 'InsufficientFundsForFee', []],
    ['insufficient-balance', '{"InsufficientFundsForRent":{"account_index":0}}', []],
    ['insufficient-balance', 'AccountNotFound', []],
    ['blockhash-expired', 'BlockhashNotFound', []],
    ['would-fail', '{"InstructionError":[1,"ComputationalBudgetExceeded"]}', []],
  ])('that fails is told as %s for %s', (code, error, logs) => {
    expect(told(error, logs)).toMatchObject({ code, message: expect.stringMatching(/[Nn]othing moved/) });
  });

  it('tells too little left from too little held', () => {
    expect(told('{"InsufficientFundsForRent":{"account_index":0}}')?.message).toMatch(/too little would stay/);
    expect(told('InsufficientFundsForFee')?.message).toMatch(/cannot pay/);
  });
});
