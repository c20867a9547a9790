// What every store of bets must do, run against both implementations.
import { describe, expect, it } from 'vitest';
import type { BetEvent } from '@/lib/bets/bet-event';
import { openSession } from '@/lib/bets/bet-session';
import { betEvent, GAME_ID, PREPARED } from '@/lib/bets/test-kit/bet-events';
import { stakeTaken } from '@/lib/ledger/postings';
import { gameId } from '@/lib/units/game-id';
import { lamports } from '@/lib/units/lamports';
import { epochMs, type EpochMs } from '@/lib/units/time';
import type { BetStore, Changes, Step } from '@/server/bets/store/bet-store';

export type StoreUnderTest = {
  readonly store: BetStore;
  /** An account that is there. */
  readonly newAccount: () => Promise<string>;
  readonly balance: (account: string) => Promise<bigint>;
};

const NOW = epochMs(1_767_225_600_000);
let ids = 0;
const newId = () => `Bet${String(++ids).padStart(16, '0').replaceAll('0', 'z')}`;

export function describeBetStore(name: string, open: () => StoreUnderTest): void {
  describe(name, () => {
    it('keeps a bet whole: row, events, transactions, ledger', async () => {
      const { store, newAccount, balance } = open();
      const bet = await prepareBet(store, await newAccount());
      const events = [betEvent('submitted', {}, 1), betEvent('activated', {}, 2)];
      const accountId = bet.accountId;
      const moved = { lamports: lamports(50_000_000n), signature: `sig ${bet.betId}`, feeLamports: lamports(5_000n) };
      const taken = stakeTaken({ betId: bet.betId, accountId, venue: 'practice' }, moved);
      const row = {
        signature: moved.signature,
        betId: bet.betId,
        role: 'stake' as const,
        attempt: 1,
        status: 'confirmed' as const,
        bytes: new Uint8Array([1, 2, 255]),
        lastValidBlockHeight: 150,
        slot: 7,
        feeLamports: lamports(5_000n),
        sentAt: NOW,
        confirmedAt: NOW,
        finalizedAt: null,
      };
      const changes = { ...toChanges(bet.betId, events), postings: [taken], transactions: [row] };
      const { changed } = await store.run(write(bet.betId, changes));
      expect(changed[0]).toMatchObject({ bet: { state: 'active', startTick: 10, endTick: 50, version: 3 } });
      const stored = (await store.look({ bets: [bet.betId] })).bet(bet.betId);
      expect(stored).toEqual(changed[0]);
      expect(stored!.transactions).toEqual([row]);
      expect(stored!.preparation).toEqual(PREPARATION);
      expect(stored!.entries.map(({ account, lamports: amount }) => [account, amount])).toEqual([
        [`wallet:${accountId}`, -50_005_000n],
        ['escrow', 50_000_000n],
        ['fees', 5_000n],
      ]);
      expect(await balance(`wallet:${accountId}`)).toBe(-50_005_000n);
    });

    it('moves a transaction to another bet, and holds it under one', async () => {
      const { store, newAccount } = open();
      const accountId = await newAccount();
      const one = await prepareBet(store, accountId);
      await store.run(write(one.betId, toChanges(one.betId, [betEvent('expired')])));
      const two = await prepareBet(store, accountId, { clientKey: 'another-client-key' });
      const row = { ...SENT, signature: `moved ${one.betId}`, betId: one.betId };
      await store.run(write(one.betId, { transactions: [row] }));
      const betIds = [one.betId, two.betId];
      const moved = { ...row, betId: two.betId, status: 'confirmed' as const };
      await store.run({ asks: { bets: betIds }, decide: () => ({ result: null, changes: { transactions: [moved] } }) });
      const facts = await store.look({ bets: betIds });
      expect(betIds.map((betId) => facts.bet(betId)!.transactions)).toEqual([[], [moved]]);
    });

    it('takes a bet that is over as soon as it begins beside an open one, and no second open one', async () => {
      const { store, newAccount } = open();
      const accountId = await newAccount();
      const { sessionId } = await prepareBet(store, accountId);
      const begin = (betId: string, clientKey: string, rest: BetEvent[]) => {
        const payload = { ...PREPARED, accountId, clientKey, sessionId, gameId: gameId(GAME_ID) };
        return store.run({
          asks: { placement: { accountId, venue: 'practice' as const, clientKey } },
          decide: () => ({ result: null, changes: toChanges(betId, [betEvent('prepared', payload), ...rest]) }),
        });
      };
      const over = newId();
      await begin(over, 'second:over', [betEvent('submitted'), betEvent('voided')]);
      expect((await store.look({ bets: [over] })).bet(over)!.bet.state).toBe('void');
      await expect(begin(newId(), 'second:open', [betEvent('submitted')])).rejects.toThrow(/open bet/);
    });

    it('books a posting once, whoever books it again', async () => {
      const { store, newAccount, balance } = open();
      const { betId, accountId } = await prepareBet(store, await newAccount());
      const moved = { lamports: lamports(10n), signature: `once ${betId}`, feeLamports: lamports(0n) };
      const posting = stakeTaken({ betId, accountId, venue: 'practice' }, moved);
      await store.run(write(betId, { postings: [posting] }));
      await Promise.all([
        store.run(write(betId, { postings: [posting] })),
        store.run({ asks: {}, decide: () => ({ result: 0, changes: { postings: [posting, posting] } }) }),
      ]);
      expect(await balance(`wallet:${accountId}`)).toBe(-10n);
      expect((await store.look({ bets: [betId] })).bet(betId)!.entries).toHaveLength(2);
    });

    it('lets each step see what the ones before it did, though they wait together', async () => {
      const { store, newAccount } = open();
      const { betId } = await prepareBet(store, await newAccount());
      const seen: string[] = [];
      const step = (event: BetEvent): Step<null> => ({
        asks: { bets: [betId] },
        decide(facts) {
          seen.push(facts.bet(betId)!.bet.state);
          return { result: null, changes: toChanges(betId, [event]) };
        },
      });
      await Promise.all([store.run(step(betEvent('submitted'))), store.run(step(betEvent('activated')))]);
      expect(seen).toEqual(['prepared', 'submitted']);
    });

    it('lets a step that fails take no other down', async () => {
      const { store, newAccount } = open();
      const [one, two, three] = await Promise.all([1, 2, 3].map(async () => prepareBet(store, await newAccount())));
      const outcomes = await Promise.allSettled([
        store.run(write(one!.betId, toChanges(one!.betId, [betEvent('submitted')]))),
        // No such transition.
        store.run(write(two!.betId, toChanges(two!.betId, [betEvent('paid')]))),
        store.run({
          asks: {},
          decide() {
            throw new Error('a step with a fault');
          },
        }),
        store.run(write(three!.betId, toChanges(three!.betId, [betEvent('expired')]))),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
      const betIds = [one!, two!, three!].map(({ betId }) => betId);
      const facts = await store.look({ bets: betIds });
      expect(betIds.map((betId) => facts.bet(betId)!.bet.state)).toEqual(['submitted', 'prepared', 'expired']);
    });

    it('changes nothing at all when a part of a step does not fit', async () => {
      const { store, newAccount, balance } = open();
      const { betId, accountId } = await prepareBet(store, await newAccount());
      const moved = { lamports: lamports(9n), signature: `half ${betId}`, feeLamports: lamports(0n) };
      const posting = stakeTaken({ betId, accountId, venue: 'practice' }, moved);
      const changes = { ...toChanges(betId, [betEvent('submitted'), betEvent('paid')]), postings: [posting] };
      await expect(store.run(write(betId, changes))).rejects.toThrow(/cannot follow/);
      expect((await store.look({ bets: [betId] })).bet(betId)!.bet).toMatchObject({ state: 'prepared', version: 1 });
      expect(await balance(`wallet:${accountId}`)).toBe(0n);
    });

    it('refuses a second open bet of a player, and a client key used twice', async () => {
      const { store, newAccount } = open();
      const accountId = await newAccount();
      const first = await prepareBet(store, accountId, { clientKey: 'first-key' });
      await expect(prepareBet(store, accountId, { clientKey: 'second-key' })).rejects.toThrow();
      await store.run(write(first.betId, toChanges(first.betId, [betEvent('expired')])));
      await expect(prepareBet(store, accountId, { clientKey: 'first-key' })).rejects.toThrow();
      await expect(prepareBet(store, accountId, { clientKey: 'third-key' })).resolves.toBeDefined();
    });

    it('answers what a placement must know', async () => {
      const { store, newAccount } = open();
      const accountId = await newAccount();
      const { betId, sessionId } = await prepareBet(store, accountId, { clientKey: 'known-key' });
      const facts = await store.look({ placement: { accountId, venue: 'practice', clientKey: 'known-key' } });
      expect(facts.betByClientKey(accountId, 'known-key')?.bet.betId).toBe(betId);
      expect(facts.betByClientKey(accountId, 'other-key')).toBeNull();
      expect(facts.openBets(accountId).map((bet) => bet.betId)).toEqual([betId]);
      expect(facts.runningSession(accountId, 'practice')?.sessionId).toBe(sessionId);
      expect(facts.runningSession(accountId, 'paper')).toBeNull();
      expect(facts.activity(accountId)).toMatchObject([{ betId, venue: 'practice', state: 'prepared' }]);
      expect(facts.activity('nobody')).toEqual([]);
      expect(facts.account(accountId)?.accountId).toBe(accountId);
      expect(facts.account('nobody')).toBeNull();
    });

    it('closes idle sessions, and opens the next in the same step', async () => {
      const { store, newAccount } = open();
      const accountId = await newAccount();
      const { sessionId, betId } = await prepareBet(store, accountId);
      await store.run(write(betId, toChanges(betId, [betEvent('expired')])));
      const idleSince = epochMs(NOW + 1);
      const next = openSession({ sessionId: newId(), accountId, venue: 'practice' }, NOW);
      await store.run({
        asks: { idleSince },
        decide(facts) {
          const idle = facts.idleSessions(idleSince).find((session) => session.sessionId === sessionId)!;
          const closed = { ...idle, closedAt: idleSince, closeReason: 'idle' as const };
          return { result: null, changes: { sessions: [closed, next] } };
        },
      });
      const facts = await store.look({ sessions: [sessionId, next.sessionId] });
      expect(facts.session(sessionId)).toMatchObject({ closedAt: idleSince, closeReason: 'idle' });
      expect(facts.session(next.sessionId)).toEqual(next);
    });

    it('lists what is not closed, and a player’s bets newest first, page by page', async () => {
      const { store, newAccount } = open();
      const accountId = await newAccount();
      const placed: string[] = [];
      for (let n = 0; n < 5; n++) {
        const { betId } = await prepareBet(store, accountId, {
          clientKey: `page-key-${n}`,
          at: epochMs(NOW + (n >> 1)),
        });
        placed.push(betId);
        if (n < 4) await store.run(write(betId, toChanges(betId, [betEvent('expired')])));
      }
      const open_ = (await store.unclosed()).filter(({ bet }) => bet.accountId === accountId);
      expect(open_.map(({ bet }) => bet.betId)).toEqual([placed[4]]);
      // Two of a time are told apart by the bytes of their ids.
      const newestFirst = placed
        .map((id, n) => ({ id, key: `${n >> 1} ${id}` }))
        .toSorted((a, b) => (a.key < b.key ? 1 : -1));
      const page = await store.list(accountId, { limit: 3 });
      const { preparedAt, betId } = page.at(-1)!.bet;
      const rest = await store.list(accountId, { limit: 3, before: { preparedAt, betId } });
      expect([...page, ...rest].map(({ bet }) => bet.betId)).toEqual(newestFirst.map(({ id }) => id));
      expect((await store.list(accountId, { limit: 9, state: 'expired' })).length).toBe(4);
      expect(await store.list(accountId, { limit: 9, venue: 'paper' })).toEqual([]);
      expect(await store.list('nobody', { limit: 9 })).toEqual([]);
    });

    it('finds bets that were lost before their game’s end was known', async () => {
      const { store, newAccount } = open();
      const { betId } = await prepareBet(store, await newAccount());
      const events = [betEvent('submitted'), betEvent('activated'), betEvent('lost'), betEvent('stake-finalized')];
      await store.run(write(betId, toChanges(betId, events)));
      const found = async (since: EpochMs) => (await store.lostEarly(since)).map(({ bet }) => bet.betId);
      expect(await found(NOW)).toContain(betId);
      expect(await found(epochMs(NOW + 1_000))).not.toContain(betId);
    });
  });
}

const SENT = {
  role: 'stake' as const,
  attempt: 1,
  status: 'sent' as const,
  bytes: new Uint8Array([7]),
  lastValidBlockHeight: 150,
  slot: null,
  feeLamports: null,
  sentAt: NOW,
  confirmedAt: null,
  finalizedAt: null,
};
const PREPARATION = { words: ['Pay.'], feeLamports: '5000', balanceAfterLamports: null, kept: { message: 'x' } };

/** Whether or not the account has an open bet: that is refused by every store. */
export async function prepareBet(
  store: BetStore,
  accountId: string,
  { clientKey = 'some-client-key', at = NOW }: { clientKey?: string; at?: EpochMs } = {},
): Promise<{ betId: string; accountId: string; sessionId: string }> {
  const betId = newId();
  const { result } = await store.run({
    asks: { placement: { accountId, venue: 'practice', clientKey } },
    decide(facts) {
      const session =
        facts.runningSession(accountId, 'practice') ??
        openSession({ sessionId: newId(), accountId, venue: 'practice' }, NOW);
      const { sessionId } = session;
      const payload = { ...PREPARED, accountId, clientKey, sessionId, gameId: gameId(GAME_ID) };
      const event = { ...betEvent('prepared', payload), occurredAt: at } as BetEvent;
      const changes = { ...toChanges(betId, [event]), preparation: PREPARATION, sessions: [session] };
      return { result: sessionId, changes };
    },
  });
  return { betId, accountId, sessionId: result };
}

function write(betId: string, changes: Changes): Step<null> {
  return { asks: { bets: [betId] }, decide: () => ({ result: null, changes }) };
}

function toChanges(betId: string, events: readonly BetEvent[]): Changes {
  return { events: events.map((event) => ({ betId, event })) };
}
