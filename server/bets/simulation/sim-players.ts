// Players of a simulated world. Most sign and submit; others wait too long, send the transaction themselves, send another
// amount, send twice or once more when all is over, take the bet back, ask again with the same client key, or submit somebody else's bet. Each knows only
// what the engine answered, and asks again when it never did.
import type { BetProblem } from '@/lib/protocol/bet-problem';
import type { PlacedBet } from '@/lib/protocol/bets-api';
import { signInId } from '@/server/auth/sign-in-id';
import type { Actor } from '@/server/auth/actor';
import type { BetEngine } from '@/server/bets/bet-engine';
import type { SimChain, SimTransfer } from '@/server/bets/simulation/sim-chain';
import type { EpochMs } from '@/lib/units/time';

export type SimPlayer = {
  act(now: EpochMs): void;
  readonly refusals: ReadonlyMap<BetProblem['code'], number>;
};

/** By then most bets are over. */
const MUCH_LATER_MS = 60_000;
/** A player whose question was never answered asks again after this. */
const PATIENCE_MS = 4_000;

type Plan =
  'submit' | 'late' | 'cancel' | 'forget' | 'self' | 'self-late' | 'other-amount' | 'twice' | 'again' | 'foreign';
const PLANS: readonly (readonly [Plan, number])[] = [
  ['submit', 0.71],
  ['late', 0.03],
  ['cancel', 0.04],
  ['forget', 0.03],
  ['self', 0.05],
  ['self-late', 0.03],
  ['other-amount', 0.03],
  ['twice', 0.03],
  ['again', 0.03],
  ['foreign', 0.02],
];

export function createSimPlayer({
  accountId,
  chain,
  engine,
  random,
  pace,
}: {
  accountId: string;
  chain: SimChain;
  /** The one that runs now. */
  engine: () => BetEngine;
  random: () => number;
  /** Probability of wanting to bet, at a step. */
  pace: () => number;
}): SimPlayer {
  const actor: Actor = { accountId, by: { kind: 'browser', signInId: signInId(accountId) } };
  const refusals = new Map<BetProblem['code'], number>();
  const later: { readonly transfer: SimTransfer; readonly at: number }[] = [];
  let asked: { readonly clientKey: string; readonly sol: string; readonly at: number } | null = null;
  let held: { readonly placed: PlacedBet; readonly plan: Plan; readonly at: number } | null = null;
  let count = 0;

  function refused(problem: BetProblem): void {
    refusals.set(problem.code, (refusals.get(problem.code) ?? 0) + 1);
  }

  function ask(clientKey: string, sol: string, now: EpochMs): void {
    asked = { clientKey, sol, at: now };
    void engine()
      .place(actor, { venue: 'practice', sol, clientKey })
      .then((answer) => {
        if (asked?.clientKey !== clientKey) return;
        asked = null;
        if (!answer.ok) return refused(answer.error);
        const plan = choose(random());
        const waits = plan === 'late' || plan === 'self-late' ? 31_000 + random() * 20_000 : 300 + random() * 2_500;
        if (plan !== 'forget') held = { placed: answer.value, plan, at: now + waits };
      });
  }

  function send(transfer: SimTransfer): void {
    try {
      chain.send(transfer);
    } catch {
      // A wallet that cannot reach its cluster sends nothing.
    }
  }

  function carryOut({ placed: { bet, transaction }, plan }: NonNullable<typeof held>, now: EpochMs): void {
    const answered = (answer: Promise<{ ok: boolean; error?: BetProblem }>) =>
      void answer.then((given) => {
        if (!given.ok && given.error) refused(given.error);
      });
    const submit = () => engine().submit(actor, bet.id, transaction!);
    const transfer = JSON.parse(transaction!) as SimTransfer;
    switch (plan) {
      case 'submit':
      case 'late':
        answered(submit());
        if (random() < 0.1) answered(submit());
        return;
      case 'cancel':
        return answered(engine().cancel(actor, bet.id));
      case 'foreign': {
        const other: Actor = { ...actor, accountId: 'nobody' };
        answered(engine().submit(other, bet.id, transaction!));
        return answered(submit());
      }
      case 'self':
      case 'self-late':
        return void send(transfer);
      case 'other-amount':
        return void send({ ...transfer, lamports: String(BigInt(transfer.lamports) - 1_000n) });
      case 'twice':
        answered(submit());
        // The same bet paid again by another transaction, whichever of them lands first.
        return void send({ ...transfer, lastValidBlockHeight: transfer.lastValidBlockHeight - 1 });
      case 'again': {
        // By hand, with a blockhash of that time.
        answered(submit());
        const again = { ...transfer, lastValidBlockHeight: transfer.lastValidBlockHeight + 1_000 };
        later.push({ transfer: again, at: now + random() * MUCH_LATER_MS });
        return;
      }
      case 'forget':
        return;
    }
  }

  return {
    refusals,
    act(now) {
      if (held && now >= held.at) {
        const due = held;
        held = null;
        carryOut(due, now);
      }
      const [again] = later;
      if (again && now >= again.at) send(later.shift()!.transfer);
      if (asked && now - asked.at > PATIENCE_MS) ask(asked.clientKey, asked.sol, now);
      else if (!asked && !held && random() < pace()) ask(`key-${accountId}-${count++}`, amount(random), now);
    },
  };
}

/** Mostly sensible stakes; some that must be refused. */
function amount(random: () => number): string {
  if (random() < 0.03) return random() < 0.5 ? '0.0000000001' : '7';
  return (0.01 + Math.floor(random() * 40) / 1_000).toFixed(3);
}

function choose(at: number): Plan {
  let sum = 0;
  for (const [plan, share] of PLANS) if (at < (sum += share)) return plan;
  return 'submit';
}
