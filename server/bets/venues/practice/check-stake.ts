// What was signed against what was prepared. The law is one line: the message is the same, byte for byte, and its player
// signed it. The rest only finds words for what is different. Pure; called by the engine before anything is relayed.
import { SystemProgram, type Message } from '@solana/web3.js';
import bs58 from 'bs58';
import type { Bet } from '@/lib/bets/bet';
import { betProblem, type BetProblem, type BetProblemCode } from '@/lib/protocol/bet-problem';
import { sol } from '@/lib/risk/words';
import { err, ok, type Result } from '@/lib/units/result';
import type { CheckedStake } from '@/server/bets/venue';
import { verifySignature } from '@/server/bets/venues/practice/ed25519';
import { MEMO_PROGRAM, parseMemo } from '@/server/bets/venues/practice/memo';
import { parseTransaction, readMessage } from '@/server/bets/venues/practice/parse-transaction';
import { keptStakeSchema } from '@/server/bets/venues/practice/stake-transaction';

const COMPUTE_BUDGET_PROGRAM = 'ComputeBudget111111111111111111111111111111';
const SYSTEM_PROGRAM = SystemProgram.programId.toBase58();
const KNOWN_PROGRAMS: readonly string[] = [SYSTEM_PROGRAM, MEMO_PROGRAM, COMPUTE_BUDGET_PROGRAM];
const NOTHING_MOVED = 'Nothing was sent, and nothing moved.';

export function checkStake({
  bet,
  player,
  kept,
  transaction,
}: {
  bet: Pick<Bet, 'betId' | 'stakeLamports'>;
  player: string;
  kept: unknown;
  transaction: string;
}): Result<CheckedStake, BetProblem> {
  const prepared = keptStakeSchema.parse(kept);
  const parsed = parseTransaction(transaction);
  if (!parsed.ok) return refuse('bad-transaction', `This is no transaction we can relay. ${parsed.error}`);
  const { bytes, signatures, message } = parsed.value;
  const expected = Buffer.from(prepared.message, 'base64');
  if (!expected.equals(message)) return explainDifference({ bet, message, expected });
  const [signature] = signatures;
  if (signatures.length !== 1 || !signature) {
    return refuse('bad-transaction', `It carries ${signatures.length} signatures, and your bet needs yours alone.`);
  }
  if (signature.every((byte) => byte === 0)) {
    return refuse('not-signed', 'The transaction is not signed yet. Sign it in your wallet first.');
  }
  if (!verifySignature({ publicKey: bs58.decode(player), message, signature })) {
    return refuse('wrong-signer', 'The signature is not of the wallet you signed in with. Switch back to that wallet.');
  }
  return ok({
    signature: bs58.encode(signature),
    bytes,
    lastValidBlockHeight: prepared.lastValidBlockHeight,
  });
}

type Difference = {
  readonly bet: Pick<Bet, 'betId' | 'stakeLamports'>;
  readonly message: Uint8Array;
  readonly expected: Uint8Array;
};

function explainDifference({ bet, message, expected }: Difference): Result<never, BetProblem> {
  const signed = readMessage(message);
  const prepared = readMessage(expected)!;
  if (!signed) return refuse('bad-transaction', 'This is no transaction we can relay. Its message cannot be read.');
  const otherMemo = memosOf(signed).find((text) => text !== memosOf(prepared)[0]);
  const memo = otherMemo === undefined ? null : parseMemo(otherMemo);
  if (memo?.purpose === 'bet' && memo.betId !== bet.betId && signed.instructions.length === 2) {
    return refuse('other-bet', 'This transaction is for another of your bets.');
  }
  if (keyOf(signed, 0) !== keyOf(prepared, 0)) {
    return refuse('other-fee-payer', 'Another wallet than yours would pay for this transaction.');
  }
  const foreign = signed.instructions
    .map(({ programIdIndex }) => keyOf(signed, programIdIndex))
    .find((program) => !KNOWN_PROGRAMS.includes(program));
  if (foreign !== undefined) {
    return refuse('unknown-program', `It would also run the program ${foreign}, which has no part in a bet.`);
  }
  if (signed.instructions.length !== prepared.instructions.length) return explainCount(signed, prepared);
  return explainParts({ bet, signed, prepared, otherMemo });
}

function explainCount(signed: Message, prepared: Message): Result<never, BetProblem> {
  if (signed.instructions.length < prepared.instructions.length) {
    return refuse('transaction-changed', 'A part of the transaction was left out.');
  }
  const isFee = signed.instructions.some(
    ({ programIdIndex }) => keyOf(signed, programIdIndex) === COMPUTE_BUDGET_PROGRAM,
  );
  return isFee
    ? refuse(
        'extra-instruction',
        'Your wallet added a priority fee. Switch it off in the wallet’s settings; the venue takes bets without.',
      )
    : refuse('extra-instruction', 'It would do more than pay your stake: an instruction was added.');
}

function explainParts({
  bet,
  signed,
  prepared,
  otherMemo,
}: Pick<Difference, 'bet'> & {
  signed: Message;
  prepared: Message;
  otherMemo: string | undefined;
}): Result<never, BetProblem> {
  const [was, is] = [transferOf(prepared)!, transferOf(signed)];
  if (is && is.to !== was.to) {
    return refuse('other-recipient', `It would pay ${is.to}, and not the practice venue (${was.to}).`);
  }
  if (is && is.lamports !== was.lamports) {
    return refuse('other-amount', `It would pay ${sol(is.lamports)}, and your bet is ${sol(bet.stakeLamports)}.`);
  }
  if (otherMemo !== undefined) return refuse('other-memo', 'Its memo is not the one that names your bet.');
  if (signed.recentBlockhash !== prepared.recentBlockhash) {
    return refuse(
      'transaction-changed',
      'Its blockhash is another one: the wallet replaced it. Place the bet again and sign it as it is.',
    );
  }
  return refuse('transaction-changed', 'It is not byte for byte the transaction you were given to sign.');
}

function refuse(code: BetProblemCode, message: string): Result<never, BetProblem> {
  return err(betProblem(code, `${message} ${NOTHING_MOVED}`));
}

function keyOf(message: Message, index: number): string {
  return message.accountKeys[index]?.toBase58() ?? '';
}

function memosOf(message: Message): string[] {
  return message.instructions
    .filter(({ programIdIndex }) => keyOf(message, programIdIndex) === MEMO_PROGRAM)
    .map(({ data }) => Buffer.from(bs58.decode(data)).toString('utf8'));
}

/** The first System transfer: instruction 2, then the amount in 8 bytes, little-endian. */
function transferOf(message: Message): { to: string; lamports: bigint } | null {
  for (const { programIdIndex, accounts, data } of message.instructions) {
    const bytes = Buffer.from(bs58.decode(data));
    if (keyOf(message, programIdIndex) !== SYSTEM_PROGRAM || bytes.length !== 12 || bytes.readUInt32LE(0) !== 2)
      continue;
    return { to: keyOf(message, accounts[1] ?? -1), lamports: bytes.readBigUInt64LE(4) };
  }
  return null;
}
