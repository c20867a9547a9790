// The insurance calculator: how much to stake on a rug to hedge an open position, by expected log utility. Pure; used by
// the rug-insurance strategy and by the calculator on the page. Derivations: docs/decision-core/strategies.md, "Insurance".
import { floorToStep, smallest, timesRoundedDown, winningsOf } from '@/lib/risk/amounts';
import { checkAmount, checkNumber, type InputError } from '@/lib/risk/input-error';
import { LAMPORTS_MAX, lamports, type Lamports } from '@/lib/units/lamports';
import { err, ok, type Result } from '@/lib/units/result';

export type InsuranceInput = {
  /** W: what the player holds beside the position. */
  readonly bankrollLamports: Lamports;
  /** V: what the position is worth if the window passes without a rug; a rug makes it worthless. */
  readonly positionLamports: Lamports;
  readonly winProbability: number;
  readonly payout: number;
  /** The largest stake allowed, by limits and venue; stakes are rounded down to `stakeStepLamports`. */
  readonly ceilingLamports: Lamports;
  readonly stakeStepLamports: Lamports;
};

export type Insurance = {
  /** The best stake within the ceiling, rounded down; 0 when insuring is not worth it. */
  readonly stakeLamports: Lamports;
  /** The best stake with no ceiling. */
  readonly unlimitedStakeLamports: Lamports;
  /** Insuring helps only when V / W is above this; 0 or less when the bet has no negative EV. */
  readonly thresholdRatio: number;
  /** What the position and the bet are worth for sure, beside W: unhedged, with the stake, and the difference. */
  readonly heldLamports: Lamports;
  readonly insuredLamports: Lamports;
  readonly gainLamports: Lamports;
  /** The bet's own expected profit, negative when insurance costs something on average. */
  readonly expectedProfitLamports: Lamports;
  /** Change of wealth against W + V: after a rug within the window, and after none. */
  readonly ifRugLamports: Lamports;
  readonly ifNoRugLamports: Lamports;
};

export function computeInsurance(input: InsuranceInput): Result<Insurance, InputError> {
  const error = checkInput(input);
  if (error) return err(error);
  const { winProbability, payout } = input;
  const bankroll = Number(input.bankrollLamports);
  const position = Number(input.positionLamports);
  const terms = { bankroll, position, winProbability, payout };
  const best = Math.max(0, optimalInsuranceStake(terms));
  const unlimitedStakeLamports = floorToStep(BigInt(Math.floor(best)), input.stakeStepLamports);
  const stakeLamports = floorToStep(smallest(unlimitedStakeLamports, input.ceilingLamports), input.stakeStepLamports);
  const held = certaintyEquivalentHeld(terms);
  const gain = certaintyEquivalentGain({ ...terms, stake: Number(stakeLamports) });
  const winnings = winningsOf(stakeLamports, payout);
  return ok({
    stakeLamports,
    unlimitedStakeLamports,
    thresholdRatio: insuranceThreshold({ winProbability, payout }),
    heldLamports: floorOf(held),
    insuredLamports: floorOf(held + gain),
    gainLamports: floorOf(gain),
    expectedProfitLamports: timesRoundedDown(stakeLamports, payout * winProbability - 1),
    ifRugLamports: lamports(winnings - input.positionLamports),
    ifNoRugLamports: lamports(-stakeLamports),
  });
}

type Terms = {
  readonly bankroll: number;
  readonly position: number;
  readonly winProbability: number;
  readonly payout: number;
};

/**
 * Maximises p log(W + b x) + (1 − p) log(W + V − x), b = payout − 1. Setting the derivative to zero is linear in x:
 * x* = p (W + V) − (1 − p) W / b, and the function is concave, so clipping x* to what is allowed stays optimal.
 * With V = 0 this is Kelly's stake. Worked value: W = V = 1, p = 0.2, payout 5 → 0.4 − 0.2 = 0.2.
 */
export function optimalInsuranceStake({ bankroll, position, winProbability: p, payout }: Terms): number {
  return p * (bankroll + position) - ((1 - p) * bankroll) / (payout - 1);
}

/**
 * x* > 0 exactly when V / W > (1 − payout × p) / (p (payout − 1)) = −EV / (p (payout − 1)): insurance is worth buying at
 * negative EV once the position is large enough. Worked value: p = 1 − 0.995^40, payout 5 → 0.12605.
 */
export function insuranceThreshold({ winProbability: p, payout }: { winProbability: number; payout: number }): number {
  return (1 - payout * p) / (p * (payout - 1));
}

/** The win probability above which a stake on a rug is worth something to this player; break-even when V = 0. */
export function worthwhileProbability({ bankroll, position, payout }: Omit<Terms, 'winProbability'>): number {
  return bankroll / ((payout - 1) * (bankroll + position) + bankroll);
}

/** What the unhedged position is worth for sure: W^p (W + V)^(1 − p) − W. */
export function certaintyEquivalentHeld({ bankroll, position, winProbability: p }: Terms): number {
  return bankroll * Math.expm1((1 - p) * Math.log1p(position / bankroll));
}

/** How much more that is with a stake of x on a rug; `stake` below W. */
export function certaintyEquivalentGain({ stake, ...terms }: Terms & { readonly stake: number }): number {
  const { bankroll, position, winProbability: p, payout } = terms;
  if (stake > bankroll) return -bankroll - certaintyEquivalentHeld(terms);
  const rug = p * Math.log1p(((payout - 1) * stake) / bankroll);
  const noRug = (1 - p) * Math.log1p(-stake / (bankroll + position));
  return (bankroll + certaintyEquivalentHeld(terms)) * Math.expm1(rug + noRug);
}

function checkInput(input: InsuranceInput): InputError | null {
  const held = { low: 1n, high: LAMPORTS_MAX };
  return (
    checkAmount('bankrollLamports', input.bankrollLamports, held) ??
    checkAmount('positionLamports', input.positionLamports, held) ??
    checkNumber('winProbability', input.winProbability, { low: 0, high: 1, exclusiveLow: true }) ??
    checkNumber('payout', input.payout, { low: 1, high: PAYOUT_MAX, exclusiveLow: true }) ??
    checkAmount('ceilingLamports', input.ceilingLamports, { low: 0n, high: LAMPORTS_MAX }) ??
    checkAmount('stakeStepLamports', input.stakeStepLamports, held)
  );
}

/** Far above any side bet; keeps every product inside a double. */
export const PAYOUT_MAX = 1_000_000;

function floorOf(value: number): Lamports {
  return lamports(BigInt(Math.floor(value)));
}
