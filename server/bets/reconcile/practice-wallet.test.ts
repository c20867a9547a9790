import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lamports } from '@/lib/units/lamports';
import { epochMs } from '@/lib/units/time';
import { airdropAnswerSchema, practiceBalanceSchema } from '@/lib/protocol/ledger-api';
import { AIRDROP_LAMPORTS, createAirdropAllowance } from '@/server/bets/reconcile/airdrop-allowance';
import type { LedgerContext } from '@/server/bets/reconcile/ledger-context';
import { getPracticeBalance, requestAirdrop } from '@/server/bets/reconcile/practice-wallet';
import { createFakeChain, type FakeChain } from '@/server/bets/venues/test-kit/fake-chain';
import { createPlayer } from '@/server/bets/venues/test-kit/practice-kit';
import { createRecordDatabase, type RecordDatabase } from '@/server/store/record-database';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();
const HOUR_MS = 3_600_000;

let now = 1_767_225_600_000;
let own: RecordDatabase;
let chain: FakeChain;
let ctx: LedgerContext;
let players = 0;
let accountId = '';
beforeEach(async () => {
  const clock = () => epochMs(now);
  own = createRecordDatabase({ databaseUrl: database().databaseUrl });
  chain = createFakeChain({ clock });
  accountId = `wallet-player-${++players}`;
  await createPlayer(database().sql, accountId);
  ctx = {
    database: own,
    chain,
    address: 'Venue11111111111111111111111111111111111111',
    rpcUrl: 'http://127.0.0.1:1',
    comparison: () => null,
    allowance: createAirdropAllowance({ chain, clock }),
    clock,
  };
});
afterEach(() => own.end());

describe('an airdrop of practice SOL', () => {
  it('is given three times within a day, and again when the first is a day old', async () => {
    for (const left of [2, 1, 0]) {
      const given = await requestAirdrop(ctx, accountId);
      expect(given).toMatchObject({ ok: true, value: { airdropsLeft: left, lamports: AIRDROP_LAMPORTS.toString() } });
      expect(airdropAnswerSchema.safeParse(given.ok && given.value).success).toBe(true);
      now += HOUR_MS;
    }
    const refused = await requestAirdrop(ctx, accountId);
    expect(refused).toMatchObject({ error: { code: 'rate-limited', retryAfterMs: 21 * HOUR_MS } });
    now += 21 * HOUR_MS;
    expect(await requestAirdrop(ctx, accountId)).toMatchObject({ ok: true });
    chain.advance();
    const balance = await getPracticeBalance(ctx, accountId);
    expect(balance).toMatchObject({
      ok: true,
      value: { lamports: (AIRDROP_LAMPORTS * 4n).toString(), airdropsLeft: 0 },
    });
    expect(practiceBalanceSchema.safeParse(balance.ok && balance.value).success).toBe(true);
  });

  it('is not forgotten by a restart, whatever else the wallet did since', async () => {
    expect(await requestAirdrop(ctx, accountId)).toMatchObject({ ok: true });
    now += HOUR_MS;
    expect(await requestAirdrop(ctx, accountId)).toMatchObject({ value: { airdropsLeft: 1 } });
    chain.advance();
    await chain.airdrop(await addressOf(), lamports(7n));
    chain.advance();
    const restarted = { ...ctx, allowance: createAirdropAllowance({ chain, clock: ctx.clock }) };
    expect(await getPracticeBalance(restarted, accountId)).toMatchObject({ value: { airdropsLeft: 1 } });
    const both = await Promise.all([requestAirdrop(restarted, accountId), requestAirdrop(restarted, accountId)]);
    expect(both).toMatchObject([
      { value: { airdropsLeft: 0 } },
      { error: { code: 'rate-limited', retryAfterMs: 23 * HOUR_MS } },
    ]);
  });

  it('that the chain could not give does not count', async () => {
    chain.faults.down = true;
    expect(await requestAirdrop(ctx, accountId)).toMatchObject({ error: { code: 'venue-unavailable' } });
    expect(await getPracticeBalance(ctx, accountId)).toMatchObject({ error: { code: 'venue-unavailable' } });
    chain.faults.down = false;
    expect(await getPracticeBalance(ctx, accountId)).toMatchObject({ value: { airdropsLeft: 3 } });
    chain.faults.down = true;
    expect(await requestAirdrop(ctx, accountId)).toMatchObject({ error: { code: 'venue-unavailable' } });
    chain.faults.down = false;
    expect(await getPracticeBalance(ctx, accountId)).toMatchObject({ value: { airdropsLeft: 3 } });
  });

  it('is for the practice chain alone, and for accounts that exist', async () => {
    const devnet = { ...ctx, chain: { ...chain, cluster: 'devnet' as const } };
    expect(await requestAirdrop(devnet, accountId)).toMatchObject({ error: { code: 'venue-unavailable' } });
    expect(await requestAirdrop(ctx, 'nobody')).toMatchObject({ error: { code: 'not-found' } });
  });
});

async function addressOf(): Promise<string> {
  const balance = await getPracticeBalance(ctx, accountId);
  if (!balance.ok) throw new Error(balance.error.message);
  return balance.value.address;
}
