// One session of a player: its bets, its figures and the advice it did not answer, from one statement, so that all of it is of
// one moment; a long session's older bets are read on after it. Called by sessions-history only.
import { setImmediate } from 'node:timers/promises';
import { sql, type SQL } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { toBetView } from '@/lib/bets/to-bet-view';
import type { GameSource } from '@/lib/game/game-source';
import type { SessionBet } from '@/lib/performance/session-bet';
import { thinCurve } from '@/lib/performance/session-equity';
import type { SessionGroup } from '@/lib/performance/session-groups';
import type { AdvisedBet } from '@/lib/performance/session-ledger';
import { reportInSteps, type SessionReport } from '@/lib/performance/session-report';
import {
  CURVE_POINTS_MAX,
  SESSION_BETS_LISTED,
  SKIPPED_MAX,
  type SessionDetail,
  type SessionGroupView,
  type SessionSummary,
  type SkippedBet,
} from '@/lib/protocol/sessions-api';
import { lamports } from '@/lib/units/lamports';
import { SESSION_COUNTS, SESSION_JSON } from '@/server/history/list-sessions';
import { readSessionBets, sessionBetsStatement } from '@/server/history/session-bets';
import {
  BET_TRANSACTIONS_JSON,
  STORED_BET_JSON,
  toBet,
  toTransactions,
  type BetTransactionJson,
  type SessionBetJson,
  type StoredBetJson,
} from '@/server/history/stored-bet';

type Row = {
  readonly session: SessionSummary;
  readonly bets: readonly { readonly bet: StoredBetJson; readonly transactions: BetTransactionJson[] | null }[];
  readonly counted: readonly SessionBetJson[];
  readonly advised: readonly SkippedBet[];
};

/** Null when there is no such session, or it is another player's. */
export async function readSessionDetail(
  db: PostgresJsDatabase,
  { accountId, sessionId, source }: { accountId: string; sessionId: string; source: GameSource },
): Promise<Omit<SessionDetail, 'cluster'> | null> {
  const [row] = await db.execute<Row>(detailStatement({ accountId, sessionId, source }));
  if (!row) return null;
  const bets = await readSessionBets(db, { sessionId, newest: row.counted });
  const report = await compute(bets, row.advised.map(toAdvised));
  return toDetail(row, { report, uncounted: Math.max(0, row.session.bets - bets.length) });
}

/** Ticks go through this process too: between two steps they have their turn. */
async function compute(bets: readonly SessionBet[], advised: readonly AdvisedBet[]): Promise<SessionReport> {
  const steps = reportInSteps(bets, advised);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await setImmediate();
  }
}

/** Advice of one session at most: a day and night of a bet in every window. */
const ADVISED_MAX = 2_000;

/** A game takes 21 minutes at most, and is listed by its end. */
const GAME_LASTS = `interval '25 minutes'`;

function detailStatement({
  accountId,
  sessionId,
  source,
}: {
  accountId: string;
  sessionId: string;
  source: GameSource;
}): SQL {
  return sql`
    select ${SESSION_JSON} as session,
      (select coalesce(json_agg(json_build_object('bet', ${STORED_BET_JSON}, 'transactions', ${BET_TRANSACTIONS_JSON})
          order by b.prepared_at desc, b.bet_id desc), '[]')
        from (
          select * from bets where session_id = s.session_id order by prepared_at desc, bet_id desc
          limit ${SESSION_BETS_LISTED}::integer
        ) b) as bets,
      (${sessionBetsStatement(sql`s.session_id`)}) as counted,
      (select coalesce(json_agg(json_build_object('gameId', r.game_id, 'tick', r.tick, 'startTick', r.start_tick,
          'stakeLamports', r.stake_lamports::text, 'outcome', r.outcome, 'netLamports', r.profit_lamports::text)
          order by r.made_at), '[]')
        from (
          select r.* from games g join recommendations r on r.game_id = g.game_id
          where g.source = ${source} and g.listed_at >= s.opened_at
            and g.listed_at <= s.last_bet_at + ${sql.raw(GAME_LASTS)}
            and r.made_at between s.opened_at and s.last_bet_at
            and r.action = 'bet' and r.priority = 1 and r.word in ('Bet', 'Hedge') and r.origin = 'live'
          order by r.made_at limit ${ADVISED_MAX}::integer
        ) r) as advised
    from bet_sessions s
    cross join lateral ${SESSION_COUNTS} c
    where s.session_id = ${sessionId} and s.account_id = ${accountId}`;
}

function toDetail(
  { session, bets: rows }: Row,
  { report, uncounted }: { report: SessionReport; uncounted: number },
): Omit<SessionDetail, 'cluster'> {
  const bets = rows.map(({ bet, transactions }) => ({
    bet: toBet(bet),
    transactions: toTransactions(transactions, bet.betId),
  }));
  const { equity, luck, roi, sharpe, streak, skipped } = report;
  return {
    session,
    figures: {
      peakLamports: String(equity.peakLamports),
      drawdownLamports: String(equity.drawdownLamports),
      currentDrawdownLamports: String(equity.currentDrawdownLamports),
      luck,
      roi,
      sharpe,
      streak,
    },
    curve: thinCurve(equity.points, CURVE_POINTS_MAX).map((point) => ({
      ...point,
      netLamports: String(point.netLamports),
    })),
    byStrategy: report.byStrategy.map(toGroupView),
    byZone: report.byZone.map(toGroupView),
    ledger: report.ledger.map((one) => ({
      ...one,
      advisedLamports: String(one.advisedLamports),
      takenLamports: String(one.takenLamports),
      netLamports: String(one.netLamports),
    })),
    skipped: skipped.slice(0, SKIPPED_MAX).map(toSkippedView),
    bets: bets.map(({ bet, transactions }) => toBetView(bet, transactions)),
    omitted: {
      bets: session.bets - bets.length,
      uncounted,
      skipped: Math.max(0, skipped.length - SKIPPED_MAX),
    },
  };
}

function toAdvised({ stakeLamports, netLamports, ...rest }: SkippedBet): AdvisedBet {
  return {
    ...rest,
    stakeLamports: lamports(BigInt(stakeLamports)),
    netLamports: netLamports === null ? null : lamports(BigInt(netLamports)),
  };
}

function toSkippedView({ stakeLamports, netLamports, ...rest }: AdvisedBet): SkippedBet {
  return {
    ...rest,
    stakeLamports: String(stakeLamports),
    netLamports: netLamports === null ? null : String(netLamports),
  };
}

function toGroupView(group: SessionGroup): SessionGroupView {
  return { ...group, stakedLamports: String(group.stakedLamports), netLamports: String(group.netLamports) };
}
