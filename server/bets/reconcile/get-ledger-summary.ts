// The verb behind GET /api/ledger/summary: all accounts, their sum, and how the chain compares.
import type { LedgerSummary } from '@/lib/protocol/ledger-api';
import type { LedgerContext } from '@/server/bets/reconcile/ledger-context';
import { readAccountTotals, readOwnTotals } from '@/server/bets/reconcile/read-ledger';

export async function getLedgerSummary(ctx: LedgerContext, accountId: string | null): Promise<LedgerSummary> {
  const [totals, own] = await ctx.database.use(async (sql) => [
    await readAccountTotals(sql),
    accountId === null ? null : await readOwnTotals(sql, accountId),
  ]);
  const comparison = ctx.comparison();
  return {
    accounts: totals.map((total) => ({ ...total, lamports: total.lamports.toString() })),
    sum: totals.reduce((sum, { lamports }) => sum + lamports, 0n).toString(),
    own: own && own.map(({ account, lamports }) => ({ account, lamports: lamports.toString() })),
    chain: {
      address: ctx.address,
      cluster: ctx.chain.cluster,
      lamports: comparison && comparison.chainLamports.toString(),
      expectedLamports: comparison && comparison.expectedLamports.toString(),
      matches: comparison && comparison.differences.length === 0,
      checkedAt: comparison && comparison.checkedAt,
      differences: [...(comparison?.differences ?? [])],
    },
  };
}
