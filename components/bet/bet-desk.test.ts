import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBetDesk } from '@/components/bet/bet-desk';
import type { Wish } from '@/components/bet/desk-state';
import { createStakeKeeper } from '@/components/bet/stake-keeper';
import { createMemoryStorage } from '@/components/advice/test-kit/advice-fixtures';
import type { BetsApi, BetsFailure } from '@/components/bets-live/bets-api';
import { createBetsStore } from '@/components/bets-live/bets-store';
import { aBet, aPlacedBet } from '@/components/bets-live/test-kit/bet-fixtures';
import { NOW_MS } from '@/components/live/test-kit/live-fixtures';
import { betProblem, type BetProblemCode } from '@/lib/protocol/bet-problem';
import { lamports } from '@/lib/units/lamports';
import { err, ok } from '@/lib/units/result';
import { epochMs } from '@/lib/units/time';
import { walletOutcome } from '@/lib/wallet/outcome';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const WISH: Wish = { venue: 'practice', lamports: lamports(10_000_000n), strategyId: null };
const settled = () => vi.advanceTimersByTimeAsync(0);

function refusal(code: BetProblemCode): BetsFailure {
  return { kind: 'refused', ...betProblem(code, `no: ${code}`), rules: [], retryAfterMs: null, mayPass: false };
}
const UNREACHABLE: BetsFailure = {
  kind: 'unreachable',
  code: null,
  message: 'not reached',
  rules: [],
  retryAfterMs: null,
  mayPass: true,
};
const REFUSED_IN_WALLET = walletOutcome('refused', { errand: 'transaction', walletName: 'Phantom' });

function aDesk(
  parts: Partial<BetsApi> & { storage?: ReturnType<typeof createMemoryStorage>; nowMs?: () => number } = {},
) {
  const store = createBetsStore();
  const storage = parts.storage ?? createMemoryStorage();
  const api = {
    place: vi.fn<BetsApi['place']>(parts.place ?? (async () => ok(aPlacedBet()))),
    submit: vi.fn<BetsApi['submit']>(parts.submit ?? (async () => ok(aBet({ state: 'submitted', version: 2 })))),
    cancel: vi.fn<BetsApi['cancel']>(async () => ok(aBet({ state: 'expired', version: 2 }))),
    list: vi.fn<BetsApi['list']>(async () => ok([])),
  };
  const sign = vi.fn(async (transaction: string) => ok(`${transaction}-signed`) as Awaited<ReturnType<Sign>>);
  let keys = 0;
  const desk = createBetDesk({
    api,
    store,
    sign,
    keeper: createStakeKeeper(storage),
    accountId: () => 'account-1',
    createKey: () => `client-key-${++keys}`,
    clock: () => epochMs(parts.nowMs?.() ?? NOW_MS),
    painted: async () => undefined,
  });
  return { desk, api, sign, store, storage, keysAsked: () => api.place.mock.calls.map(([{ clientKey }]) => clientKey) };
}
type Sign = Parameters<typeof createBetDesk>[0]['sign'];

describe('placing a bet', () => {
  it('prepares, signs and hands over; afterwards it is the live channel that tells', async () => {
    const { desk, api, sign, store, storage } = aDesk();
    expect(desk.place(WISH)).toBe(true);
    await settled();
    expect(api.place).toHaveBeenCalledWith({ venue: 'practice', lamports: '10000000', clientKey: 'client-key-1' });
    expect(sign).toHaveBeenCalledWith('AQID', { betId: aBet().id, lamports: 10_000_000n });
    expect(api.submit).toHaveBeenCalledWith(aBet().id, 'AQID-signed');
    expect(desk.get()).toEqual({ step: 'idle' });
    expect(store.get().bets).toMatchObject([{ state: 'submitted' }]);
    expect(storage.kept.size).toBe(0);
  });

  it('takes a double press as one bet', async () => {
    const { desk, api } = aDesk();
    expect([desk.place(WISH), desk.place(WISH), desk.place(WISH)]).toEqual([true, false, false]);
    await settled();
    expect(api.place).toHaveBeenCalledOnce();
  });

  it('signs nothing where there is nothing to sign', async () => {
    const paper = aPlacedBet({ transaction: undefined, bet: aBet({ venue: 'paper', state: 'submitted' }) });
    const { desk, sign } = aDesk({ place: async () => ok(paper) });
    desk.place({ ...WISH, venue: 'paper' });
    await settled();
    expect(sign).not.toHaveBeenCalled();
    expect(desk.get()).toEqual({ step: 'idle' });
  });

  it('asks again before a high stake, and says so to the server', async () => {
    const place = vi.fn<BetsApi['place']>(async ({ confirmed }) =>
      confirmed ? ok(aPlacedBet()) : err(refusal('confirmation-needed')),
    );
    const { desk, keysAsked } = aDesk({ place });
    desk.place(WISH);
    await settled();
    expect(desk.get()).toMatchObject({ step: 'asking', question: 'high-risk', message: 'no: confirmation-needed' });
    desk.confirm();
    await settled();
    expect(place).toHaveBeenLastCalledWith(expect.objectContaining({ confirmed: true }));
    expect(keysAsked()).toEqual(['client-key-1', 'client-key-1']);
    expect(desk.get()).toEqual({ step: 'idle' });
  });

  it('goes on after the statement of the odds without having confirmed anything else', async () => {
    let isAccepted = false;
    const place = vi.fn<BetsApi['place']>(async () =>
      isAccepted ? ok(aPlacedBet()) : err(refusal('odds-not-accepted')),
    );
    const { desk } = aDesk({ place });
    desk.place(WISH);
    await settled();
    expect(desk.get()).toMatchObject({ step: 'asking', question: 'odds' });
    isAccepted = true;
    desk.confirm();
    await settled();
    expect(place.mock.lastCall?.[0]).not.toHaveProperty('confirmed');
    expect(desk.get()).toEqual({ step: 'idle' });
  });

  it('shows a refusal, and a new press is a new bet', async () => {
    const { desk, keysAsked } = aDesk({ place: async () => err(refusal('refused')) });
    desk.place(WISH);
    await settled();
    expect(desk.get()).toMatchObject({ step: 'refused', failure: { code: 'refused' } });
    desk.place(WISH);
    await settled();
    expect(keysAsked()).toEqual(['client-key-1', 'client-key-2']);
  });

  it('asks under the same name again where no answer came', async () => {
    const { desk, keysAsked } = aDesk({ place: async () => err(UNREACHABLE) });
    desk.place(WISH);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(desk.get()).toMatchObject({ step: 'refused', failure: { kind: 'unreachable' } });
    desk.tryAgain();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(new Set(keysAsked())).toEqual(new Set(['client-key-1']));
    expect(keysAsked()).toHaveLength(6);
  });
});

describe('when the wallet does not sign', () => {
  it('tells why, signs the same transaction on another try, and hands it over', async () => {
    const { desk, sign, api } = aDesk();
    sign.mockResolvedValueOnce(err(REFUSED_IN_WALLET));
    desk.place(WISH);
    await settled();
    expect(desk.get()).toMatchObject({ step: 'unsigned', outcome: { code: 'refused', wayOn: 'try-again' } });
    expect(desk.place(WISH)).toBe(false);
    desk.tryAgain();
    await settled();
    expect(sign.mock.calls.map(([transaction]) => transaction)).toEqual(['AQID', 'AQID']);
    expect(api.place).toHaveBeenCalledOnce();
    expect(api.submit).toHaveBeenCalledOnce();
  });

  it('prepares a new bet when the old one has expired meanwhile', async () => {
    let nowMs = NOW_MS;
    const { desk, sign, keysAsked } = aDesk({ nowMs: () => nowMs });
    sign.mockResolvedValueOnce(err(REFUSED_IN_WALLET));
    desk.place(WISH);
    await settled();
    nowMs += 31_000;
    desk.tryAgain();
    await settled();
    expect(keysAsked()).toEqual(['client-key-1', 'client-key-2']);
  });

  it('tells when the wallet’s code could not be loaded, and can be asked again', async () => {
    const { desk, sign, api } = aDesk();
    sign.mockRejectedValueOnce(new Error('chunk not found'));
    desk.place(WISH);
    await settled();
    expect(desk.get()).toMatchObject({ step: 'unsigned', outcome: { code: 'unreachable', wayOn: 'try-again' } });
    desk.tryAgain();
    await settled();
    expect(api.submit).toHaveBeenCalledOnce();
  });

  it('takes the bet back when the player lets it be', async () => {
    const { desk, sign, api, store } = aDesk();
    sign.mockResolvedValueOnce(err(REFUSED_IN_WALLET));
    desk.place(WISH);
    await settled();
    desk.dismiss();
    await settled();
    expect(api.cancel).toHaveBeenCalledWith(aBet().id);
    expect(store.get().bets).toMatchObject([{ state: 'expired' }]);
    expect(desk.get()).toEqual({ step: 'idle' });
  });

  it('drops a signature that comes after the bet was put away', async () => {
    let answer = (_: Awaited<ReturnType<Sign>>) => {};
    const { desk, sign, api } = aDesk();
    sign.mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)));
    desk.place(WISH);
    await settled();
    desk.dismiss();
    answer(ok('late'));
    await settled();
    expect(api.submit).not.toHaveBeenCalled();
    expect(desk.get()).toEqual({ step: 'idle' });
  });
});

describe('when the connection is lost after signing', () => {
  it('keeps what was signed and sends it by itself until the server has it', async () => {
    let isOnline = false;
    const submit = async () => (isOnline ? ok(aBet({ state: 'submitted', version: 2 })) : err(UNREACHABLE));
    const { desk, api, storage } = aDesk({ submit });
    desk.place(WISH);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(desk.get()).toMatchObject({ step: 'submitting', failure: { kind: 'unreachable' } });
    expect([...storage.kept.values()][0]).toContain('AQID-signed');
    expect(api.submit.mock.calls.length).toBeGreaterThan(3);
    isOnline = true;
    desk.nudge();
    await settled();
    expect(desk.get()).toEqual({ step: 'idle' });
    expect(storage.kept.size).toBe(0);
    expect(api.place).toHaveBeenCalledOnce();
  });

  it('goes on after the page was loaded again, for the same player only', async () => {
    const storage = createMemoryStorage();
    const before = aDesk({ submit: async () => err(UNREACHABLE), storage });
    before.desk.place(WISH);
    await vi.advanceTimersByTimeAsync(1_000);
    before.desk.stop();
    const after = aDesk({ storage });
    after.desk.resume('account-1');
    await settled();
    expect(after.api.submit).toHaveBeenCalledWith(aBet().id, 'AQID-signed');
    expect(storage.kept.size).toBe(0);

    const again = aDesk({ submit: async () => err(UNREACHABLE), storage });
    again.desk.place(WISH);
    await vi.advanceTimersByTimeAsync(1_000);
    again.desk.stop();
    const other = aDesk({ storage });
    other.desk.resume('account-2');
    await settled();
    expect(other.api.submit).not.toHaveBeenCalled();
    expect(storage.kept.size).toBe(0);
  });

  it('sends nothing for a player who left, and keeps what was signed', async () => {
    const { desk, api, storage } = aDesk({ submit: async () => err(UNREACHABLE) });
    desk.place(WISH);
    await vi.advanceTimersByTimeAsync(1_000);
    desk.reset();
    api.submit.mockClear();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(desk.get()).toEqual({ step: 'idle' });
    expect(api.submit).not.toHaveBeenCalled();
    expect(storage.kept.size).toBe(1);
  });

  it('ends with the server’s word when it came too late', async () => {
    let answer = UNREACHABLE;
    const { desk, storage } = aDesk({ submit: async () => err(answer) });
    desk.place(WISH);
    await vi.advanceTimersByTimeAsync(1_000);
    answer = refusal('bet-expired');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(desk.get()).toMatchObject({ step: 'refused', failure: { code: 'bet-expired' } });
    expect(storage.kept.size).toBe(0);
  });

  it('believes the live channel when the answer was lost but the bet arrived', async () => {
    const { desk, store } = aDesk({ submit: async () => err(UNREACHABLE) });
    desk.place(WISH);
    await settled();
    store.take({ type: 'bet', bet: aBet({ state: 'active', version: 3 }) });
    await vi.advanceTimersByTimeAsync(3_000);
    expect(desk.get()).toEqual({ step: 'idle' });
  });
});

describe('the keeper of a signed stake', () => {
  it('survives a storage that is forbidden, and text that is nothing', () => {
    const forbidden = () => {
      throw new Error('forbidden');
    };
    const keeper = createStakeKeeper({ getItem: forbidden, setItem: forbidden, removeItem: forbidden });
    expect(keeper.kept()).toBeNull();
    const stake = { betId: aBet().id, accountId: 'a', transaction: 'AQID', stakeLamports: '1', expiresAt: NOW_MS };
    keeper.keep(stake);
    expect(keeper.kept()).toEqual(stake);
    for (const text of ['', '{', '{"betId":"../x"}']) {
      expect(createStakeKeeper({ ...createMemoryStorage(), getItem: () => text }).kept()).toBeNull();
    }
  });
});
