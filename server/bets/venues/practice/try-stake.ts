// Tries a stake out before the player signs it: can the wallet pay it, does it keep what the network asks every account to
// keep, and what does a trial run say. Each refusal is told in words. Pure but for the questions to the chain.
import { betProblem, type BetProblem } from '@/lib/protocol/bet-problem';
import { sol } from '@/lib/risk/words';
import { lamports, type Lamports } from '@/lib/units/lamports';
import { err, ok, type Result } from '@/lib/units/result';
import type { Simulation } from '@/server/chain/chain';

export type WalletAfter = { readonly balanceAfterLamports: Lamports };

/** The least balance counts for the player too: an account below it can neither pay a fee nor take every payment. */
export function checkWallet({
  balanceLamports,
  stakeLamports,
  feeLamports,
  leastLamports,
}: {
  balanceLamports: Lamports;
  stakeLamports: Lamports;
  feeLamports: Lamports;
  leastLamports: Lamports;
}): Result<WalletAfter, BetProblem> {
  const needed = stakeLamports + feeLamports;
  const after = balanceLamports - needed;
  if (after >= leastLamports) return ok({ balanceAfterLamports: lamports(after) });
  const message =
    after < 0n
      ? `Your wallet holds ${sol(balanceLamports)}; the stake and the network fee are ${sol(needed)}. Nothing moved.`
      : `The bet would leave ${sol(after)} in your wallet, below the ${sol(leastLamports)} that the network asks every ` +
        'account to keep. Stake less. Nothing moved.';
  return err(betProblem('insufficient-balance', message));
}

export function explainSimulation(simulation: Simulation): BetProblem | null {
  if (simulation.ok) return null;
  const told = [simulation.error, ...simulation.logs].join('\n');
  if (/insufficient ?(lamports|funds)|AccountNotFound|prior credit/i.test(told) && !/rent/i.test(simulation.error)) {
    return betProblem('insufficient-balance', 'A trial run says that your wallet cannot pay the stake. Nothing moved.');
  }
  if (/rent/i.test(simulation.error)) {
    return betProblem(
      'insufficient-balance',
      'A trial run says that too little would stay in your wallet: the network asks every account to keep a little. ' +
        'Stake less. Nothing moved.',
    );
  }
  if (/blockhash/i.test(told)) {
    return betProblem(
      'blockhash-expired',
      'The chain moved on while the bet was prepared. Place it again; nothing moved.',
    );
  }
  return betProblem('would-fail', `A trial run of the transaction fails: ${simulation.error}. Nothing moved.`);
}
