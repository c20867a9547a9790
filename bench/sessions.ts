// How long the pages of a player's bets take to answer, written out as JSON: the list of sessions with its totals by day, a session
// of 1,000 bets with all its figures, an ordinary one, and the proof of a bet; beside 20,000 bets of other players. The promise:
// p95 under 50 ms. A PostgreSQL of its own, in a temporary folder.
import { withDatabase } from '@/bench/support/with-database';
import { connectRaw, type RawSql } from '@/db/connect';
import { percentile, round } from '@/lib/math/percentile';
import { createRandom, type Random } from '@/server/simulator/random';
import { gameId } from '@/lib/units/game-id';
import { lamports } from '@/lib/units/lamports';
import { epochMs } from '@/lib/units/time';
import { signInId } from '@/server/auth/sign-in-id';
import { getBetProof, getSession, getSessions } from '@/server/history/get-sessions';
import { createSessionsHistory, type SessionsHistory } from '@/server/history/sessions-history';
import {
  insertAccount,
  recordSessions,
  type RecordedBet,
  type RecordedSession,
} from '@/server/history/test-kit/recorded-bets';
import { seedGames, SEED_UNTIL } from '@/server/seed/seed-games';
import { createReader } from '@/server/store/reader';

const LARGE_BETS = 1_000;
const ORDINARY_BETS = 20;
const ORDINARY_SESSIONS = 25;
const OTHERS = 40;
const GAMES = 2_000;
const ASKED = 60;
/** The first questions prepare statements and read pages of the database into memory. */
const WARM_UP = 5;
const P95_PROMISE_MS = 50;
const MINUTE_MS = 60_000;
const STATEMENT_LIMIT_MS = 900_000;

export async function run() {
  return withDatabase(({ databaseUrl }) => measure(databaseUrl));
}

async function measure(databaseUrl: string) {
  const { sql, destroy } = connectRaw({ databaseUrl, statementLimitMs: STATEMENT_LIMIT_MS });
  const reader = createReader({ databaseUrl });
  try {
    const world = await fill(sql, databaseUrl);
    const times: Record<string, number[]> = {};
    for (const [name, ask] of Object.entries(questions(createSessionsHistory(reader), world))) {
      times[name] = await timesOf(name, ask);
    }
    const endpoints = Object.fromEntries(
      Object.entries(times).map(([name, all]) => [
        name,
        { p50Ms: round(percentile(all, 0.5), 2), p95Ms: round(percentile(all, 0.95), 2) },
      ]),
    );
    const over = Object.entries(endpoints).filter(([, { p95Ms }]) => p95Ms >= P95_PROMISE_MS);
    return { bets: world.bets, asked: ASKED, endpoints, overP95Promise: over.map(([name]) => name) };
  } finally {
    await reader.end();
    await destroy();
  }
}

type World = { readonly bets: number; readonly large: RecordedSession; readonly ordinary: RecordedSession };

async function fill(sql: RawSql, databaseUrl: string): Promise<World> {
  await seedGames({ sql, games: GAMES, detail: 'full' });
  const games = await sql<{ game_id: string }[]>`select game_id from games order by listed_at desc`;
  const random = createRandom('bench sessions');
  const ids = createIds();
  const of = (player: number, bets: number, back: number) =>
    aSession({ ids, random, games: games.map((row) => row.game_id), accountId: `player${player}`, bets, back });
  const sessions: RecordedSession[] = [];
  for (let player = 0; player <= OTHERS; player++) {
    await insertAccount(sql, `player${player}`, `wallet${player}`);
    for (let n = 0; n < ORDINARY_SESSIONS; n++) sessions.push(of(player, ORDINARY_BETS, 30 + n * 60));
  }
  const large = of(0, LARGE_BETS, 0);
  sessions.push(large);
  await recordSessions({ databaseUrl }, sessions);
  await sql`vacuum analyze`;
  return { bets: sessions.reduce((sum, { bets }) => sum + bets.length, 0), large, ordinary: sessions[0]! };
}

/** Ended `back` minutes before the record does; a bet each 20 seconds. */
function aSession({
  ids,
  random,
  games,
  accountId,
  bets: count,
  back,
}: {
  ids: () => string;
  random: Random;
  games: readonly string[];
  accountId: string;
  bets: number;
  back: number;
}): RecordedSession {
  const closedAt = SEED_UNTIL - back * MINUTE_MS;
  const bets = Array.from({ length: count }, (_, n): RecordedBet => {
    const at = random.next();
    return {
      betId: ids(),
      gameId: gameId(games[Math.floor(random.next() * games.length)]!),
      preparedAt: epochMs(closedAt - (count - n) * 20_000),
      startTick: Math.floor(random.next() * 200),
      stakeLamports: lamports(BigInt(1_000_000 + Math.floor(random.next() * 100_000_000))),
      outcome: at < 0.18 ? 'won' : at < 0.95 ? 'lost' : at < 0.98 ? 'void' : 'expired',
      strategyId: n % 2 === 0 ? 'flat-stake' : 'zone-based',
    };
  });
  return { sessionId: ids(), accountId, venue: 'practice', closedAt: epochMs(closedAt), closeReason: 'idle', bets };
}

function createIds(): () => string {
  let made = 0;
  return () => `bench${String(++made).padStart(15, '0').replaceAll('0', 'z')}`;
}

function questions(history: SessionsHistory, { large, ordinary }: World) {
  const actor = { accountId: large.accountId, by: { kind: 'browser', signInId: signInId('bench') } } as const;
  const one = (id: string) => getSession({ history, actor, id, source: 'simulator', cluster: 'practice' });
  const list = (query: string) =>
    getSessions({ history, actor, query: new URLSearchParams(query), now: epochMs(SEED_UNTIL) });
  return {
    'list with totals of 30 days': () => list(''),
    'list of 100': () => list('limit=100'),
    'session of 1,000 bets': () => one(large.sessionId),
    'session of 20 bets': () => one(ordinary.sessionId),
    proof: (turn: number) =>
      getBetProof({ history, chain: null, id: large.bets[(turn * 7) % large.bets.length]!.betId }),
  };
}

type Ask = (turn: number) => Promise<{ readonly ok: boolean }>;

async function timesOf(name: string, ask: Ask): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < WARM_UP + ASKED; turn++) {
    const started = performance.now();
    const answer = await ask(turn);
    if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer)}`);
    JSON.stringify(answer);
    if (turn >= WARM_UP) times.push(performance.now() - started);
  }
  return times;
}
