// Bets of a player written as the engine writes them, step by step through its own store: for tests, benches and the pages'
// end-to-end tests. What became of each bet is given; times follow from when it was prepared.
import type { RawSql } from '@/db/connect';
import type { VenueId } from '@/lib/bets/bet';
import type { BetAdvice } from '@/lib/bets/bet-advice';
import { payoutOf } from '@/lib/bets/bet-amounts';
import type { BetEvent } from '@/lib/bets/bet-event';
import type { BetSession } from '@/lib/bets/bet-session';
import type { BetTransaction } from '@/lib/bets/bet-transaction';
import { packAssessment } from '@/lib/protocol/compact-assessment';
import type { GameId } from '@/lib/units/game-id';
import { lamports, type Lamports } from '@/lib/units/lamports';
import { epochMs, type EpochMs } from '@/lib/units/time';
import { createPostgresBetStore } from '@/server/bets/store/postgres-bet-store';
import type { Changes } from '@/server/bets/store/bet-store';
import { createRecordDatabase } from '@/server/store/record-database';

export type RecordedOutcome = 'won' | 'lost' | 'void' | 'expired' | 'active';

export type RecordedBet = {
  readonly betId: string;
  readonly gameId: GameId;
  readonly preparedAt: EpochMs;
  readonly startTick: number;
  readonly stakeLamports: Lamports;
  readonly outcome: RecordedOutcome;
  readonly strategyId?: string | null;
  readonly advice?: BetAdvice | null;
};

export type RecordedSession = Omit<BetSession, 'openedAt' | 'lastBetAt'> & { readonly bets: readonly RecordedBet[] };

/** Bets of one session at a time; its account has to exist. Steps of a bet are written as one change. */
export async function recordSessions(
  { databaseUrl }: { databaseUrl: string },
  sessions: readonly RecordedSession[],
): Promise<void> {
  const database = createRecordDatabase({ databaseUrl });
  const clock = () => epochMs(Date.UTC(2026, 0, 1));
  const store = createPostgresBetStore({ writer: database, reader: database, readAccounts: async () => [], clock });
  try {
    for (const { bets, ...session } of sessions) {
      const times = bets.map((bet) => bet.preparedAt);
      const row = {
        ...session,
        openedAt: epochMs(Math.min(...times)),
        lastBetAt: epochMs(Math.max(...times) + STEP_MS),
      };
      await Promise.all(
        bets.map((bet) => store.run({ asks: {}, decide: () => ({ result: null, changes: changesOf(bet, row) }) })),
      );
    }
  } finally {
    await store.stop();
    await database.end();
  }
}

export async function insertAccount(sql: RawSql, accountId: string, publicKey: string): Promise<void> {
  await sql`
    insert into accounts (account_id, public_key, created_at, last_seen_at)
    values (${accountId}, ${publicKey}, '2026-01-01', '2026-01-01')`;
}

/** Where every bet here ends when it wins, and when it loses: inside and outside of the window. */
export const RUGS_AFTER = { won: 20, lost: 90 } as const;
const STEP_MS = 12_000;
const SUBMIT_MS = 400;
const ACTIVE_MS = 900;

function changesOf(bet: RecordedBet, session: BetSession): Changes {
  return {
    sessions: [session],
    events: eventsOf(bet, session).map((event) => ({ betId: bet.betId, event })),
    transactions: session.venue === 'practice' ? transactionsOf(bet) : [],
  };
}

function eventsOf(bet: RecordedBet, { accountId, sessionId, venue }: BetSession): BetEvent[] {
  const at = (afterMs: number) => bet.preparedAt + afterMs;
  const { startTick, outcome } = bet;
  const begun: BetEvent[] = [prepared(bet, { accountId, sessionId, venue })];
  if (outcome === 'expired') {
    return [...begun, { type: 'expired', payload: { reason: 'refused' }, occurredAt: at(SUBMIT_MS) }];
  }
  begun.push({ type: 'submitted', payload: {}, occurredAt: at(SUBMIT_MS) });
  if (outcome === 'void') {
    const voided: BetEvent = { type: 'voided', payload: { reason: 'game-ended' }, occurredAt: at(ACTIVE_MS) };
    const refunded = { lamports: String(bet.stakeLamports) };
    const rest: BetEvent[] = [
      { type: 'stake-finalized', payload: {}, occurredAt: at(STEP_MS) },
      { type: 'refunded', payload: refunded, occurredAt: at(STEP_MS) },
    ];
    return [...begun, voided, ...rest];
  }
  begun.push({ type: 'activated', payload: { startTick }, occurredAt: at(ACTIVE_MS) });
  if (outcome === 'active') return begun;
  const final: BetEvent = { type: 'stake-finalized', payload: {}, occurredAt: at(ACTIVE_MS + 1) };
  const rugTick = startTick + RUGS_AFTER[outcome];
  const settled: BetEvent = { type: outcome, payload: { rugTick }, occurredAt: at(STEP_MS) };
  if (outcome === 'lost') return [...begun, final, settled];
  const paid = { lamports: String(payoutOf({ stakeLamports: bet.stakeLamports, payout: PAYOUT })) };
  return [...begun, final, settled, { type: 'paid', payload: paid, occurredAt: at(STEP_MS + ACTIVE_MS) }];
}

const PAYOUT = 5;

function prepared(
  bet: RecordedBet,
  who: { readonly accountId: string; readonly sessionId: string; readonly venue: VenueId },
): BetEvent {
  return {
    type: 'prepared',
    payload: {
      ...who,
      clientKey: `client-${bet.betId}`,
      strategyId: bet.strategyId ?? null,
      stakeLamports: String(bet.stakeLamports),
      payout: PAYOUT,
      gameId: bet.gameId,
      tick: bet.startTick === 0 ? null : bet.startTick - 1,
      expiresAt: bet.preparedAt + 30_000,
      advice: bet.advice === undefined ? adviceAt(bet.startTick) : bet.advice,
    },
    occurredAt: bet.preparedAt,
  };
}

function transactionsOf({ betId, preparedAt, outcome }: RecordedBet): BetTransaction[] {
  if (outcome === 'expired') return [];
  const one = { betId, attempt: 1, bytes: null, lastValidBlockHeight: 150, slot: 42, status: 'finalized' } as const;
  const times = (afterMs: number) => ({
    sentAt: epochMs(preparedAt + afterMs),
    confirmedAt: epochMs(preparedAt + afterMs + 400),
    finalizedAt: epochMs(preparedAt + afterMs + 12_000),
  });
  const fee = { feeLamports: lamports(5_000n) };
  const stake: BetTransaction = { ...one, ...fee, role: 'stake', signature: `stake${betId}`, ...times(SUBMIT_MS) };
  const role = ({ won: 'payout', void: 'refund' } as const)[outcome as 'won' | 'void'];
  if (!role) return [stake];
  return [stake, { ...one, ...fee, role, signature: `${role}${betId}`, ...times(STEP_MS) }];
}

/** What a game by the published rule has said at every tick: wins 18.2 %, needs 20 %, do not bet. */
export function adviceAt(tick: number, parts: Partial<BetAdvice> = {}): BetAdvice {
  const value = 1 - 0.995 ** 40;
  const assessment = packAssessment({
    tick,
    winProbability: { value, lower: 0.172, upper: 0.191, level: 0.95, samples: 653 },
    breakEven: 0.2,
    payout: PAYOUT,
    expectedValue: PAYOUT * value - 1,
    zone: 'negative',
    hazard: 0.005,
    timing: {
      intervalMs: 250,
      reliability: 0.9,
      windowMs: { expected: 10_000, lower: 9_500, upper: 11_000 },
      acceptProbability: 0.99,
    },
    model: { id: 'published', version: '1' },
    adjustments: null,
    evidence: null,
  });
  return {
    tick,
    assessment,
    word: 'Skip',
    strategyId: 'do-not-bet',
    advisedLamports: '0',
    expectedValue: PAYOUT * value - 1,
    winProbability: value,
    stance: 'against',
    ...parts,
  };
}
