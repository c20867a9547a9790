// Memos of the practice venue's transactions: what each is for, and for which bet. Pure.
import { BET_ID_PATTERN } from '@/lib/protocol/bets-api';

export type MemoPurpose = 'bet' | 'payout' | 'refund';
export type VenueMemo = { readonly purpose: MemoPurpose; readonly betId: string } | { readonly purpose: 'fund' };

/** Memo v2. Its data is the text, and it needs no accounts. */
export const MEMO_PROGRAM = 'MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr';

export function toMemo(purpose: MemoPurpose, betId: string): string {
  return `fortytick:${purpose}:${betId}`;
}

/** Money for the house itself, sent by whoever runs the venue. */
export const FUND_MEMO = 'fortytick:fund';

/** Null for a memo that is not ours. */
export function parseMemo(text: string): VenueMemo | null {
  if (text === FUND_MEMO) return { purpose: 'fund' };
  const match = /^fortytick:(bet|payout|refund):(.+)$/s.exec(text);
  if (!match || !BET_ID_PATTERN.test(match[2]!)) return null;
  return { purpose: match[1] as MemoPurpose, betId: match[2]! };
}
