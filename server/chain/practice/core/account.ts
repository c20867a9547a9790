// What an address holds on the practice chain, and how it is found in what is asked over the wire.
import type { Address } from '@/server/chain/chain';

export type Account = {
  readonly lamports: bigint;
  readonly owner: Address;
  readonly executable: boolean;
  readonly data: Uint8Array;
};

/** Null for an address that holds nothing. */
export type AccountState = Account | null;

export const SYSTEM_PROGRAM = '11111111111111111111111111111111';
export const MEMO_PROGRAMS: readonly Address[] = [
  'MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr',
  'Memo1UhkJRfHyvLMcVucJwxXeuD728EqVddwQDxFMNo',
];
