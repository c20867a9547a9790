// One stake signed by one wallet: asks it for nothing but that, connects it first where it went away, and gives nothing back
// that is not the very message it was given, signed by the account that is signed in. Called by the wallet session. The server
// checks it again.
import { fromBase64, toBase64 } from '@/components/wallet/base64';
import type { WalletPort } from '@/components/wallet/wallet-port';
import type { WalletRequests } from '@/components/wallet/wallet-requests';
import { err, ok, type Result } from '@/lib/units/result';
import { walletOutcome, type WalletOutcome, type WalletOutcomeCode } from '@/lib/wallet/outcome';
import { isStake, type StakeToSign } from '@/lib/wallet/is-stake';
import { PRACTICE_CHAIN } from '@/lib/wallet/practice-chain';
import { compareSigned } from '@/lib/wallet/transaction-bytes';

export async function signWith({
  port,
  requests,
  address,
  chain,
  transactionBase64,
  stake,
}: {
  port: WalletPort;
  requests: WalletRequests;
  /** Who is signed in, and has to sign. */
  address: string;
  chain: string | null;
  transactionBase64: string;
  /** What it has to be, and nothing else. */
  stake: StakeToSign;
}): Promise<Result<string, WalletOutcome>> {
  const fail = (code: WalletOutcomeCode) => err(walletOutcome(code, { errand: 'transaction', walletName: port.name }));
  if (port.isPractice && chain !== null && chain !== PRACTICE_CHAIN) return fail('practice-only');
  const given = fromBase64(transactionBase64);
  if (!isStake(given, stake, address)) return fail('not-the-bet');
  const account = await connected(port, requests);
  if (!account.ok) return account;
  if (account.value !== address) return fail('account-changed');
  const signed = await requests.run({
    port,
    errand: 'transaction',
    key: `transaction ${transactionBase64}`,
    ask: () => port.signTransaction(given, chain),
  });
  if (!signed.ok) return signed;
  if (port.publicKey() !== address) return fail('account-changed');
  const compared = compareSigned(given, signed.value);
  if (compared === 'changed') return fail('transaction-changed');
  return compared === 'unsigned' ? fail('refused') : ok(toBase64(signed.value));
}

async function connected(port: WalletPort, requests: WalletRequests): Promise<Result<string | null, WalletOutcome>> {
  const publicKey = port.publicKey();
  if (publicKey !== null) return ok(publicKey);
  const ask = async () => (await port.connect({ silent: false })) ?? port.publicKey();
  return requests.run({ port, errand: 'connect', key: 'connect', ask });
}
