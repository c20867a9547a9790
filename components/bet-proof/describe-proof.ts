// The settlement of a bet in words and numbers: the rule applied step by step, the arithmetic of the money, and what a replay on
// the reader's own device says of both. Pure; nothing here trusts what the server concluded.
import type { RoundCheck } from '@/components/verify/check-round';
import { sol } from '@/components/games/sol';
import { OUTCOME_OF } from '@/lib/bets/bet-outcome';
import { sideBetWins, windowEndTick } from '@/lib/game/rules';
import type { BetProof } from '@/lib/protocol/sessions-api';
import { formatMultiple } from '@/lib/units/format';
import { assertNever } from '@/lib/units/result';

export function proofVerdict({ bet, money }: Pick<BetProof, 'bet' | 'money'>): {
  readonly title: string;
  readonly sentence: string;
} {
  const stake = sol(bet.stakeLamports);
  const outcome = OUTCOME_OF[bet.state];
  switch (outcome) {
    case 'won':
      return { title: 'Won', sentence: `${stake} became ${sol(money.payoutLamports)}.` };
    case 'lost':
      return { title: 'Lost', sentence: `The stake of ${stake} stays with the house.` };
    case 'void':
      return { title: 'Void', sentence: bet.reason?.message ?? 'It does not count.' };
    case 'expired':
      return { title: 'Not placed', sentence: bet.reason?.message ?? 'Nothing was taken.' };
    case 'open':
      return { title: 'Not settled yet', sentence: `${stake} at stake. This page follows it.` };
    default:
      return assertNever(outcome);
  }
}

export const RULE = 'A side bet wins if and only if the game rugs after its start tick and no later than its end tick.';

export type RuleApplied = {
  /** "100 < 143 and 143 ≤ 140" */
  readonly formula: string;
  readonly steps: readonly { readonly text: string; readonly holds: boolean }[];
  readonly outcome: 'won' | 'lost';
};

export function applyRuleInWords({ startTick, rugTick }: { startTick: number; rugTick: number }): RuleApplied {
  const endTick = windowEndTick(startTick);
  return {
    formula: `${startTick} < ${rugTick} ≤ ${endTick}`,
    steps: [
      { text: `Rug tick ${rugTick} is after start tick ${startTick}`, holds: startTick < rugTick },
      { text: `Rug tick ${rugTick} is no later than end tick ${endTick}`, holds: rugTick <= endTick },
    ],
    outcome: sideBetWins({ startTick, rugTick }) ? 'won' : 'lost',
  };
}

/** Null while the game's end, or the bet's start, is not known. */
export function ruleOf({ bet, game }: Pick<BetProof, 'bet' | 'game'>): RuleApplied | null {
  const rugTick = game?.rugTick ?? null;
  return bet.startTick === null || rugTick === null ? null : applyRuleInWords({ startTick: bet.startTick, rugTick });
}

export function agreementText({ rule }: Pick<BetProof, 'rule'>): string | null {
  if (rule.agrees === null) return null;
  return rule.agrees
    ? 'The bet was settled as the rule says.'
    : 'The bet was settled otherwise than the rule says of the game as it is on record now. That is a fault: tell us the address of this page.';
}

export type MoneyLine = { readonly label: string; readonly amount: string; readonly note?: string };

export function moneyLines({ bet, money, transactions }: BetProof): MoneyLine[] {
  const stake = sol(bet.stakeLamports);
  const fees = transactions.reduce(
    (sum, { role, feeLamports }) => (role === 'stake' ? sum + BigInt(feeLamports ?? '0') : sum),
    0n,
  );
  const fee = fees > 0n ? [{ label: 'The chain’s fee, paid by the player', amount: sol(String(fees)) }] : [];
  const outcome = OUTCOME_OF[bet.state];
  switch (outcome) {
    case 'won':
      return [
        { label: 'Stake', amount: stake },
        {
          label: 'Payout',
          amount: sol(money.payoutLamports),
          note: `${stake} × ${formatMultiple(bet.payout)}, stake included`,
        },
        { label: 'Result', amount: `+${sol(money.netLamports ?? '0')}`, note: 'payout minus stake' },
        ...fee,
      ];
    case 'lost':
      return [{ label: 'Stake', amount: stake }, { label: 'Result', amount: sol(money.netLamports ?? '0') }, ...fee];
    case 'void':
      return [
        { label: 'Stake', amount: stake },
        { label: 'Given back', amount: bet.paidLamports === null ? 'on its way' : sol(bet.paidLamports) },
        ...fee,
      ];
    case 'expired':
      return [{ label: 'Stake asked for', amount: stake }, { label: 'Taken', amount: sol('0') }, ...fee];
    case 'open':
      return [
        { label: 'Stake', amount: stake },
        { label: 'Payout if it wins', amount: sol(money.payoutLamports), note: `× ${formatMultiple(bet.payout)}` },
        ...fee,
      ];
    default:
      return assertNever(outcome);
  }
}

/** The rule on the rug tick that this device replayed, against what the bet was settled as. */
export function ownConclusion({ check, bet }: { check: RoundCheck; bet: BetProof['bet'] }): {
  readonly outcome: 'ok' | 'failed' | 'open';
  readonly text: string;
} {
  if (bet.startTick === null) return { outcome: 'open', text: 'The bet never began: there is nothing to settle.' };
  const { rugTick } = check.replayed;
  const applied = applyRuleInWords({ startTick: bet.startTick, rugTick });
  const text = `From the seed the game rugs at tick ${rugTick}: ${applied.formula} ${applied.outcome === 'won' ? 'holds' : 'does not hold'}, so the bet is ${applied.outcome}`;
  const settled = OUTCOME_OF[bet.state];
  if (settled !== 'won' && settled !== 'lost') return { outcome: 'open', text: `${text}; it was not settled so.` };
  return settled === applied.outcome
    ? { outcome: 'ok', text: `${text}, as it was settled.` }
    : { outcome: 'failed', text: `${text}. It was settled as ${settled}.` };
}
