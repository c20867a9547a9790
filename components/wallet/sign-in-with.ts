// One sign-in with one wallet: a nonce from the server, the message signed in the wallet, the answer verified by the server.
// Where the wallet can, connecting and signing are one request. Called by the wallet session.
import type { AuthClient, Player, SignedIn, SignInFields } from '@/components/wallet/auth-client';
import type { WalletPort } from '@/components/wallet/wallet-port';
import type { WalletRequests } from '@/components/wallet/wallet-requests';
import { err, ok, type Result } from '@/lib/units/result';
import { walletOutcome, type WalletOutcome, type WalletOutcomeCode } from '@/lib/wallet/outcome';
import { PRACTICE_CHAIN } from '@/lib/wallet/practice-chain';

/** Fields with less life than this left are not begun with: the player has to read and approve in the meantime. */
const LIFE_LEFT_MS_MIN = 60_000;

type Steps = {
  readonly port: WalletPort;
  readonly auth: AuthClient;
  readonly requests: WalletRequests;
  readonly nowMs: () => number;
  readonly keptFields: SignInFields | null;
  readonly onFields: (fields: SignInFields | null) => void;
  readonly onStep: (status: 'connecting' | 'signing-in') => void;
};

export async function signInWith(steps: Steps): Promise<Result<Player & { chain: string }, WalletOutcome>> {
  const { port, auth } = steps;
  const fail = (code: WalletOutcomeCode, said?: string) =>
    err(walletOutcome(code, { errand: 'sign-in', walletName: port.name, ...(said && { said }) }));
  steps.onStep('connecting');
  const fields = await freshFields(steps);
  if (!fields.ok)
    return fields.error.kind === 'unreachable' ? fail('unreachable') : fail('sign-in-refused', fields.error.message);
  if (port.isPractice && fields.value.chain !== PRACTICE_CHAIN) return fail('practice-only');
  const signed = await askWallet(steps, fields.value);
  if (!signed.ok) return signed;
  const player = await auth.verify(signed.value);
  steps.onFields(null);
  if (player.ok) return ok({ ...player.value, chain: fields.value.chain });
  if (player.error.kind === 'unreachable') return fail('unreachable');
  return player.error.kind === 'expired' ? fail('sign-in-expired') : fail('sign-in-refused', player.error.message);
}

async function freshFields({ auth, keptFields, nowMs, onFields }: Steps): ReturnType<AuthClient['begin']> {
  if (keptFields && keptFields.expiresAtMs - nowMs() > LIFE_LEFT_MS_MIN) return ok(keptFields);
  const fields = await auth.begin();
  onFields(fields.ok ? fields.value : null);
  return fields;
}

async function askWallet(steps: Steps, fields: SignInFields): Promise<Result<SignedIn, WalletOutcome>> {
  const { port, requests, auth, onStep } = steps;
  const key = `sign-in ${fields.nonce}`;
  if (port.signIn) {
    const ask = () => port.signIn!(fields);
    return requests.run({ port, errand: 'sign-in', key, ask });
  }
  const connected = await requests.run({
    port,
    errand: 'connect',
    key: 'connect',
    ask: async () => (await port.connect({ silent: false })) ?? port.publicKey(),
  });
  if (!connected.ok) return connected;
  const publicKey = connected.value;
  if (publicKey === null) return err(walletOutcome('not-connected', { errand: 'connect', walletName: port.name }));
  onStep('signing-in');
  const message = auth.messageFor(fields, publicKey);
  const ask = () => port.signMessage(new TextEncoder().encode(message));
  const signature = await requests.run({ port, errand: 'sign-in', key: `${key} ${publicKey}`, ask });
  return signature.ok ? ok({ publicKey, message, signature: signature.value }) : signature;
}
