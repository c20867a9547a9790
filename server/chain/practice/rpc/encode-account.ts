// An account as an RPC answer holds it.
import bs58 from 'bs58';
import type { AccountState } from '@/server/chain/practice/core/account';
import type { Config } from '@/server/chain/practice/rpc/params';
import { invalidParams } from '@/server/chain/practice/rpc/rpc-error';

/** Rent is not collected: u64::MAX, as every account of a cluster says today. */
const RENT_EPOCH = 18_446_744_073_709_551_615n;
const BASE58_BYTES_MAX = 128;

export function encodeAccount(account: AccountState, { encoding, dataSlice }: Pick<Config, 'encoding' | 'dataSlice'>) {
  if (!account) return null;
  const { lamports, owner, executable, data: whole } = account;
  const data = dataSlice ? whole.subarray(dataSlice.offset, dataSlice.offset + dataSlice.length) : whole;
  return {
    data: encodeData(data, encoding ?? 'binary'),
    executable,
    lamports: Number(lamports),
    owner,
    rentEpoch: Number(RENT_EPOCH),
    space: whole.length,
  };
}

function encodeData(data: Uint8Array, encoding: string) {
  switch (encoding) {
    // No account type is parsed here: a validator then answers in base64 as well.
    case 'jsonParsed':
    case 'base64':
      return [Buffer.from(data).toString('base64'), 'base64'];
    case 'base58':
    case 'binary': {
      if (data.length > BASE58_BYTES_MAX) {
        throw invalidParams('Encoded binary (base 58) data should be less than 128 bytes, please use Base64 encoding.');
      }
      const text = bs58.encode(data);
      return encoding === 'binary' ? text : [text, 'base58'];
    }
    default:
      throw invalidParams(
        `Invalid params: unknown variant \`${encoding}\`, expected one of \`base58\`, \`base64\`, \`jsonParsed\`.`,
      );
  }
}
