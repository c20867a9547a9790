// Everything that may stand in the way of a bet: each refused with its own code and in words, and nothing moved by any.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '@/lib/account/account';
import type { BetProblem } from '@/lib/protocol/bet-problem';
import type { PlaceBetRequest } from '@/lib/protocol/bets-api';
import { lamports } from '@/lib/units/lamports';
import type { Result } from '@/lib/units/result';
import { epochMs } from '@/lib/units/time';
import type { Actor } from '@/server/auth/actor';
import { signInId } from '@/server/auth/sign-in-id';
import { listBets } from '@/server/bets/list-bets';
import { createSimAccount } from '@/server/bets/simulation/sim-account';
import { SIM_START } from '@/server/bets/simulation/sim-feed';
import { openMemoryStore } from '@/server/bets/simulation/sim-stores';
import { createSimWorld, type SimWorld } from '@/server/bets/simulation/sim-world';
import { createMemoryBetStore, type MemoryBetStore } from '@/server/bets/store/memory-bet-store';

const ACTOR: Actor = { accountId: 'player-0', by: { kind: 'browser', signInId: signInId('x') } };
const OTHER: Actor = { accountId: 'player-1', by: { kind: 'browser', signInId: signInId('y') } };
const REQUEST: PlaceBetRequest = { venue: 'practice', sol: '0.05', clientKey: 'client-key-1' };

let world: SimWorld;
let store: MemoryBetStore;
let account: Account;

beforeEach(async () => {
  account = createSimAccount('player-0', SIM_START);
  world = await createSimWorld({
    seed: 'placing',
    playerCount: 2,
    async openStore({ clock, accountIds, resultOf }) {
      const { settle } = await openMemoryStore({ clock, accountIds, resultOf });
      const other = createSimAccount('player-1', SIM_START);
      const readAccount = (id: string) => [account, other].find(({ accountId }) => accountId === id) ?? null;
      store = createMemoryBetStore({ clock, readAccount, resultOf });
      return { store, settle };
    },
  });
  await world.start();
  await until(() => world.feed.game()?.phase === 'active' && world.feed.game()!.liveTick! > 2);
});

async function until(holds: () => boolean): Promise<void> {
  for (let step = 0; step < 4_000 && !holds(); step++) await world.step();
  if (!holds()) throw new Error('the world never came to that');
}

const place = (request: Partial<PlaceBetRequest> = {}, actor = ACTOR) =>
  world.engine().place(actor, { ...REQUEST, ...request });

async function expectRefused(answer: Promise<Result<unknown, BetProblem>>, code: string): Promise<BetProblem> {
  const before = [store.log.length, store.postings.length];
  const given = await answer;
  expect(given).toMatchObject({ ok: false, error: { code, message: expect.stringMatching(/^[A-Z0-9“"].+\.$/) } });
  expect([store.log.length, store.postings.length]).toEqual(before);
  return (given as { error: BetProblem }).error;
}

async function placed(request: Partial<PlaceBetRequest> = {}) {
  const answer = await place(request);
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

describe('placing a bet', () => {
  it('gives the same bet and the same transaction for the same command, also at the same moment', async () => {
    const answers = await Promise.all([placed(), placed(), placed()]);
    answers.push(await placed());
    for (const { bet, transaction } of answers) {
      expect(bet.id).toBe(answers[0]!.bet.id);
      expect(transaction).toBe(answers[0]!.transaction);
    }
    expect(store.rows.bets.size).toBe(1);
    expect(answers[0]!.bet).toMatchObject({ state: 'prepared', stakeLamports: '50000000', payout: 5 });
  });

  it('refuses another bet under a client key that is known', async () => {
    await placed();
    await expectRefused(place({ sol: '0.06' }), 'client-key-reused');
  });

  it('takes one of two bets placed from two tabs at once', async () => {
    const answers = await Promise.all([place({ clientKey: 'tab-one-key' }), place({ clientKey: 'tab-two-key' })]);
    expect(answers.map((answer) => (answer.ok ? 'placed' : answer.error.code)).sort()).toEqual(['bet-open', 'placed']);
    await expectRefused(place({ clientKey: 'tab-three-key' }), 'bet-open');
  });

  it.each([{ sol: '0.0000000001' }, { sol: '-1' }, { sol: Number.NaN }, { sol: 1e30 }, { sol: '0x10' }, { sol: '0' }])(
    'refuses the amount %o',
    async (request) => {
      await expectRefused(place(request), 'bad-amount');
    },
  );

  it('refuses a strategy and a venue that are not there', async () => {
    await expectRefused(place({ strategyId: 'sure-win' }), 'bad-request');
    await expectRefused(place({ venue: 'assisted' }), 'venue-unavailable');
  });

  it('refuses a key what it may not', async () => {
    const key = (permissions: ('read' | 'bet-paper' | 'bet')[]): Actor => ({
      accountId: 'player-0',
      by: { kind: 'key', keyId: 'k', permissions },
    });
    await expectRefused(place({}, key(['read'])), 'key-not-allowed');
    await expectRefused(place({}, key(['bet-paper'])), 'key-not-allowed');
    expect((await place({}, key(['bet']))).ok).toBe(true);
  });

  it('refuses an account that is gone, and one that was not told the odds', async () => {
    await expectRefused(place({}, { ...ACTOR, accountId: 'nobody' }), 'not-signed-in');
    account = { ...account, oddsAcceptedAt: null };
    await expectRefused(place(), 'odds-not-accepted');
  });

  it.each([
    ['stopped', { stoppedSince: SIM_START }],
    ['cooling-off', { coolingOffUntil: epochMs(SIM_START + 86_400_000) }],
    ['excluded', { excludedUntil: epochMs(SIM_START + 86_400_000) }],
  ])('refuses a player who is kept from betting: %s', async (code, safety) => {
    account = { ...account, safety: { ...account.safety, ...safety } };
    await expectRefused(place(), code);
  });

  it('refuses a player who has not looked at time and result for too long in this session', async () => {
    const { bet } = await placed();
    await world.engine().cancel(ACTOR, bet.id);
    account = { ...account, safety: { ...account.safety, realityCheckMs: 1_000, realityCheckedAt: SIM_START } };
    for (let step = 0; step < 8; step++) await world.step();
    await expectRefused(place({ clientKey: 'the-next-one' }), 'reality-check');
    // Ending the session by hand is no way around it.
    await world.engine().closeSession('player-0', bet.sessionId);
    await expectRefused(place({ clientKey: 'the-next-one' }), 'reality-check');
  });

  it('refuses with every rule that a bet breaks', async () => {
    const { safety } = account;
    const limits = { ...safety.limits, maxStakeFraction: 0.001, bankrollLamports: lamports(10_000_000_000n) };
    account = { ...account, safety: { ...safety, limits: { ...limits, perDayLossLamports: lamports(1n) } } };
    const { rules } = await expectRefused(place(), 'refused');
    expect(rules!.map(({ rule }) => rule)).toEqual(['stake-fraction', 'day-loss']);
  });

  it('refuses what the venue does not take, and what the player does not hold', async () => {
    const small = await expectRefused(place({ sol: '0.0001' }), 'refused');
    expect(small.rules).toMatchObject([{ rule: 'venue-minimum' }]);
    const large = await expectRefused(place({ sol: '6' }), 'refused');
    expect(large.rules).toMatchObject([{ rule: 'venue-maximum' }]);
    world.chain.give('wallet of player-0', -49_990_000_000n);
    await expectRefused(place(), 'insufficient-balance');
  });

  it('asks twice above the amount that the player set', async () => {
    account = { ...account, safety: { ...account.safety, highRiskLamports: lamports(49_999_999n) } };
    await expectRefused(place(), 'confirmation-needed');
    expect((await place({ confirmed: true })).ok).toBe(true);
  });

  it('refuses while no tick can be named, and while no bet is taken', async () => {
    world.feed.faults.silent = 1;
    await until(() => !world.feed.isLive());
    await expectRefused(place(), 'feed-stale');
    world.feed.faults.silent = 0;
    await until(() => world.feed.isLive() && world.feed.game()?.phase === 'cooldown');
    await expectRefused(place(), 'betting-closed');
    await until(() => world.feed.game()?.phase === 'rugged');
    await expectRefused(place(), 'betting-closed');
  });

  it('refuses while the ledger is halted, and while the chain does not answer', async () => {
    world.engine().halt('The ledger is being looked into.');
    const halted = await expectRefused(place(), 'venue-halted');
    expect(halted.message).toContain('The ledger is being looked into.');
    world.engine().resume();
    world.chain.faults.down = true;
    await expectRefused(place(), 'venue-unavailable');
    world.chain.faults.down = false;
    expect((await place()).ok).toBe(true);
  });

  it('keeps what was said with the bet', async () => {
    const { bet } = await placed();
    expect(bet).toMatchObject({ stance: 'against', winProbability: expect.closeTo(0.1817, 3), zone: 'negative' });
    const advice = store.rows.bets.get(bet.id)!.bet.advice!;
    expect(advice).toMatchObject({ word: 'Skip', advisedLamports: '0', strategyId: 'do-not-bet' });
  });
});

describe('a prepared bet', () => {
  it('is submitted once, and the same bytes again are the same answer', async () => {
    const { bet, transaction } = await placed();
    const submit = (actor = ACTOR, text = transaction!) => world.engine().submit(actor, bet.id, text);
    await expectRefused(submit(OTHER), 'not-found');
    await expectRefused(submit(ACTOR, 'something else'), 'transaction-changed');
    await expectRefused(world.engine().submit(ACTOR, 'Bet1111111111111111111', transaction!), 'not-found');
    expect(await submit()).toMatchObject({
      ok: true,
      value: { state: 'submitted', transactions: [{ status: 'sent' }] },
    });
    expect(await submit()).toMatchObject({ ok: true, value: { state: 'submitted' } });
    await expectRefused(world.engine().cancel(ACTOR, bet.id), 'already-submitted');
  });

  it('goes nowhere once its player has stopped all betting, and what is submitted goes on', async () => {
    const { bet, transaction } = await placed();
    const { safety } = account;
    account = { ...account, safety: { ...safety, stoppedSince: SIM_START } };
    await expectRefused(world.engine().submit(ACTOR, bet.id, transaction!), 'stopped');
    account = { ...account, safety };
    expect(await world.engine().submit(ACTOR, bet.id, transaction!)).toMatchObject({ ok: true });
    account = { ...account, safety: { ...safety, excludedUntil: epochMs(SIM_START + 86_400_000) } };
    expect(await world.engine().submit(ACTOR, bet.id, transaction!)).toMatchObject({ ok: true });
  });

  it('goes nowhere while the ledger is halted, and what is submitted goes on', async () => {
    const { bet, transaction } = await placed();
    world.engine().halt('The ledger is being looked into.');
    await expectRefused(world.engine().submit(ACTOR, bet.id, transaction!), 'venue-halted');
    world.engine().resume();
    expect(await world.engine().submit(ACTOR, bet.id, transaction!)).toMatchObject({ ok: true });
    world.engine().halt('The ledger is being looked into.');
    expect(await world.engine().submit(ACTOR, bet.id, transaction!)).toMatchObject({ ok: true });
  });

  it('is taken back by its player only, and stays taken back', async () => {
    const { bet, transaction } = await placed();
    await expectRefused(world.engine().cancel(OTHER, bet.id), 'not-found');
    const cancelled = await world.engine().cancel(ACTOR, bet.id);
    expect(cancelled).toMatchObject({ ok: true, value: { state: 'expired', reason: { code: 'refused' } } });
    expect(await world.engine().cancel(ACTOR, bet.id)).toEqual(cancelled);
    await expectRefused(world.engine().submit(ACTOR, bet.id, transaction!), 'bet-expired');
    expect((await place({ clientKey: 'the-next-one' })).ok).toBe(true);
  });

  it('expires after 30 s by itself', async () => {
    const { bet } = await placed();
    await until(() => world.now() >= bet.expiresAt + 1_000);
    expect(await world.engine().read('player-0', bet.id)).toMatchObject({
      state: 'expired',
      reason: { code: 'not-submitted', message: 'It was not signed in time. Nothing was taken.' },
    });
    expect(world.engine().unclosed('player-0')).toEqual([]);
  });
});

describe('one’s own bets', () => {
  it('are read by nobody else, and listed page by page', async () => {
    const { bet } = await placed();
    expect(await world.engine().read('player-1', bet.id)).toBeNull();
    await world.engine().cancel(ACTOR, bet.id);
    const second = await placed({ clientKey: 'the-next-one' });
    const list = (text: string, actor = ACTOR) => listBets(world.engine(), actor, new URLSearchParams(text));
    const first = await list('limit=1');
    expect(first).toMatchObject({ ok: true, value: { bets: [{ clientKey: expect.any(String) }] } });
    const next = first.ok ? first.value.next! : '';
    const rest = await list(`limit=1&before=${next}`);
    const ids = [first, rest].flatMap((page) => (page.ok ? page.value.bets.map(({ id }) => id) : []));
    expect(ids.toSorted()).toEqual([bet.id, second.bet.id].toSorted());
    expect(rest).toMatchObject({ value: { next: null } });
    expect(await list('', OTHER)).toMatchObject({ value: { bets: [], next: null } });
    expect(await list('before=nonsense')).toMatchObject({ ok: false, error: { status: 400 } });
  });

  it('belong to a session, which is ended by hand by its player only, or after 30 idle minutes', async () => {
    const { bet } = await placed();
    expect(await world.engine().closeSession('player-1', bet.sessionId)).toMatchObject({
      error: { code: 'not-found' },
    });
    expect(await world.engine().closeSession('player-0', bet.sessionId)).toEqual({ ok: true, value: null });
    expect(store.rows.sessions.get(bet.sessionId)).toMatchObject({ closeReason: 'player' });
    await world.engine().cancel(ACTOR, bet.id);
    const second = await placed({ clientKey: 'the-next-one' });
    expect(second.bet.sessionId).not.toBe(bet.sessionId);
    for (let step = 0; step < 8_000; step++) await world.step();
    expect(store.rows.sessions.get(second.bet.sessionId)).toMatchObject({ closeReason: 'idle' });
  });
});
