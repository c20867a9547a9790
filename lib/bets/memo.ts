// The memos that tie a transaction to its bet. The practice venue writes and reads them; a player sees them when signing.

export type MemoRole = 'bet' | 'payout' | 'refund';

export function createMemo(role: MemoRole, betId: string): string {
  return `fortytick:${role}:${betId}`;
}

const MEMO = /^fortytick:(bet|payout|refund):([1-9A-HJ-NP-Za-km-z]{16,24})$/;

/** Null for a memo that is not ours. */
export function parseMemo(memo: string): { readonly role: MemoRole; readonly betId: string } | null {
  const match = MEMO.exec(memo);
  return match && { role: match[1] as MemoRole, betId: match[2]! };
}
