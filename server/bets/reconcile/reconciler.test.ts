import { beforeEach, afterEach, describe, expect, it } from 'vitest';
import { lamports } from '@/lib/units/lamports';
import { epochMs } from '@/lib/units/time';
import { createPosting, type LedgerLine } from '@/lib/ledger/ledger';
import { houseMoved } from '@/lib/ledger/postings';
import { transact } from '@/db/connect';
import { ledgerSummarySchema } from '@/lib/protocol/ledger-api';
import { createAirdropAllowance } from '@/server/bets/reconcile/airdrop-allowance';
import { getLedgerSummary } from '@/server/bets/reconcile/get-ledger-summary';
import { createReconciler } from '@/server/bets/reconcile/reconciler';
import { bookPostings } from '@/server/bets/store/write-changes';
import { createFakeChain, type FakeChain } from '@/server/bets/venues/test-kit/fake-chain';
import { createRecordDatabase, type RecordDatabase } from '@/server/store/record-database';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();
const VENUE = 'Venue11111111111111111111111111111111111111';
const BOOKED_AT = 1_767_225_600_000;
const LATER_MS = 130_000;
const ROUND = { newest: null, complete: true, unbookedLamports: 0n };

let now = BOOKED_AT;
let own: RecordDatabase;
let chain: FakeChain;
let told: string[];
let resolved: string[];
const clock = () => epochMs(now);

beforeEach(() => {
  now = BOOKED_AT;
  own = createRecordDatabase({ databaseUrl: database().databaseUrl });
  chain = createFakeChain();
  told = [];
  resolved = [];
});
afterEach(async () => {
  await own.end();
  const { sql } = database();
  await sql.unsafe('alter table ledger_entries disable trigger ledger_entries_append_only');
  await sql.unsafe('truncate ledger_entries');
  await sql.unsafe('truncate ledger_balances');
  await sql.unsafe('alter table ledger_entries enable trigger ledger_entries_append_only');
});

const create = () =>
  createReconciler({
    chain,
    address: VENUE,
    database: own,
    engine: { halt: (reason) => told.push(`halt: ${reason}`), resume: () => told.push('resume') },
    alerts: { raise: ({ detail }) => told.push(`raise: ${detail}`), resolve: (alertId) => resolved.push(alertId) },
    clock,
  });

async function fund(amount: bigint, signature: string): Promise<void> {
  const posting = houseMoved({ lamports: lamports(amount), feeLamports: lamports(0n), signature });
  await own.use((sql) => transact(sql, () => bookPostings(sql, [posting], clock())));
}

async function book(name: string, lines: readonly LedgerLine[]): Promise<void> {
  const posting = createPosting({ name, lines, betId: null, signature: null });
  await own.use((sql) => transact(sql, () => bookPostings(sql, [posting], clock())));
}

describe('the ledger held against the chain', () => {
  it('matches when the address holds escrow, house and unidentified, to the last lamport', async () => {
    const { signature } = await landed(1_000_000n);
    await fund(1_000_000n, signature);
    await book('stake:x', [
      { account: 'wallet:a', lamports: lamports(-700n) },
      { account: 'escrow', lamports: lamports(700n) },
    ]);
    chain.give(VENUE, 700n);
    const reconciler = create();
    await reconciler.afterRound({ ...ROUND, newest: signature });
    expect(reconciler.newest()).toMatchObject({ chainLamports: 1_000_700n, differences: [] });
    expect(told).toEqual([]);
  });

  it('counts what is on the chain and not final yet', async () => {
    chain.give(VENUE, 400n);
    await book('stake:x', [
      { account: 'wallet:a', lamports: lamports(-1_000n) },
      { account: 'escrow', lamports: lamports(1_000n) },
    ]);
    const reconciler = create();
    await reconciler.afterRound({ ...ROUND, unbookedLamports: -600n });
    expect(reconciler.newest()).toMatchObject({ expectedLamports: 400n, differences: [] });
  });

  it('that differ twice in a row halt new bets and raise an alert; when they agree again, bets go on', async () => {
    const reconciler = create();
    chain.give(VENUE, 5n);
    await reconciler.afterRound(ROUND);
    expect(told).toEqual([]);
    await reconciler.afterRound(ROUND);
    expect(told[0]).toMatch(/^halt: The ledger and the chain differ/);
    expect(told[1]).toMatch(/holds 0\.000000005 SOL, and the ledger says 0 SOL: a difference of 0\.000000005 SOL/);
    expect(reconciler.isHalting()).toBe(true);
    chain.give(VENUE, -5n);
    await reconciler.afterRound(ROUND);
    expect(told.at(-1)).toBe('resume');
    expect(reconciler.isHalting()).toBe(false);
  });

  it('end the alert of unidentified money once all of it is sent back', async () => {
    const reconciler = create();
    const move = (name: string, amount: bigint) => {
      chain.give(VENUE, amount);
      return book(name, [
        { account: 'funding', lamports: lamports(-amount) },
        { account: 'unidentified', lamports: lamports(amount) },
      ]);
    };
    await move('unidentified:came', 500n);
    await reconciler.afterRound(ROUND);
    expect(resolved).not.toContain('ledger-unidentified');
    await move('unidentified:went back', -500n);
    now += 2_000;
    await reconciler.afterRound(ROUND);
    expect(resolved).toContain('ledger-unidentified');
    expect(told).toEqual([]);
  });

  it('that cannot be compared for a minute raise an alert, which ends with the next comparison', async () => {
    const reconciler = create();
    const incomplete = { ...ROUND, complete: false };
    await reconciler.afterRound(ROUND);
    for (const passed of [2_000, 59_999]) {
      now += passed;
      await reconciler.afterRound(incomplete);
    }
    expect(told).toEqual([]);
    now += 1;
    await reconciler.afterRound(incomplete);
    expect(told).toEqual([expect.stringMatching(/^raise: The ledger could not be held against the chain since 2026/)]);
    resolved = [];
    await reconciler.afterRound(ROUND);
    expect(resolved).toContain('ledger-not-compared');
  });

  it('that differ for a moment halt nothing', async () => {
    const reconciler = create();
    chain.give(VENUE, 5n);
    await reconciler.afterRound(ROUND);
    chain.give(VENUE, -5n);
    await reconciler.afterRound(ROUND);
    chain.give(VENUE, 5n);
    now += 3_000;
    await reconciler.afterRound(ROUND);
    expect(told).toEqual([]);
  });

  it('are not compared in a moment that says nothing', async () => {
    const reconciler = create();
    await landed(9n);
    await reconciler.afterRound(ROUND);
    await reconciler.afterRound({ ...ROUND, complete: false });
    expect(reconciler.newest()).toBeNull();
  });

  it('find a booked transaction that the chain does not know', async () => {
    const { signature } = await landed(10n);
    await fund(10n, signature);
    await fund(0n, 'nothing');
    await book('balance', [
      { account: 'house', lamports: lamports(-20n) },
      { account: 'funding', lamports: lamports(20n) },
    ]);
    await fund(20n, 'unknown');
    const reconciler = create();
    await reconciler.afterRound({ ...ROUND, newest: signature });
    expect(reconciler.newest()?.differences).toEqual([]);
    now += LATER_MS;
    for (let i = 0; i < 2; i++) await reconciler.afterRound({ ...ROUND, newest: signature });
    expect(reconciler.newest()?.differences).toEqual(['The chain does not know unknown, which is booked.']);
    expect(reconciler.isHalting()).toBe(true);
  });

  it('find balances that are not the sum of their entries, and a sum that is not zero', async () => {
    await book('x', [
      { account: 'fees', lamports: lamports(3n) },
      { account: 'funding', lamports: lamports(-3n) },
    ]);
    await database().sql`update ledger_balances set lamports = 4 where account = 'fees'`;
    const reconciler = create();
    await reconciler.afterRound(ROUND);
    expect(reconciler.newest()?.differences).toEqual([
      'The accounts of the ledger sum to 0.000000001 SOL, and not to 0.',
      'The balance of fees is not the sum of its entries.',
    ]);
  });

  it('is summed up for everybody, players by kind, one’s own beside it', async () => {
    await book('stake:x', [
      { account: 'wallet:a', lamports: lamports(-700n) },
      { account: 'wallet:b', lamports: lamports(-300n) },
      { account: 'escrow', lamports: lamports(1_000n) },
    ]);
    chain.give(VENUE, 1_000n);
    const reconciler = create();
    await reconciler.afterRound(ROUND);
    const ctx = {
      database: own,
      chain,
      address: VENUE,
      rpcUrl: null,
      comparison: reconciler.newest,
      allowance: createAirdropAllowance({ chain, clock }),
      clock,
    };
    const summary = ledgerSummarySchema.parse(await getLedgerSummary(ctx, 'a'));
    expect(summary).toMatchObject({
      accounts: [
        { account: 'escrow', holders: 1, lamports: '1000' },
        { account: 'wallet', holders: 2, lamports: '-1000' },
      ],
      sum: '0',
      own: [{ account: 'wallet', lamports: '-700' }],
      chain: { lamports: '1000', expectedLamports: '1000', matches: true, checkedAt: now },
    });
    expect(await getLedgerSummary(ctx, null)).toMatchObject({ own: null });
  });
});

async function landed(amount: bigint): Promise<{ signature: string }> {
  const signature = await chain.airdrop(VENUE, lamports(amount));
  chain.advance();
  return { signature };
}
