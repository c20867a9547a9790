// Players of the practice chain's worlds, with real keys and real transactions. Most sign and submit; others send by
// themselves, late, twice, once more when all is over, another amount, or money without a word what it is for. Each asks
// again with the same client key when nobody answers.
import type { Keypair } from '@solana/web3.js';
import { Transaction } from '@solana/web3.js';
import type { Account } from '@/lib/account/account';
import type { BetProblem } from '@/lib/protocol/bet-problem';
import type { PlacedBet } from '@/lib/protocol/bets-api';
import { signInId } from '@/server/auth/sign-in-id';
import type { BetEngine } from '@/server/bets/bet-engine';
import { toMemo } from '@/server/bets/venues/practice/memo';
import { buildTransferMessage, toTransactionBytes } from '@/server/bets/venues/practice/transfer-message';
import { toVenueKey } from '@/server/bets/venues/practice/venue-key';
import type { Chain } from '@/server/chain/chain';
import { lamports } from '@/lib/units/lamports';
import type { EpochMs } from '@/lib/units/time';

export type PracticePlayer = {
  readonly accountId: string;
  readonly address: string;
  act(now: EpochMs, isBetting: boolean): void;
  /** What was answered instead of a bet. */
  readonly refusals: readonly BetProblem['code'][];
};

const PLANS = [
  ['submit', 0.52],
  ['submit and send', 0.05],
  ['send', 0.1],
  ['send late', 0.05],
  ['cancel', 0.04],
  ['nothing', 0.03],
  ['twice', 0.08],
  ['again', 0.06],
  ['other amount', 0.05],
  ['stray', 0.02],
] as const;
type Plan = (typeof PLANS)[number][0];

const STAKE_SOL = '0.05';
const STAKE = 50_000_000n;
const STRAY = 3_000_000n;
/** Says nothing of a bet. */
export const STRAY_MEMO = 'hello';
/** A player whose question was never answered asks again after so many steps. */
const PATIENCE_STEPS = 10;
const LATE_MS = 31_000;
const AGAIN_MS_MAX = 60_000;

export function createPracticePlayer({
  account,
  keypair,
  chain,
  venue,
  engine,
  random,
}: {
  account: Account;
  keypair: Keypair;
  chain: Pick<Chain, 'send' | 'latestBlockhash'>;
  venue: string;
  /** Of the process that runs now. */
  engine: () => BetEngine | undefined;
  random: () => number;
}): PracticePlayer {
  const { accountId, publicKey: address } = account;
  const actor = { accountId, by: { kind: 'browser' as const, signInId: signInId(accountId) } };
  const key = toVenueKey(keypair);
  const refusals: BetProblem['code'][] = [];
  const later: { readonly at: number; readonly run: () => Promise<unknown> }[] = [];
  let clientKey: string | null = null;
  let silent = 0;
  let count = 0;

  function sign(transaction: string): Uint8Array {
    const signing = Transaction.from(Buffer.from(transaction, 'base64'));
    signing.partialSign(keypair);
    return new Uint8Array(signing.serialize());
  }

  /** A wallet that cannot reach its cluster, or that is refused, sends nothing. */
  const send = (bytes: Uint8Array) => chain.send(bytes).catch(() => null);

  async function transfer(amount: bigint, memo: string): Promise<void> {
    const found = await chain.latestBlockhash().catch(() => null);
    if (!found) return;
    const { blockhash } = found;
    const message = buildTransferMessage({ from: address, to: venue, lamports: lamports(amount), memo, blockhash });
    await send(toTransactionBytes(message, key.sign(message)));
  }

  async function carryOut(plan: Plan, { bet, transaction }: PlacedBet, now: EpochMs): Promise<void> {
    const signed = sign(transaction!);
    const submit = () => engine()?.submit(actor, bet.id, Buffer.from(signed).toString('base64'));
    const stakeAgain = () => transfer(STAKE, toMemo('bet', bet.id));
    switch (plan) {
      case 'submit':
        return void (await submit());
      case 'submit and send':
        return void (await Promise.all([submit(), send(signed)]));
      case 'send':
        return void (await send(signed));
      case 'send late':
        return void later.push({ at: now + LATE_MS, run: () => send(signed) });
      case 'cancel':
        return void (await engine()?.cancel(actor, bet.id));
      case 'nothing':
        return;
      case 'twice':
        return void (await Promise.all([submit(), stakeAgain()]));
      case 'again':
        later.push({ at: now + random() * AGAIN_MS_MAX, run: stakeAgain });
        return void (await submit());
      case 'other amount':
        return void (await transfer(STAKE - 1_000n, toMemo('bet', bet.id)));
      case 'stray':
        return void (await Promise.all([submit(), transfer(STRAY, STRAY_MEMO)]));
    }
  }

  async function place(asked: string, now: EpochMs): Promise<void> {
    const answer = await engine()?.place(actor, { venue: 'practice', sol: STAKE_SOL, clientKey: asked });
    if (clientKey !== asked) return;
    clientKey = null;
    if (answer && !answer.ok) refusals.push(answer.error.code);
    if (answer?.ok && answer.value.transaction !== undefined) await carryOut(choose(random()), answer.value, now);
  }

  return {
    accountId,
    address,
    refusals,
    act(now, isBetting) {
      for (const due of later.filter(({ at }) => at <= now)) {
        later.splice(later.indexOf(due), 1);
        void due.run();
      }
      if (clientKey !== null && ++silent > PATIENCE_STEPS) {
        silent = 0;
        void place(clientKey, now);
      } else if (clientKey === null && isBetting && random() < 0.1) {
        silent = 0;
        clientKey = `${accountId}-key-${count++}`;
        void place(clientKey, now);
      }
    },
  };
}

function choose(at: number): Plan {
  let sum = 0;
  for (const [plan, share] of PLANS) if (at < (sum += share)) return plan;
  return 'submit';
}
