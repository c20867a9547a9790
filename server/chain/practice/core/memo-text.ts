// The memos of a transaction, as they are told in a list of signatures: "[5] hello; [2] hi", the number being its bytes.
import { MEMO_PROGRAMS } from '@/server/chain/practice/core/account';
import type { DecodedTransaction } from '@/server/chain/practice/core/decode-transaction';

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Null without a memo. */
export function formatMemos({ message, staticKeys }: DecodedTransaction): string | null {
  const memos = message.compiledInstructions
    .filter(({ programIdIndex }) => MEMO_PROGRAMS.includes(staticKeys[programIdIndex] ?? ''))
    .map(({ data }) => `[${data.length}] ${textOf(data)}`);
  return memos.length === 0 ? null : memos.join('; ');
}

export function textOf(data: Uint8Array): string {
  try {
    return UTF8.decode(data);
  } catch {
    return '(unparseable)';
  }
}
