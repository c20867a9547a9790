// Laws: a player sees their own sessions and nobody else's, whole and in order; the list, the page of a session and the totals
// by day count the same bets to the same lamport; a proof names neither wallet nor account.
import fc from 'fast-check';
import { netOf } from '@/lib/bets/bet-amounts';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import {
  SESSION_BETS_LISTED,
  sessionDetailSchema,
  sessionsPageSchema,
  betProofSchema,
  type SessionDetail,
} from '@/lib/protocol/sessions-api';
import { gameId } from '@/lib/units/game-id';
import { lamports } from '@/lib/units/lamports';
import { epochMs } from '@/lib/units/time';
import type { Actor } from '@/server/auth/actor';
import { signInId } from '@/server/auth/sign-in-id';
import { createBetsExports } from '@/server/history/bets-export';
import { closeSession, exportBets, getBetProof, getSession, getSessions } from '@/server/history/get-sessions';
import { NET } from '@/server/history/list-sessions';
import { createRowExports } from '@/server/history/row-exports';
import { createSessionsHistory } from '@/server/history/sessions-history';
import { insertGames } from '@/server/history/test-kit/history-games';
import {
  adviceAt,
  insertAccount,
  recordSessions,
  type RecordedBet,
  type RecordedOutcome,
} from '@/server/history/test-kit/recorded-bets';
import { createReader } from '@/server/store/reader';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();
const ANNA = 'annaaccount1';
const BERT = 'bertaccount1';
const ANNA_KEY = 'AnnasWallet1111111111111111111111111111111';
const NOON = Date.UTC(2026, 2, 4, 12);
const MINUTE_MS = 60_000;
const idOf = (kind: string, n: number) => `${kind}${String(n).padStart(20 - kind.length, '0')}`.replaceAll('0', 'z');
const gameOf = (n: number) => gameId(`20260304-${n.toString(16).padStart(16, '0')}`);

/** Each bet in a game of its own, a minute after the other. */
function betsOf(session: number, outcomes: readonly RecordedOutcome[], at: number): RecordedBet[] {
  return outcomes.map((outcome, n) => ({
    betId: idOf('bet', session * 100 + n),
    gameId: gameOf(session * 100 + n),
    preparedAt: epochMs(at + n * MINUTE_MS),
    startTick: 30,
    stakeLamports: lamports(BigInt(10_000_000 * (n + 1))),
    outcome,
    strategyId: n % 2 === 0 ? 'flat-stake' : null,
  }));
}

const FIRST = idOf('ses', 1);
const SECOND = idOf('ses', 2);
const PAPER = idOf('ses', 3);
const BERTS = idOf('ses', 4);

beforeAll(async () => {
  const { sql } = database();
  await insertAccount(sql, ANNA, ANNA_KEY);
  await insertAccount(sql, BERT, 'BertsWallet1111111111111111111111111111111');
  const base = { accountId: ANNA, venue: 'practice', closeReason: 'idle' } as const;
  const closedAt = epochMs(NOON + 90 * MINUTE_MS);
  await recordSessions(database(), [
    { ...base, sessionId: FIRST, closedAt, bets: betsOf(1, ['lost', 'won', 'void', 'expired', 'lost'], NOON) },
    {
      ...base,
      sessionId: SECOND,
      closedAt: null,
      closeReason: null,
      bets: betsOf(2, ['lost', 'active'], NOON + 86_400_000),
    },
    { ...base, sessionId: PAPER, venue: 'paper', closedAt, bets: betsOf(3, ['won'], NOON + MINUTE_MS) },
    { ...base, accountId: BERT, sessionId: BERTS, closedAt, bets: betsOf(4, ['lost', 'lost'], NOON) },
  ]);
  // The first session's games on record: rugged where its bets say, but for the last, which the record knows otherwise.
  const rugs = [120, 50, 40, 90, 35];
  await insertGames(
    sql,
    rugs.map((rugTick, n) => ({
      gameId: gameOf(100 + n),
      source: 'live',
      endedAt: NOON + n * MINUTE_MS + 40_000,
      prices: Array.from({ length: rugTick + 1 }, (_, tick) => (tick === rugTick ? 0.01 : 1 + tick / 100)),
      verification: 'verified',
      complete: true,
    })),
  );
  const advised = [
    { game: 100, tick: 25, outcome: 'lost', profit: -5 }, // On the window that was bet on.
    { game: 103, tick: 50, outcome: 'won', profit: 20 }, // The player's own had expired.
    { game: 104, tick: 30, outcome: 'won', profit: 20 }, // Bet on.
  ];
  for (const { game, tick, outcome, profit } of advised) {
    await sql`
      insert into recommendations (game_id, tick, strategy_id, made_at, origin, priority, word, action, stake_lamports,
        payout, expected_value, reasons, assessment, model, start_tick, outcome, profit_lamports)
      values (${gameOf(game)}, ${tick}, 'flat-stake', ${new Date(NOON + (game - 100) * MINUTE_MS + 5_000).toISOString()}, 'live',
        1, 'Bet', 'bet', 5, 5, 0.1, '{}', array_fill(0.1::real, array[19]), 'published@1', ${tick + 1}, ${outcome}, ${profit})`;
  }
});

function actorOf(accountId: string): Actor {
  return { accountId, by: { kind: 'browser', signInId: signInId('one') } };
}

function openHistory() {
  const reader = createReader(database());
  onTestFinished(() => reader.end());
  return createSessionsHistory(reader);
}

async function list(accountId: string, query = '', now = NOON + 2 * 86_400_000) {
  const answer = await getSessions({
    history: openHistory(),
    actor: actorOf(accountId),
    query: new URLSearchParams(query),
    now: epochMs(now),
  });
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return sessionsPageSchema.parse(JSON.parse(JSON.stringify(answer.value)));
}

function ask(accountId: string, id: string) {
  return getSession({ history: openHistory(), actor: actorOf(accountId), id, source: 'live', cluster: 'practice' });
}

async function read(accountId: string, id: string): Promise<SessionDetail> {
  const answer = await ask(accountId, id);
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return sessionDetailSchema.parse(JSON.parse(JSON.stringify(answer.value)));
}

describe('the list of sessions', () => {
  it('is the player’s own, newest first, the running one among them', async () => {
    const page = await list(ANNA);
    expect(page.sessions.map(({ id }) => id)).toEqual([SECOND, PAPER, FIRST]);
    expect(page.sessions[0]).toMatchObject({ closedAt: null, bets: 2, open: 1, lost: 1 });
    expect(page.sessions[2]).toMatchObject({ bets: 5, won: 1, lost: 2, void: 1, expired: 1, saidBets: 3 });
    expect((await list(BERT)).sessions.map(({ id }) => id)).toEqual([BERTS]);
    expect((await list('nobody')).sessions).toEqual([]);
  });

  it('comes page by page without a gap, and of one venue when that is asked', async () => {
    const ids: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await list(ANNA, `limit=1${cursor && `&before=${cursor}`}`);
      ids.push(...page.sessions.map(({ id }) => id));
      cursor = page.next;
    }
    expect(ids).toEqual([SECOND, PAPER, FIRST]);
    const paper = await list(ANNA, 'venue=paper');
    expect(paper.sessions.map(({ id }) => id)).toEqual([PAPER]);
    expect(paper.days).toHaveLength(1);
  });

  it('totals each day and venue apart, over the days asked for', async () => {
    const { days } = await list(ANNA);
    expect(days).toEqual([
      { day: '2026-03-05', venue: 'practice', won: 0, lost: 1, stakedLamports: '10000000', netLamports: '-10000000' },
      { day: '2026-03-04', venue: 'paper', won: 1, lost: 0, stakedLamports: '10000000', netLamports: '40000000' },
      { day: '2026-03-04', venue: 'practice', won: 1, lost: 2, stakedLamports: '80000000', netLamports: '20000000' },
    ]);
    expect((await list(ANNA, 'days=2')).days.map(({ day }) => day)).toEqual(['2026-03-05']);
  });

  it('refuses what it does not take, by name', async () => {
    const asked = (query: string) =>
      getSessions({
        history: openHistory(),
        actor: actorOf(ANNA),
        query: new URLSearchParams(query),
        now: epochMs(NOON),
      });
    for (const query of ['venue=casino', 'limit=0', 'before=x', 'days=400', 'account=bert'])
      expect(await asked(query)).toMatchObject({ ok: false, error: { status: 400 } });
  });
});

describe('what a bet brought', () => {
  it('is the same in SQL as in the core, to the lamport, at any stake and payout', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('won', 'paid', 'lost'),
        fc.bigInt({ min: 1n, max: 5_000_000_000n }),
        fc.integer({ min: 101, max: 10_000 }).map((hundredths) => hundredths / 100),
        async (state, stake, payout) => {
          const [row] = await database().sql.unsafe(
            `select (${NET})::text as net from (select $1::text as state, $2::bigint as stake_lamports, $3::float8 as payout) b`,
            [state, String(stake), String(payout)],
          );
          expect(row!.net).toBe(String(netOf({ state, stakeLamports: lamports(stake), payout })));
        },
      ),
    );
  });
});

describe('one session', () => {
  it('counts to the lamport what the list counts, void and expired bets in nothing', async () => {
    const { session, figures, curve, bets, byStrategy, byZone } = await read(ANNA, FIRST);
    const [, , listed] = (await list(ANNA)).sessions;
    expect(session).toEqual(listed);
    expect(curve.map(({ netLamports }) => netLamports)).toEqual(['-10000000', '70000000', '20000000']);
    expect(curve.at(-1)!.netLamports).toBe(session.netLamports);
    expect(figures).toMatchObject({ peakLamports: '70000000', drawdownLamports: '50000000' });
    expect(figures.luck).toMatchObject({ bets: 3, won: 1, verdict: 'luck', isFew: true });
    expect(figures.luck!.expectedWins).toBeCloseTo(session.expectedWins, 5);
    expect(figures.streak.longest).toBe(1);
    expect(bets.map(({ state }) => state)).toEqual(['lost', 'expired', 'refunded', 'paid', 'lost']);
    expect(bets[3]!.transactions.map(({ role }) => role)).toEqual(['stake', 'payout']);
    expect(byStrategy.map(({ key, bets: n }) => [key, n])).toEqual([
      ['flat-stake', 2],
      [null, 1],
    ]);
    expect(byZone.map(({ key }) => key)).toEqual(['negative']);
  });

  it('holds what was taken against what was advised, and what was skipped', async () => {
    const { ledger, skipped } = await read(ANNA, FIRST);
    expect(ledger.map(({ kind, bets, netLamports }) => [kind, bets, netLamports])).toEqual([
      ['followed', 0, '0'],
      ['against', 5, '20000000'],
      ['unadvised', 0, '0'],
      ['skipped', 1, '20'],
    ]);
    expect(skipped).toEqual([
      { gameId: gameOf(103), tick: 50, startTick: 51, stakeLamports: '5', outcome: 'won', netLamports: '20' },
    ]);
  });

  it('that is long has figures of all its bets, and lists the newest', async () => {
    const long = idOf('ses', 5);
    const outcomes = Array.from({ length: SESSION_BETS_LISTED + 7 }, (_, n): RecordedOutcome =>
      n % 6 === 0 ? 'won' : 'lost',
    );
    await insertAccount(database().sql, 'caroaccount1', 'CarosWallet1111111111111111111111111111111');
    const closedAt = epochMs(NOON + 600 * MINUTE_MS);
    const bets = betsOf(5, outcomes, NOON);
    await recordSessions(database(), [
      { accountId: 'caroaccount1', venue: 'paper', sessionId: long, closedAt, closeReason: 'idle', bets },
    ]);
    const detail = await read('caroaccount1', long);
    expect(detail.curve).toHaveLength(outcomes.length);
    expect(detail.figures.luck!.bets).toBe(outcomes.length);
    expect(detail.curve.at(-1)!.netLamports).toBe(detail.session.netLamports);
    expect(detail.bets.map(({ id }) => id)).toEqual(
      bets
        .map(({ betId }) => betId)
        .reverse()
        .slice(0, SESSION_BETS_LISTED),
    );
    expect(detail.omitted).toEqual({ bets: 7, uncounted: 0, skipped: 0 });
  });

  it('of another player is told as one that is not there', async () => {
    for (const id of [BERTS, idOf('ses', 9), 'not an id'])
      expect(await ask(ANNA, id)).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });

  it('is closed through the engine, for its own player', async () => {
    const asked: unknown[] = [];
    const bets = {
      async closeSession(...who: unknown[]) {
        asked.push(who);
        return { ok: true, value: null } as const;
      },
    };
    expect(await closeSession({ bets, actor: actorOf(ANNA), id: SECOND })).toEqual({
      ok: true,
      value: { closed: true },
    });
    expect(await closeSession({ bets, actor: actorOf(ANNA), id: '../x' })).toMatchObject({ ok: false });
    expect(asked).toEqual([[ANNA, SECOND]]);
  });
});

describe('the export of bets', () => {
  async function exportOf(query: string, accountId = ANNA) {
    const rows = createRowExports(database());
    onTestFinished(() => rows.end());
    const answer = await exportBets({
      exports: createBetsExports(rows),
      actor: actorOf(accountId),
      query: new URLSearchParams(query),
    });
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
    return answer.value.text();
  }

  it('is one bet a line, oldest first, with numbers that add up and nobody else’s bets', async () => {
    const lines = (await exportOf('format=csv')).trimEnd().split('\r\n');
    expect(lines).toHaveLength(1 + 8);
    const [head, ...rows] = lines.map((line) => line.split(','));
    const column = (name: string) => rows.map((row) => row[head!.indexOf(name)]!);
    expect(column('preparedAt')).toEqual([...column('preparedAt')].sort());
    const { sessions } = await list(ANNA);
    const net = sessions.reduce((sum, { netLamports }) => sum + Number(netLamports), 0);
    expect(column('netLamports').reduce((sum, cell) => sum + Number(cell), 0)).toBe(net);
    expect(await exportOf('format=csv')).not.toContain(ANNA_KEY);
  });

  it('keeps to the session, the venue and the days asked for', async () => {
    const of = async (query: string, accountId?: string) =>
      (await exportOf(`format=jsonl&${query}`, accountId)).split('\n').filter(Boolean).length;
    expect(await of(`session=${FIRST}`)).toBe(5);
    expect(await of(`session=${FIRST}`, BERT)).toBe(0);
    expect(await of('venue=paper')).toBe(1);
    expect(await of('from=2026-03-05')).toBe(2);
    expect(await of('to=2026-03-04')).toBe(6);
  });
});

describe('the proof of a bet', () => {
  const prove = (id: string, chain: Parameters<typeof getBetProof>[0]['chain'] = null) =>
    getBetProof({ history: openHistory(), chain, id });

  async function proofOf(n: number) {
    const answer = await prove(idOf('bet', n));
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
    return betProofSchema.parse(JSON.parse(JSON.stringify(answer.value)));
  }

  it('applies the rule to the game on record, and says whether the bet was settled so', async () => {
    expect((await proofOf(100)).rule).toEqual({ outcome: 'lost', agrees: true });
    expect((await proofOf(101)).rule).toEqual({ outcome: 'won', agrees: true });
    expect((await proofOf(104)).rule).toEqual({ outcome: 'won', agrees: false });
    expect((await proofOf(102)).rule).toEqual({ outcome: null, agrees: null });
    expect((await proofOf(201)).rule).toEqual({ outcome: null, agrees: null });
  });

  it('holds each state with its place and hash in the log, the window’s prices and the arithmetic', async () => {
    const proof = await proofOf(101);
    expect(proof.events.map(({ type }) => type)).toEqual([
      'prepared',
      'submitted',
      'activated',
      'stake-finalized',
      'won',
      'paid',
    ]);
    const stored = await database().sql`
      select position, encode(hash, 'hex') as hash from events where stream = ${`bet:${proof.bet.id}`} order by version`;
    expect(proof.events.map(({ position, hash }) => [position, hash])).toEqual(
      stored.map(({ position, hash }) => [Number(position), hash]),
    );
    expect(proof.path.firstTick).toBe(10);
    expect(proof.path.prices).toHaveLength(50 + 1 - 10);
    expect(proof.path.prices[0]).toBe(1.1);
    expect(proof.money).toEqual({ payoutLamports: '100000000', netLamports: '80000000' });
    expect(proof.advice).toMatchObject({ word: 'Skip', stance: 'against', breakEven: 0.2, zone: 'negative' });
    expect(proof.advice!.winProbability).toBe(adviceAt(30).winProbability);
  });

  it('names neither wallet nor account, session nor key, whoever asks', async () => {
    const text = JSON.stringify(await prove(idOf('bet', 101)));
    for (const secret of [ANNA, ANNA_KEY, FIRST, 'client-']) expect(text).not.toContain(secret);
  });

  it('says what the practice chain says, without addresses, and asks no other chain', async () => {
    const asked: string[] = [];
    const chain = {
      cluster: 'practice',
      async transaction(signature: string) {
        asked.push(signature);
        if (signature.startsWith('payout')) throw new Error('down');
        return {
          signature,
          slot: 7,
          failed: false,
          feeLamports: lamports(5_000n),
          feePayer: ANNA_KEY,
          changes: new Map([
            [ANNA_KEY, lamports(-20_005_000n)],
            ['venue', lamports(20_000_000n)],
          ]),
          memos: ['fortytick:bet:x'],
          blockTime: null,
        };
      },
    } as const;
    const answer = await prove(idOf('bet', 101), chain);
    expect(answer.ok && answer.value.transactions.map((one) => one.chain)).toEqual([
      { slot: 7, failed: false, movedLamports: '20000000', memos: ['fortytick:bet:x'] },
      null,
    ]);
    expect(JSON.stringify(answer)).not.toContain(ANNA_KEY);
    asked.length = 0;
    await prove(idOf('bet', 101), { ...chain, cluster: 'devnet' });
    expect(asked).toEqual([]);
  });

  it('of an id nobody has is told as such', async () => {
    for (const id of [idOf('bet', 999), "x' or 1=1"])
      expect(await prove(id)).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });
});
