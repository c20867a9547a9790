import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { epochMs } from '@/lib/units/time';
import { createSimAccount, walletOf } from '@/server/bets/simulation/sim-account';
import { createBatcher } from '@/server/bets/store/batcher';
import { RecordUnavailableError, type BetStore } from '@/server/bets/store/bet-store';
import { createMemoryBetStore } from '@/server/bets/store/memory-bet-store';
import { createPostgresBetStore } from '@/server/bets/store/postgres-bet-store';
import { describeBetStore, prepareBet } from '@/server/bets/test-kit/bet-store-contract';
import { createRecordDatabase } from '@/server/store/record-database';
import { useTestDatabase } from '@/server/test-kit/postgres';

const NOW = epochMs(1_767_225_600_000);
const clock = () => NOW;
const accounts = new Set<string>();
const accountOf = (id: string) => (accounts.has(id) ? createSimAccount(id, NOW) : null);
let made = 0;
const memory = createMemoryBetStore({ clock, readAccount: accountOf });

describeBetStore('the store in memory', () => ({
  store: memory,
  async newAccount() {
    const id = `account-${made++}`;
    accounts.add(id);
    return id;
  },
  balance: async (account) => memory.balances.get(account as never) ?? 0n,
}));

describe('in PostgreSQL', () => {
  const database = useTestDatabase();
  const connections: { end(): Promise<void> }[] = [];
  let store: BetStore;

  function open(): BetStore {
    const connect = () => {
      const connection = createRecordDatabase({ databaseUrl: database().databaseUrl, plans: 'once' });
      connections.push(connection);
      return connection;
    };
    return createPostgresBetStore({
      writer: connect(),
      reader: connect(),
      readAccounts: async (_sql, ids) => ids.flatMap((id) => accountOf(id) ?? []),
      clock,
    });
  }

  beforeAll(() => {
    store = open();
  });
  afterAll(async () => {
    await store.stop();
    for (const connection of connections) await connection.end();
  });

  async function newAccount(): Promise<string> {
    const id = `account-${made++}`;
    accounts.add(id);
    const at = new Date(NOW).toISOString();
    await database().sql`insert into accounts (account_id, public_key, created_at, last_seen_at)
      values (${id}, ${walletOf(id)}, ${at}::timestamptz, ${at}::timestamptz)`;
    return id;
  }

  describeBetStore('the store in PostgreSQL', () => ({
    store,
    newAccount,
    async balance(account) {
      const [row] = await database().sql`select lamports from ledger_balances where account = ${account}`;
      return BigInt(row?.lamports ?? 0);
    },
  }));

  it('lets a step that the database refuses take no other down', async () => {
    const orphan = { sessionId: 'orphan-session', accountId: 'nobody at all', venue: 'paper' as const };
    const session = { ...orphan, openedAt: NOW, lastBetAt: NOW, closedAt: null, closeReason: null };
    const id = await newAccount();
    const whole = { ...session, sessionId: 'whole-session', accountId: id };
    const write = (one: typeof session) =>
      store.run({ asks: {}, decide: () => ({ result: null, changes: { sessions: [one] } }) });
    const outcomes = await Promise.allSettled([write(session), write(whole)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect((await store.look({ sessions: ['whole-session'] })).session('whole-session')).toEqual(whole);
  });

  it('beside the store of another node, takes one of the bets that both place for a player, in one chain of events', async () => {
    const other = open();
    const players = await Promise.all(Array.from({ length: 20 }, newAccount));
    const placed = await Promise.all(
      players.map(async (id) => {
        const both = [store, other].map((one, node) =>
          prepareBet(one, id, { clientKey: `client-key-of-node-${node}` }),
        );
        return (await Promise.allSettled(both)).filter(({ status }) => status === 'fulfilled').length;
      }),
    );
    expect(placed).toEqual(players.map(() => 1));
    const { sql } = database();
    const [broken] = await sql`
      select count(*)::int as links from (
        select previous_hash, lag(hash) over (order by position) as before from events) chained
      where before is not null and previous_hash <> before`;
    expect(broken!.links).toBe(0);
    await other.stop();
  });

  it('says that the record is away when it is, and goes on once it is back', async () => {
    const { sql } = database();
    const terminated = await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`;
    expect(terminated.length).toBeGreaterThan(0);
    const outcome = await store.unclosed().then(
      () => 'answered',
      (error: unknown) => error,
    );
    // The connection that was cut is noticed at once or replaced before it is needed.
    if (outcome !== 'answered') expect(outcome).toBeInstanceOf(RecordUnavailableError);
    expect(Array.isArray(await store.unclosed())).toBe(true);
  });
});

describe('a batcher', () => {
  it('takes what is urgent first, and some of the rest in every round', async () => {
    const rounds: string[][] = [];
    const batcher = createBatcher<string, null>({
      batchMax: 5,
      waitingMax: 20,
      isUrgent: (item) => item.startsWith('u'),
      async run(items) {
        rounds.push([...items]);
        return items.map(() => ({ ok: true, value: null }));
      },
    });
    await Promise.all(['r1', 'r2', 'r3', 'u1', 'u2', 'u3', 'u4', 'u5'].map((item) => batcher.push(item)));
    expect(rounds).toEqual([
      ['u1', 'u2', 'u3', 'u4', 'r1'],
      ['u5', 'r2', 'r3'],
    ]);
    await batcher.stop();
  });

  it('takes what comes while it works into one next round, and refuses more than may wait', async () => {
    const rounds: number[][] = [];
    let release: () => void = () => {};
    const batcher = createBatcher<number, number>({
      batchMax: 10,
      waitingMax: 3,
      async run(items) {
        rounds.push([...items]);
        await new Promise<void>((resolve) => (release = resolve));
        return items.map((item) => (item === 3 ? { ok: false, error: 'three' } : { ok: true, value: item * 2 }));
      },
    });
    const first = batcher.push(1);
    await Promise.resolve();
    const more = [2, 3, 4].map((n) => batcher.push(n).catch((error: unknown) => error));
    await expect(batcher.push(5)).rejects.toBeInstanceOf(RecordUnavailableError);
    release();
    expect(await first).toBe(2);
    await Promise.resolve();
    release();
    expect(await Promise.all(more)).toEqual([4, 'three', 8]);
    expect(rounds).toEqual([[1], [2, 3, 4]]);
    await batcher.idle();
    await batcher.stop();
    await expect(batcher.push(6)).rejects.toBeInstanceOf(RecordUnavailableError);
  });
});
