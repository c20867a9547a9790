// The verbs of a player's practice wallet: what is in it, practice SOL for it, and paper money set back to the bankroll.
import { betProblem, type BetProblem } from '@/lib/protocol/bet-problem';
import type { AirdropAnswer, PaperBalance, PracticeBalance } from '@/lib/protocol/ledger-api';
import { duration, sol } from '@/lib/risk/words';
import { err, ok, type Result } from '@/lib/units/result';
import { AIRDROP_LAMPORTS, AIRDROPS_A_DAY } from '@/server/bets/reconcile/airdrop-allowance';
import type { LedgerContext } from '@/server/bets/reconcile/ledger-context';
import { readPublicKey } from '@/server/bets/reconcile/read-ledger';
import { resetPaperBalance } from '@/server/bets/venues/paper/paper-account';

export async function getPracticeBalance(
  ctx: LedgerContext,
  accountId: string,
): Promise<Result<PracticeBalance, BetProblem>> {
  const address = await ctx.database.use((sql) => readPublicKey(sql, accountId));
  if (address === null) return err(noAccount());
  try {
    const [balance, least, airdropsLeft] = await Promise.all([
      ctx.chain.balance(address, 'confirmed'),
      ctx.chain.rentExemptLamports(),
      ctx.chain.cluster === 'practice' ? ctx.allowance.left(address) : 0,
    ]);
    return ok({
      address,
      cluster: ctx.chain.cluster,
      rpcUrl: ctx.rpcUrl,
      lamports: balance.toString(),
      leastLamports: least.toString(),
      airdropsLeft,
    });
  } catch {
    return err(chainIsAway());
  }
}

export async function requestAirdrop(
  ctx: LedgerContext,
  accountId: string,
): Promise<Result<AirdropAnswer, BetProblem>> {
  if (ctx.chain.cluster !== 'practice') {
    const message = 'Practice SOL is given on the practice chain only. On a test cluster, use its own faucet.';
    return err(betProblem('venue-unavailable', message));
  }
  const address = await ctx.database.use((sql) => readPublicKey(sql, accountId));
  if (address === null) return err(noAccount());
  const taken = await ctx.allowance.take(address).catch(() => 'unknown' as const);
  if (taken === 'unknown') return err(chainIsAway());
  if (!taken) {
    const waitMs = await ctx.allowance.waitMs(address);
    const message = `You had ${AIRDROPS_A_DAY} airdrops of ${sol(AIRDROP_LAMPORTS)} within a day. The next one is free in ${duration(waitMs)}.`;
    return err(betProblem('rate-limited', message, { retryAfterMs: waitMs }));
  }
  try {
    const signature = await ctx.chain.airdrop(address, AIRDROP_LAMPORTS);
    return ok({ signature, lamports: AIRDROP_LAMPORTS.toString(), airdropsLeft: taken.left });
  } catch {
    taken.giveBack();
    return err(chainIsAway());
  }
}

export async function resetPaper(ctx: LedgerContext, accountId: string): Promise<Result<PaperBalance, BetProblem>> {
  const reset = await resetPaperBalance(ctx.database, { accountId, now: ctx.clock() });
  return reset.ok ? ok({ lamports: reset.value.toString() }) : reset;
}

function noAccount(): BetProblem {
  return betProblem('not-found', 'There is no such account.');
}

function chainIsAway(): BetProblem {
  return betProblem('venue-unavailable', 'The chain does not answer right now. Try again in a moment.', {
    retryAfterMs: 2_000,
  });
}
