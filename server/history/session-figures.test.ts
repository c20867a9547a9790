// Every number of a session's page and of the totals by day, against a count of its own: from the bets that the API exports, by
// other means than the product's. Sums go bet by bet, tails by Fourier's transform, Wilson's interval by bisection, the drawdown
// by trying every pair. The long session is read in several parts.
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { BetAdvice } from '@/lib/bets/bet-advice';
import type { LedgerKind } from '@/lib/performance/session-ledger';
import { CURVE_POINTS_MAX, type SessionDetail, type SessionGroupView } from '@/lib/protocol/sessions-api';
import { gameId } from '@/lib/units/game-id';
import { lamports } from '@/lib/units/lamports';
import { epochMs } from '@/lib/units/time';
import type { Actor } from '@/server/auth/actor';
import { signInId } from '@/server/auth/sign-in-id';
import { createBetsExports } from '@/server/history/bets-export';
import { exportBets, getSession, getSessions } from '@/server/history/get-sessions';
import { createRowExports } from '@/server/history/row-exports';
import { BETS_PER_READ } from '@/server/history/session-bets';
import { createSessionsHistory } from '@/server/history/sessions-history';
import { insertGames } from '@/server/history/test-kit/history-games';
import { adviceAt, insertAccount, recordSessions, type RecordedBet } from '@/server/history/test-kit/recorded-bets';
import { repeatSession } from '@/server/history/test-kit/repeat-session';
import { createRandom } from '@/server/simulator/random';
import { createReader } from '@/server/store/reader';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();
const DORA = 'doraaccount1';
const SHORT = 'zesszshortzsession1';
const LONG = 'zesszzmanyzsession1';
/** Berlin's clocks change on the 29th, within the long session. */
const BEGUN = Date.UTC(2026, 2, 20, 3);
const BETS = 90;
const TIMES = 50;
const EVERY_MS = (7 * 60 + 13) * 60_000;
const NOW = epochMs(BEGUN + TIMES * EVERY_MS + 3_600_000);
const gameOf = (n: number) => gameId(`20260320-${n.toString(16).padStart(16, '0')}`);

type Advised = { game: string; tick: number; stake: bigint; outcome: 'won' | 'lost' | 'missed' | null };
const advised: Advised[] = [];

/** Bets on twelve games, as different from each other as bets can be. */
function someBets(session: string, begun: number): RecordedBet[] {
  const random = createRandom(`figures of ${session}`);
  return Array.from({ length: BETS }, (_, n): RecordedBet => {
    const startTick = 45 * Math.floor(n / 12) + random.integer(0, 4);
    const outcome = random.pick(['won', 'lost', 'lost', 'lost', 'void', 'expired'] as const);
    const stance = random.pick(['followed', 'against', 'unadvised'] as const);
    const isSaid = session === LONG || random.chance(0.9);
    return {
      betId: `${session.slice(0, 8)}zbet${String(n).padStart(6, 'z').replaceAll('0', 'z')}`,
      gameId: gameOf(n % 12),
      preparedAt: epochMs(begun + n * 25_000),
      startTick,
      stakeLamports: lamports(BigInt(random.integer(1_000_000, 50_000_000))),
      outcome,
      strategyId: random.pick(['flat-stake', 'zone-based', null]),
      advice: withZone(
        adviceAt(startTick, {
          stance,
          advisedLamports: stance === 'followed' ? '60000000' : '0',
          winProbability: isSaid ? random.between(0.1, 0.3) : null,
        }),
        random.integer(0, 3),
      ),
    };
  });
}

const ZONE_FIGURE = 5;
function withZone(advice: BetAdvice, zone: number): BetAdvice {
  const { assessment } = advice;
  return { ...advice, assessment: assessment && { ...assessment, a: assessment.a.with(ZONE_FIGURE, zone) } };
}

beforeAll(async () => {
  const { sql } = database();
  await insertAccount(sql, DORA, 'DorasWallet1111111111111111111111111111111');
  const base = { accountId: DORA, closeReason: 'idle', closedAt: NOW } as const;
  await recordSessions(database(), [
    { ...base, venue: 'practice', sessionId: SHORT, bets: someBets(SHORT, BEGUN) },
    { ...base, venue: 'paper', sessionId: LONG, bets: someBets(LONG, BEGUN + 3_600_000) },
  ]);
  await repeatSession(sql, { sessionId: LONG, times: TIMES, everyMs: EVERY_MS });
  const random = createRandom('advice');
  await insertGames(
    sql,
    Array.from({ length: 12 }, (_, n) => ({
      gameId: gameOf(n),
      source: 'live',
      endedAt: BEGUN + 40 * 60_000,
      prices: Array.from({ length: 400 }, () => 1),
      verification: 'verified',
      complete: true,
    })),
  );
  for (let n = 0; n < 60; n++) {
    const one: Advised = {
      game: gameOf(random.integer(0, 11)),
      tick: random.integer(0, 390),
      stake: BigInt(random.integer(1_000_000, 90_000_000)),
      outcome: random.pick(['won', 'lost', 'missed', null]),
    };
    if (advised.some(({ game, tick }) => game === one.game && tick === one.tick)) continue;
    advised.push(one);
    const profit = { won: one.stake * 4n, lost: -one.stake, missed: 0n, none: null }[one.outcome ?? 'none'];
    await sql`
      insert into recommendations (game_id, tick, strategy_id, made_at, origin, priority, word, action, stake_lamports,
        payout, expected_value, reasons, assessment, model, start_tick, outcome, profit_lamports)
      values (${one.game}, ${one.tick}, 'flat-stake', ${new Date(BEGUN + 60_000 + n).toISOString()}, 'live',
        1, 'Bet', 'bet', ${String(one.stake)}, 5, 0.1, '{}', array_fill(0.1::real, array[19]), 'published@1',
        ${one.tick + 1}, ${one.outcome}, ${profit === null ? null : String(profit)})`;
  }
}, 60_000);

type Exported = {
  readonly state: string;
  readonly settledAt: string | null;
  readonly betId: string;
  readonly gameId: string;
  readonly startTick: number | null;
  readonly preparedTick: number | null;
  readonly venue: string;
  readonly stakeLamports: number;
  readonly payout: number;
  readonly winProbability: number | null;
  readonly stance: LedgerKind | null;
  readonly strategyId: string | null;
  readonly zone: string | null;
};
type Settled = Exported & { readonly won: boolean; readonly net: bigint };

const actor: Actor = { accountId: DORA, by: { kind: 'browser', signInId: signInId('one') } };

function openHistory() {
  const reader = createReader(database());
  onTestFinished(() => reader.end());
  return createSessionsHistory(reader);
}

async function exported(query: string): Promise<Exported[]> {
  const rows = createRowExports(database());
  onTestFinished(() => rows.end());
  const parameters = new URLSearchParams(`format=jsonl&${query}`);
  const answer = await exportBets({ exports: createBetsExports(rows), actor, query: parameters });
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  const lines = (await answer.value.text()).trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Exported);
}

async function detailOf(id: string): Promise<SessionDetail> {
  const answer = await getSession({ history: openHistory(), actor, id, source: 'live', cluster: 'practice' });
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.value;
}

function toSettled(bets: readonly Exported[]): Settled[] {
  return bets
    .filter(({ state }) => ['won', 'paid', 'lost'].includes(state))
    .map((bet) => {
      const stake = BigInt(bet.stakeLamports);
      const won = bet.state !== 'lost';
      return { ...bet, won, net: won ? stake * BigInt(bet.payout) - stake : -stake };
    })
    .sort((a, b) => Date.parse(a.settledAt!) - Date.parse(b.settledAt!));
}

const total = (bets: readonly Settled[]) => String(bets.reduce((sum, { net }) => sum + net, 0n));
const staked = (bets: readonly Settled[]) => String(bets.reduce((sum, bet) => sum + BigInt(bet.stakeLamports), 0n));

/** P(X ≥ hits) and P(X ≤ hits) by the characteristic function at the roots of one: Hong 2013, eq. 7. */
function tailsByFourier(ps: readonly number[], hits: number): { atLeast: number; atMost: number } {
  const size = ps.length + 1;
  const values = Array.from({ length: size }, (_, l) => {
    const [cos, sin] = [Math.cos((2 * Math.PI * l) / size), Math.sin((2 * Math.PI * l) / size)];
    let [re, im] = [1, 0];
    for (const p of ps) {
      const [a, b] = [1 - p + p * cos, p * sin];
      [re, im] = [re * a - im * b, re * b + im * a];
    }
    return [re, im] as const;
  });
  const massOf = (k: number) =>
    values.reduce((sum, [re, im], l) => {
      const angle = (2 * Math.PI * ((l * k) % size)) / size;
      return sum + re * Math.cos(angle) + im * Math.sin(angle);
    }, 0) / size;
  let atMost = 0;
  for (let k = 0; k <= hits; k++) atMost += massOf(k);
  return { atMost, atLeast: 1 - atMost + massOf(hits) };
}

/** Ends of Wilson's interval: the shares p at which the one found lies 1.96 deviations away. */
function wilsonByBisection(share: number, trials: number): [number, number] {
  const reach = (p: number) => Math.abs(share - p) - 1.959963984540054 * Math.sqrt((p * (1 - p)) / trials);
  const between = (inside: number, outside: number) => {
    for (let turn = 0; turn < 80; turn++) {
      const middle = (inside + outside) / 2;
      if (reach(middle) < 0) inside = middle;
      else outside = middle;
    }
    return inside;
  };
  return [between(share, 0), between(share, 1)];
}

function checkReturn(roi: SessionDetail['figures']['roi'], bets: readonly Settled[]): void {
  const stakes = bets.map(({ stakeLamports }) => stakeLamports);
  const sum = stakes.reduce((a, b) => a + b, 0);
  expect(roi!.value).toBeCloseTo(Number(total(bets)) / sum, 9);
  const said = bets.filter(({ winProbability }) => winProbability !== null);
  const saidStakes = said.reduce((a, bet) => a + bet.stakeLamports, 0);
  const gain = said.reduce((a, bet) => a + bet.stakeLamports * (5 * bet.winProbability! - 1), 0);
  if (said.length === 0) expect(roi!.expected).toBeNull();
  else expect(roi!.expected).toBeCloseTo(gain / saidStakes, 9);
  // All at five times: the share of the stakes that won, of as many trials as equal stakes would be.
  const share = bets.filter(({ won }) => won).reduce((a, bet) => a + bet.stakeLamports, 0) / sum;
  const trials = (sum * sum) / stakes.reduce((a, stake) => a + stake * stake, 0);
  const [lower, upper] = wilsonByBisection(share, trials);
  expect(roi!.lower).toBeCloseTo(5 * lower - 1, 6);
  expect(roi!.upper).toBeCloseTo(5 * upper - 1, 6);
}

function checkLuck(luck: SessionDetail['figures']['luck'], bets: readonly Settled[]): void {
  const said = bets.filter(({ winProbability }) => winProbability !== null);
  if (said.length === 0) return expect(luck).toBeNull();
  const ps = said.map(({ winProbability }) => winProbability!);
  const won = said.filter((bet) => bet.won).length;
  expect(luck).toMatchObject({ bets: said.length, won });
  expect(luck!.expectedWins).toBeCloseTo(
    ps.reduce((a, p) => a + p, 0),
    7,
  );
  expect(luck!.reach).toBeCloseTo(1.959963984540054 * Math.sqrt(ps.reduce((a, p) => a + p - p * p, 0)), 7);
  const { atLeast, atMost } = tailsByFourier(ps, won);
  // Of thousands of bets the tails are approximated, to 5e-5.
  const digits = said.length > 2_000 ? 4 : 9;
  expect(luck!.atLeast).toBeCloseTo(atLeast, digits);
  expect(luck!.atMost).toBeCloseTo(atMost, digits);
  expect(luck!.verdict).toBe(atLeast < 0.025 ? 'more' : atMost < 0.025 ? 'fewer' : 'luck');
}

function checkGroups(
  groups: readonly SessionGroupView[],
  bets: readonly Settled[],
  keyOf: (bet: Settled) => string | null,
) {
  expect(new Set(groups.map(({ key }) => key))).toEqual(new Set(bets.map(keyOf)));
  for (const group of groups) {
    const own = bets.filter((bet) => keyOf(bet) === group.key);
    expect(group).toMatchObject({ bets: own.length, won: own.filter(({ won }) => won).length });
    expect([group.netLamports, group.stakedLamports]).toEqual([total(own), staked(own)]);
    checkReturn(group.roi, own);
    if (own.length < 500) checkLuck(group.luck, own);
  }
}

describe.each([
  ['a session', SHORT, BETS],
  ['a session of several parts', LONG, BETS * TIMES],
])('the figures of %s', (_, id, betsOfIt) => {
  it('are those of its exported bets, each counted another way', async () => {
    const bets = await exported(`session=${id}`);
    const settled = toSettled(bets);
    const { session, figures, curve, byStrategy, byZone, omitted } = await detailOf(id);
    expect(bets).toHaveLength(betsOfIt);
    if (id === LONG) expect(betsOfIt).toBeGreaterThan(2 * BETS_PER_READ);
    expect(omitted.uncounted).toBe(0);
    const inState = (...states: string[]) => bets.filter(({ state }) => states.includes(state)).length;
    expect(session).toMatchObject({ bets: betsOfIt, won: inState('won', 'paid'), lost: inState('lost') });
    expect(session).toMatchObject({ void: inState('void', 'refunded'), expired: inState('expired'), open: 0 });
    expect([session.netLamports, session.stakedLamports]).toEqual([total(settled), staked(settled)]);
    checkLuck(figures.luck, settled);
    checkReturn(figures.roi, settled);
    checkGroups(byStrategy, settled, ({ strategyId }) => strategyId);
    checkGroups(byZone, settled, ({ zone }) => zone);

    const returns = settled.map(({ won }) => (won ? 4 : -1));
    const mean = returns.reduce((a, b) => a + b, 0) / returns.length;
    const square = returns.reduce((a, b) => a + b * b, 0) / returns.length;
    const sharpe = mean / Math.sqrt(((square - mean * mean) * returns.length) / (returns.length - 1));
    expect(figures.sharpe!.value).toBeCloseTo(sharpe, 9);
    expect(figures.sharpe!.upper - sharpe).toBeCloseTo(
      1.959963984540054 * Math.sqrt((1 + sharpe ** 2 / 2) / returns.length),
      9,
    );

    const runs = settled.map(({ won }) => (won ? ' ' : 'x')).join('');
    expect(figures.streak.longest).toBe(Math.max(...runs.split(' ').map((run) => run.length)));

    const equity = settled.reduce<bigint[]>((sums, { net }) => [...sums, sums.at(-1)! + net], [0n]);
    let drawdown = 0n;
    equity.forEach((high, s) => {
      for (let t = s + 1; t < equity.length; t++) if (high - equity[t]! > drawdown) drawdown = high - equity[t]!;
    });
    const peak = equity.reduce((most, one) => (one > most ? one : most));
    expect(figures.drawdownLamports).toBe(String(drawdown));
    expect(figures.peakLamports).toBe(String(peak));
    expect(figures.currentDrawdownLamports).toBe(String(peak - equity.at(-1)!));
    expect(curve.length).toBeLessThanOrEqual(CURVE_POINTS_MAX);
    if (settled.length <= CURVE_POINTS_MAX) expect(curve).toHaveLength(settled.length);
    for (const { n, betId, netLamports } of curve) {
      expect([netLamports, betId]).toEqual([String(equity[n]), settled[n - 1]!.betId]);
    }
    const drawn = curve.map(({ netLamports }) => BigInt(netLamports));
    const lowest = equity.slice(1).reduce((least, one) => (one < least ? one : least));
    expect(drawn.some((one) => one === lowest) && (peak === 0n || drawn.some((one) => one === peak))).toBe(true);
    expect(curve.at(-1)!.n).toBe(settled.length);
  });
});

describe('the three-way ledger', () => {
  it('is that of the exported bets, and of the advice that none of them answers', async () => {
    const bets = await exported(`session=${SHORT}`);
    const { ledger } = await detailOf(SHORT);
    for (const kind of ['followed', 'against', 'unadvised'] as const) {
      const own = toSettled(bets.filter(({ stance }) => stance === kind));
      const count = bets.filter(({ stance }) => stance === kind).length;
      expect(ledger.find((row) => row.kind === kind)).toEqual({
        kind,
        bets: count,
        advisedLamports: kind === 'followed' ? String(60_000_000n * BigInt(own.length)) : '0',
        takenLamports: staked(own),
        won: own.filter(({ won }) => won).length,
        lost: own.filter(({ won }) => !won).length,
        uncounted: count - own.length,
        netLamports: total(own),
      });
    }
    // Tick by tick: which ticks a bet, or advice counted before, has taken.
    const taken = new Set<string>();
    const ticksOf = (game: string, start: number) => Array.from({ length: 40 }, (_, n) => `${game} ${start + 1 + n}`);
    const take = (game: string, start: number) => ticksOf(game, start).forEach((tick) => taken.add(tick));
    for (const bet of bets) {
      if (bet.state !== 'expired') take(bet.gameId, bet.startTick ?? bet.preparedTick ?? 0);
    }
    const skipped = advised
      .toSorted((a, b) => a.tick - b.tick)
      .filter(({ game, tick }) => {
        const isFree = ticksOf(game, tick + 1).every((one) => !taken.has(one));
        if (isFree) take(game, tick + 1);
        return isFree;
      });
    const of = (outcome: Advised['outcome']) => skipped.filter((one) => one.outcome === outcome);
    const sum = (some: readonly Advised[]) => some.reduce((a, { stake }) => a + stake, 0n);
    expect(skipped.length).toBeGreaterThan(3);
    expect(ledger.at(-1)).toEqual({
      kind: 'skipped',
      bets: skipped.length,
      advisedLamports: String(sum(of('won')) + sum(of('lost'))),
      takenLamports: '0',
      won: of('won').length,
      lost: of('lost').length,
      uncounted: of('missed').length + of(null).length,
      netLamports: String(4n * sum(of('won')) - sum(of('lost'))),
    });
  });
});

describe('the totals by day', () => {
  it.each(['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Kiritimati'])(
    'are those of the exported bets by the calendar of %s',
    async (zone) => {
      const query = new URLSearchParams({ zone, days: '30' });
      const answer = await getSessions({ history: openHistory(), actor, query, now: NOW });
      if (!answer.ok) throw new Error(JSON.stringify(answer.error));
      const dayOf = (at: string) => new Date(at).toLocaleDateString('en-CA', { timeZone: zone });
      const groups = new Map<string, Settled[]>();
      for (const bet of toSettled(await exported(''))) {
        const key = `${dayOf(bet.settledAt!)} ${bet.venue}`;
        groups.set(key, [...(groups.get(key) ?? []), bet]);
      }
      const counted = [...groups].map(([key, own]) => ({
        day: key.split(' ')[0],
        venue: key.split(' ')[1],
        won: own.filter(({ won }) => won).length,
        lost: own.filter(({ won }) => !won).length,
        stakedLamports: staked(own),
        netLamports: total(own),
      }));
      const newestFirst = counted.toSorted((a, b) => b.day!.localeCompare(a.day!) || a.venue!.localeCompare(b.venue!));
      expect(answer.value.days).toEqual(newestFirst);
      expect(newestFirst.length).toBeGreaterThan(10);
    },
  );

  it('of no zone there is are refused', async () => {
    const query = new URLSearchParams({ zone: 'Mars/Olympus' });
    expect(await getSessions({ history: openHistory(), actor, query, now: NOW })).toMatchObject({
      ok: false,
      error: { status: 400 },
    });
  });
});
