import { describe, expect, it } from 'vitest';
import {
  createOwnBalances,
  UNKNOWN,
  type OwnBalances,
  type OwnBalancesParts,
} from '@/components/account-menu/own-balances';
import type { AskProblem } from '@/components/safety/ask-api';
import { err, ok, type Result } from '@/lib/units/result';

const ADDRESS = '1'.repeat(32);
const SOL = 1_000_000_000n;

/** The server as the menu meets it: an airdrop shows only after so many looks. */
function setUp({ looksBefore = 0, refusal = null as string | null } = {}) {
  let [balance, looks, given] = [0n, 0, false];
  const shown: OwnBalances[] = [];
  const answers: Record<string, () => Result<unknown, AskProblem>> = {
    'GET /api/practice/balance': () => {
      if (given && looks++ >= looksBefore) balance = 10n * SOL;
      return ok({
        address: ADDRESS,
        cluster: 'practice',
        rpcUrl: null,
        lamports: `${balance}`,
        leastLamports: '0',
        airdropsLeft: 3,
      });
    },
    'GET /api/ledger/summary': () =>
      ok({
        accounts: [],
        sum: '0',
        own: [{ account: 'paper', lamports: `${7n * SOL}` }],
        chain: {
          address: ADDRESS,
          cluster: 'practice',
          lamports: null,
          expectedLamports: null,
          matches: null,
          checkedAt: null,
          differences: [],
        },
      }),
    'POST /api/practice/airdrop': () => {
      if (refusal) return err({ code: 'rate-limited', message: refusal });
      given = true;
      return ok({ signature: 's', lamports: `${10n * SOL}`, airdropsLeft: 2 });
    },
  };
  const ask: OwnBalancesParts['ask'] = async ({ method, path, schema }) => {
    const answer = answers[`${method} ${path}`]!();
    return answer.ok ? ok(schema.parse(answer.value)) : answer;
  };
  const own = createOwnBalances({ ask, wait: async () => {}, show: (next) => shown.push(next) });
  return { own, shown, last: () => shown.at(-1) ?? UNKNOWN };
}

describe('the balances in the menu', () => {
  it('are those of the practice chain and of paper', async () => {
    const { own, last } = setUp();
    await own.load();
    expect(last()).toMatchObject({
      chain: { lamports: 0n, cluster: 'practice' },
      paperLamports: 7n * SOL,
      problem: null,
    });
  });

  it('show an airdrop once the chain has it', async () => {
    const { own, last, shown } = setUp({ looksBefore: 3 });
    await own.load();
    await own.airdrop();
    expect(last()).toMatchObject({ chain: { lamports: 10n * SOL }, isAsking: false, problem: null });
    expect(shown.some(({ isAsking, chain }) => isAsking && chain?.lamports === 0n)).toBe(true);
  });

  it('say so when it takes too long, and when it is refused', async () => {
    const late = setUp({ looksBefore: 1_000 });
    await late.own.load();
    await late.own.airdrop();
    expect(late.last()).toMatchObject({ isAsking: false, problem: expect.stringContaining('on its way') });
    const refused = setUp({ refusal: 'No more today.' });
    await refused.own.load();
    await refused.own.airdrop();
    expect(refused.last()).toMatchObject({ isAsking: false, problem: 'No more today.' });
  });
});
