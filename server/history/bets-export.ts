// The export of a player's bets: one a line, oldest first, with what was said at placement and the transactions. Amounts are
// numbers, so that a spreadsheet can add them up: lamports exact, SOL beside them. Called by export-bets.
import { sql, type SQL } from 'drizzle-orm';
import { netOf } from '@/lib/bets/bet-amounts';
import { toBetView } from '@/lib/bets/to-bet-view';
import type { BetView } from '@/lib/protocol/bets-api';
import type { Cell } from '@/lib/units/csv';
import type { Result } from '@/lib/units/result';
import { createRowWriter, type ExportColumn } from '@/server/history/export-rows';
import { toInstant } from '@/server/history/games-filter';
import type { RowExports } from '@/server/history/row-exports';
import type { BetsExportQuery } from '@/server/history/sessions-parameters';
import {
  BET_TRANSACTIONS_JSON,
  STORED_BET_JSON,
  toBet,
  toTransactions,
  type BetTransactionJson,
  type StoredBetJson,
} from '@/server/history/stored-bet';
import type { Problem } from '@/server/http/problem';

export type BetsExports = {
  openBets(request: {
    accountId: string;
    query: BetsExportQuery;
    signal?: AbortSignal;
  }): Promise<Result<ReadableStream<Uint8Array>, Problem>>;
};

export function createBetsExports(rows: Pick<RowExports, 'openRows'>): BetsExports {
  return {
    openBets({ accountId, query, signal }) {
      const writer = createRowWriter(BET_COLUMNS, query.format);
      return rows.openRows<Row>({
        statement: betsStatement(accountId, query),
        head: writer.head,
        line: (row) => writer.line(toExported(row)),
        ...(signal && { signal }),
      });
    },
  };
}

type Row = { readonly bet: StoredBetJson; readonly transactions: BetTransactionJson[] | null };
type Exported = BetView & { readonly netLamports: bigint | null };

function toExported({ bet: stored, transactions }: Row): Exported {
  const bet = toBet(stored);
  return { ...toBetView(bet, toTransactions(transactions, bet.betId)), netLamports: netOf(bet) };
}

function betsStatement(accountId: string, { venue, sessionId, from, to }: BetsExportQuery): SQL {
  const parts = [
    sql`b.account_id = ${accountId}`,
    venue === undefined ? null : sql`b.venue = ${venue}`,
    sessionId === undefined ? null : sql`b.session_id = ${sessionId}`,
    from === undefined ? null : sql`b.prepared_at >= ${toInstant(from)}`,
    to === undefined ? null : sql`b.prepared_at < ${toInstant(to)}`,
  ];
  const condition = sql.join(
    parts.filter((part) => part !== null),
    sql` and `,
  );
  return sql`
    select ${STORED_BET_JSON} as bet, ${BET_TRANSACTIONS_JSON} as transactions
    from bets b where ${condition} order by b.prepared_at, b.bet_id`;
}

const BET_COLUMNS: readonly ExportColumn<Exported>[] = [
  { name: 'betId', of: (bet) => bet.id },
  { name: 'venue', of: (bet) => bet.venue },
  { name: 'sessionId', of: (bet) => bet.sessionId },
  { name: 'state', of: (bet) => bet.state },
  { name: 'reason', of: (bet) => bet.reason?.code ?? null },
  { name: 'preparedAt', of: (bet) => toIso(bet.preparedAt) },
  { name: 'submittedAt', of: (bet) => toIso(bet.submittedAt) },
  { name: 'activeAt', of: (bet) => toIso(bet.activeAt) },
  { name: 'settledAt', of: (bet) => toIso(bet.settledAt) },
  { name: 'gameId', of: (bet) => bet.gameId },
  { name: 'preparedTick', of: (bet) => bet.preparedTick },
  { name: 'startTick', of: (bet) => bet.startTick },
  { name: 'endTick', of: (bet) => bet.endTick },
  { name: 'rugTick', of: (bet) => bet.rugTick },
  { name: 'payout', of: (bet) => bet.payout },
  { name: 'stakeLamports', of: (bet) => toAmount(BigInt(bet.stakeLamports)) },
  { name: 'stakeSol', of: (bet) => toSol(BigInt(bet.stakeLamports)) },
  { name: 'netLamports', of: (bet) => toAmount(bet.netLamports) },
  { name: 'netSol', of: (bet) => toSol(bet.netLamports) },
  { name: 'paidLamports', of: (bet) => toAmount(bet.paidLamports === null ? null : BigInt(bet.paidLamports)) },
  { name: 'strategyId', of: (bet) => bet.strategyId },
  { name: 'stance', of: (bet) => bet.stance },
  { name: 'winProbability', of: (bet) => bet.winProbability },
  { name: 'expectedValue', of: (bet) => bet.expectedValue },
  { name: 'zone', of: (bet) => bet.zone },
  { name: 'stakeSignature', of: (bet) => signatureOf(bet, ['stake']) },
  { name: 'backSignature', of: (bet) => signatureOf(bet, ['payout', 'refund']) },
];

/** The one that landed, else the newest. */
function signatureOf({ transactions }: BetView, roles: readonly string[]): string | null {
  const ours = transactions.filter(({ role }) => roles.includes(role));
  const landed = ours.findLast(({ status }) => status === 'finalized' || status === 'confirmed');
  return (landed ?? ours.at(-1))?.signature ?? null;
}

/** A number as long as it is exact; stakes are far below that. */
function toAmount(amount: bigint | null): Cell {
  if (amount === null) return null;
  return BigInt(Number(amount)) === amount ? Number(amount) : String(amount);
}

function toSol(amount: bigint | null): Cell {
  return amount === null ? null : Number(amount) / 1e9;
}

function toIso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
