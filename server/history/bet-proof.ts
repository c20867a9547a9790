// All that proves how one bet was settled: the bet, its game with the integrity checks and the prices of the window, its events
// in the log, its transactions. Whoever has the link may read it, so that nothing here names a wallet or an account: the
// events' payloads stay out, and of what the chain says no address is passed on. Called by sessions-history only.
import { sql } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Bet } from '@/lib/bets/bet';
import type { BetAdvice } from '@/lib/bets/bet-advice';
import { netOf, payoutOf } from '@/lib/bets/bet-amounts';
import { toBetView } from '@/lib/bets/to-bet-view';
import { ZONES } from '@/lib/decision/zone';
import { sideBetWins } from '@/lib/game/rules';
import type { GameChecks, StoredGame } from '@/lib/protocol/games-api';
import { betProofSchema, type BetProof } from '@/lib/protocol/sessions-api';
import { readGamePath } from '@/server/history/game-detail';
import {
  BET_TRANSACTIONS_JSON,
  STORED_BET_JSON,
  toBet,
  toTransactions,
  type BetTransactionJson,
  type StoredBetJson,
} from '@/server/history/stored-bet';
import { msOf } from '@/server/history/stored-game';

/** The proof as the record has it; what the practice chain says of the transactions is added by the verb. */
export type RecordedProof = Omit<BetProof, 'cluster'>;

type Row = {
  readonly bet: StoredBetJson;
  readonly transactions: BetTransactionJson[] | null;
  readonly events: BetProof['events'] | null;
  readonly checks: GameChecks | null;
};

export async function readBetProof(db: PostgresJsDatabase, betId: string): Promise<RecordedProof | null> {
  const [row] = await db.execute<Row>(proofStatement(betId));
  if (!row) return null;
  const bet = toBet(row.bet);
  const found = await readGamePath(db, bet.gameId);
  const game = found?.game ?? null;
  return {
    bet: betProofSchema.shape.bet.parse(toBetView(bet, [])),
    game,
    checks: row.checks,
    rule: applyRule(bet, game),
    path: cutPath(bet, found?.path.prices ?? []),
    advice: bet.advice && toAdvice(bet.advice),
    events: row.events ?? [],
    transactions: toTransactions(row.transactions, betId).map(
      ({ betId: _, bytes: _bytes, lastValidBlockHeight: _height, feeLamports, ...rest }) => ({
        ...rest,
        feeLamports: feeLamports === null ? null : String(feeLamports),
        chain: null,
      }),
    ),
    money: { payoutLamports: String(payoutOf(bet)), netLamports: netOf(bet)?.toString() ?? null },
  };
}

/** A bet has a dozen events; a stream that is longer is damaged, and its beginning says enough. */
const EVENTS_MAX = 50;

function proofStatement(betId: string) {
  return sql`
    select ${STORED_BET_JSON} as bet, ${BET_TRANSACTIONS_JSON} as transactions,
      (select json_agg(json_build_object('version', e.version, 'position', e.position, 'type', e.type,
          'occurredAt', ${sql.raw(msOf('e.occurred_at'))}, 'recordedAt', ${sql.raw(msOf('e.recorded_at'))},
          'hash', encode(e.hash, 'hex'), 'previousHash', encode(e.previous_hash, 'hex')) order by e.version)
        from (
          select * from events where stream = ${`bet:${betId}`} order by version limit ${EVENTS_MAX}::integer
        ) e) as events,
      (select json_build_object('checkedAt', ${sql.raw(msOf('c.checked_at'))}, 'status', c.status, 'checks', c.checks)
        from game_checks c where c.game_id = b.game_id) as checks
    from bets b where b.bet_id = ${betId}`;
}

/** On the game as the record has it now, whatever the bet says: the two are to agree. */
function applyRule({ state, startTick }: Bet, game: StoredGame | null): BetProof['rule'] {
  const rugTick = game?.rugTick ?? null;
  if (startTick === null || rugTick === null) return { outcome: null, agrees: null };
  const outcome = sideBetWins({ startTick, rugTick }) ? 'won' : 'lost';
  const settled = state === 'won' || state === 'paid' ? 'won' : state === 'lost' ? 'lost' : null;
  return { outcome, agrees: settled === null ? null : settled === outcome };
}

/** Ticks shown before and after the window. */
const MARGIN_TICKS = 20;

function cutPath({ startTick, endTick }: Bet, prices: readonly (number | null)[]): BetProof['path'] {
  if (startTick === null || endTick === null) return { firstTick: 0, prices: [] };
  const firstTick = Math.max(0, startTick - MARGIN_TICKS);
  return { firstTick, prices: prices.slice(firstTick, endTick + MARGIN_TICKS + 1) };
}

function toAdvice({ assessment, ...advice }: BetAdvice): BetProof['advice'] {
  const { tick, word, strategyId, advisedLamports, expectedValue, stance, winProbability } = advice;
  const [, lower = null, upper = null, , , zone = -1] = assessment?.a ?? [];
  return {
    tick,
    word,
    strategyId,
    advisedLamports,
    expectedValue,
    stance,
    winProbability,
    lower,
    upper,
    breakEven: assessment && 1 / assessment.x,
    zone: ZONES[zone] ?? null,
    model: assessment?.m ?? null,
  };
}
