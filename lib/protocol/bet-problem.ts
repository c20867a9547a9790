// Everything that may stand in the way of a bet, a sign-in or a change of the account: a closed list of codes, one HTTP
// status each, and words for the player made where the numbers are. The API answers them as RFC 9457 problems with `code`.

export const BET_PROBLEMS = {
  // The request itself.
  'bad-amount': 400,
  'bad-request': 400,
  'client-key-reused': 409,
  // Who asks.
  'not-signed-in': 401,
  'sign-in-expired': 401,
  'bad-signature': 401,
  'nonce-unknown': 401,
  'nonce-used': 401,
  'nonce-expired': 401,
  'wrong-domain': 401,
  'message-changed': 401,
  'message-expired': 401,
  'wrong-origin': 403,
  'key-unknown': 401,
  'key-expired': 401,
  'key-not-allowed': 403,
  'address-not-allowed': 403,
  'rate-limited': 429,
  'not-found': 404,
  // What the rules say: the risk manager's and the player's own. `rules` names every one of them.
  refused: 422,
  'confirmation-needed': 409,
  'odds-not-accepted': 409,
  stopped: 423,
  'cooling-off': 423,
  excluded: 423,
  'reality-check': 423,
  'limit-not-lowered': 409,
  // What the moment says.
  'bet-open': 409,
  'betting-closed': 409,
  'feed-stale': 503,
  'venue-unavailable': 503,
  'venue-halted': 503,
  'insufficient-balance': 422,
  // What was signed.
  'bad-transaction': 400,
  'transaction-changed': 422,
  'other-amount': 422,
  'other-recipient': 422,
  'other-memo': 422,
  'other-fee-payer': 422,
  'extra-instruction': 422,
  'unknown-program': 422,
  'not-signed': 422,
  'wrong-signer': 422,
  'other-bet': 422,
  'already-submitted': 409,
  'bet-expired': 410,
  'would-fail': 422,
  'blockhash-expired': 410,
  // Ours.
  'record-unavailable': 503,
  starting: 503,
} as const;

export type BetProblemCode = keyof typeof BET_PROBLEMS;

export type BetProblem = {
  readonly code: BetProblemCode;
  /** One or two sentences for the player: what happened, that nothing moved where that is so, and what to do. */
  readonly message: string;
  /** For `refused`: every rule that refuses it, in the risk manager's order. */
  readonly rules?: readonly { readonly rule: string; readonly message: string }[];
  /** When to try again, where that is known. */
  readonly retryAfterMs?: number;
};

export function betProblem(
  code: BetProblemCode,
  message: string,
  more: Pick<BetProblem, 'rules' | 'retryAfterMs'> = {},
): BetProblem {
  return { code, message, ...more };
}
