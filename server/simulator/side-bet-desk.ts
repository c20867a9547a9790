// Answers `requestSidebet`: reads what a client sent, whatever it is, and says yes or, in words, why not. Never throws.
import { z } from 'zod';
import {
  DEFAULT_PAYOUT_MULTIPLE,
  PRACTICE_COIN_ADDRESS,
  SOL_COIN_ADDRESS,
  STAKE_MAX_LAMPORTS,
  STAKE_MIN_LAMPORTS,
} from '@/lib/game/rules';
import { payloadOf } from '@/lib/protocol/decode-feed';
import { formatSol, lamports, solToLamports, type AmountError, type Lamports } from '@/lib/units/lamports';
import { err, ok, type Result } from '@/lib/units/result';
import type { Frame } from '@/server/simulator/frame';
import type { BetPlaced, RequestRefusal } from '@/server/simulator/run-script';

export type SideBetRequest = { readonly stakeLamports: Lamports; readonly coinAddress: string };
export type SideBetAnswer = {
  readonly success: boolean;
  readonly message: string;
  readonly sidebet: object | null;
};

export type AnsweredSideBet = { readonly answer: SideBetAnswer; readonly frames: readonly Frame[] };

const schema = z.object({ amount: z.number(), coinAddress: z.string(), xPayout: z.number() });
const COINS = [SOL_COIN_ADDRESS, PRACTICE_COIN_ADDRESS];
const LIMITS = `between ${formatSol(lamports(STAKE_MIN_LAMPORTS))} and ${formatSol(lamports(STAKE_MAX_LAMPORTS))} SOL`;

const AMOUNT_WORDS: Record<AmountError, string> = {
  'not-a-number': 'The amount is not a number.',
  negative: 'The amount is negative.',
  'too-large': `The amount must be ${LIMITS}.`,
  'more-than-9-decimals': 'The amount has more than nine decimals.',
};
const REFUSAL_WORDS: Record<RequestRefusal, string> = {
  'no-game': 'Side bets are taken in the presale and while a game is active.',
  'open-bet': 'You already have an open side bet.',
  'book-full': 'No more side bets are taken in this game.',
};

/** Parses, places through `place`, and gives the acknowledgement and what is to be sent because of it. */
export function answerSideBet(
  args: readonly unknown[],
  place: (request: SideBetRequest) => Result<BetPlaced, RequestRefusal>,
): AnsweredSideBet {
  const refuse = (message: string) => ({ answer: { success: false, message, sidebet: null }, frames: [] });
  const request = parseSideBetRequest(args);
  if (!request.ok) return refuse(request.error);
  const placed = place(request.value);
  if (!placed.ok) return refuse(REFUSAL_WORDS[placed.error]);
  const { sidebet, frames } = placed.value;
  return { answer: { success: true, message: 'Side bet placed.', sidebet }, frames };
}

/** `args`: everything the client sent with the event, except the acknowledgement. */
function parseSideBetRequest(args: readonly unknown[]): Result<SideBetRequest, string> {
  const parsed = schema.safeParse(payloadOf(args));
  if (!parsed.success) return err('A side bet needs an amount, a coinAddress and an xPayout.');
  const { amount, coinAddress, xPayout } = parsed.data;
  if (xPayout !== DEFAULT_PAYOUT_MULTIPLE) return err(`The payout is ${DEFAULT_PAYOUT_MULTIPLE} times the stake.`);
  if (!COINS.includes(coinAddress)) return err('Unknown coin.');
  const stake = solToLamports(amount);
  if (!stake.ok) return err(AMOUNT_WORDS[stake.error]);
  if (stake.value < STAKE_MIN_LAMPORTS || stake.value > STAKE_MAX_LAMPORTS) return err(AMOUNT_WORDS['too-large']);
  return ok({ stakeLamports: stake.value, coinAddress });
}
