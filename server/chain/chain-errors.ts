// What web3.js throws, as the few kinds of trouble that callers tell apart.
import { SendTransactionError } from '@solana/web3.js';
import { ChainError } from '@/server/chain/chain';

export function toChainError(error: unknown): ChainError {
  if (error instanceof ChainError) return error;
  const message = error instanceof Error ? error.message : String(error);
  // web3.js puts the HTTP status in front, and has no error of its own for it.
  if (/^429\b|too many requests/i.test(message)) {
    return new ChainError('rate-limited', 'The chain refuses so many requests; nothing was sent.', { cause: error });
  }
  if (error instanceof SendTransactionError) return toSendError(error);
  if (/blockhash not found/i.test(message)) {
    return new ChainError('expired', 'The transaction’s blockhash is not known any more.', { cause: error });
  }
  if (isRefusal(error, message)) return new ChainError('rejected', message, { cause: error });
  return new ChainError('unavailable', `The chain does not answer: ${reasonOf(error, message)}`, { cause: error });
}

function toSendError(error: SendTransactionError): ChainError {
  const { message } = error.transactionError;
  const logs = error.logs ?? [];
  if (/blockhash not found/i.test(message)) {
    return new ChainError('expired', 'The transaction’s blockhash is not known any more.', { logs, cause: error });
  }
  // A node that is behind or shutting down says so in place of a verdict.
  if (/node is (unhealthy|behind)|internal error/i.test(message)) {
    return new ChainError('unavailable', `The chain does not answer: ${message}`, { logs, cause: error });
  }
  return new ChainError('rejected', message, { logs, cause: error });
}

/** JSON-RPC codes of what was asked wrongly, or cannot be done; those of a node in trouble are not among them. */
const REFUSALS: readonly unknown[] = [-32600, -32601, -32602, -32002, -32003, -32015];

function isRefusal(error: unknown, message: string): boolean {
  const code = typeof error === 'object' && error !== null ? (error as { code?: unknown }).code : null;
  return REFUSALS.includes(code) || /^4\d\d\b/.test(message) || /invalid param/i.test(message);
}

function reasonOf(error: unknown, message: string): string {
  const name = error instanceof Error ? error.name : '';
  if (name === 'TimeoutError' || name === 'AbortError') return 'no answer in time';
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : '';
  return cause || message;
}
