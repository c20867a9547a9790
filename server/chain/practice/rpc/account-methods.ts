// RPC methods about what addresses hold.
import bs58 from 'bs58';
import type { AccountState } from '@/server/chain/practice/core/account';
import { encodeAccount } from '@/server/chain/practice/rpc/encode-account';
import { commitmentOf, withContext, type Methods } from '@/server/chain/practice/rpc/method';
import { readConfig, readCount, readString, readStrings, toAddress } from '@/server/chain/practice/rpc/params';
import { invalidParams } from '@/server/chain/practice/rpc/rpc-error';

const ACCOUNTS_PER_REQUEST = 100;
/** 10 MiB, the most an account can hold. */
const ACCOUNT_BYTES_MAX = 10 * 1024 * 1024;

const TOKEN_PROGRAMS: readonly string[] = [
  'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA',
  'TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb',
];

export const ACCOUNT_METHODS: Methods = {
  getBalance(context, params) {
    const config = readConfig(params, 1);
    const account = context.chain.account(toAddress(readString(params, 0)), commitmentOf(config));
    return withContext(context, config, Number(account?.lamports ?? 0n));
  },
  getAccountInfo(context, params) {
    const config = readConfig(params, 1);
    const account = context.chain.account(toAddress(readString(params, 0)), commitmentOf(config));
    return withContext(context, config, encodeAccount(account, config));
  },
  getMultipleAccounts(context, params) {
    const config = readConfig(params, 1);
    const addresses = readStrings(params, { index: 0, max: ACCOUNTS_PER_REQUEST, what: 'max' }).map(toAddress);
    const accounts = addresses.map((address) => context.chain.account(address, commitmentOf(config)));
    return withContext(
      context,
      config,
      accounts.map((account) => encodeAccount(account, { ...config, encoding: config.encoding ?? 'base64' })),
    );
  },
  getTokenAccountBalance(context, params) {
    const config = readConfig(params, 1);
    const at = (address: string) => context.chain.account(address, commitmentOf(config));
    const { mint, amount } = parseTokenAccount(at(toAddress(readString(params, 0))));
    const decimals = at(mint)?.data[MINT_DECIMALS_AT];
    if (decimals === undefined) throw invalidParams('Invalid param: could not find mint');
    return withContext(context, config, toTokenAmount(amount, decimals));
  },
  getMinimumBalanceForRentExemption({ chain }, params) {
    const bytes = readCount(params, 0);
    if (bytes > ACCOUNT_BYTES_MAX)
      throw invalidParams(`Invalid param: an account holds ${ACCOUNT_BYTES_MAX} bytes at most`);
    return Number(chain.vm.rentExempt(bytes));
  },
};

/** Layouts of the SPL token program: mint, owner, amount of a token account; supply and decimals of a mint. */
const TOKEN_ACCOUNT_BYTES = 165;
const AMOUNT_AT = 64;
const MINT_DECIMALS_AT = 44;

function parseTokenAccount(account: AccountState): { mint: string; amount: bigint } {
  if (!account) throw invalidParams('Invalid param: could not find account');
  const { data, owner } = account;
  if (!TOKEN_PROGRAMS.includes(owner) || data.length < TOKEN_ACCOUNT_BYTES) {
    throw invalidParams('Invalid param: not a Token account');
  }
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return { mint: bs58.encode(data.subarray(0, 32)), amount: view.getBigUint64(AMOUNT_AT, true) };
}

function toTokenAmount(amount: bigint, decimals: number) {
  const digits = amount.toString().padStart(decimals + 1, '0');
  const whole = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  const uiAmountString = decimals === 0 ? whole : whole.replace(/\.?0+$/, '');
  return { amount: amount.toString(), decimals, uiAmount: Number(uiAmountString), uiAmountString };
}
