// A wallet, a sign-in API and a session of which the test holds every string: what is asked stays open until it is answered.
import { err, ok, type Result } from '@/lib/units/result';
import type { AuthClient, AuthProblem, Player } from '@/components/wallet/auth-client';
import { createWalletSession, type OpenedSession } from '@/components/wallet/create-wallet-session';
import { createWalletMemory } from '@/components/wallet/wallet-memory';
import type { WalletPort } from '@/components/wallet/wallet-port';
import { createWalletRequests } from '@/components/wallet/wallet-requests';
import { SIGNED_OUT, type WalletSessionState } from '@/components/wallet/wallet-session-state';

export type Asked = { readonly what: string; resolve(value: unknown): void; reject(thrown: unknown): void };

export type FakeWallet = WalletPort & {
  /** Requests that are open, oldest first. */
  readonly asked: Asked[];
  /** Most that were open at the same time. */
  openMax(): number;
  /** Whether a silent connect succeeds. */
  isTrusted: boolean;
  address: string | null;
  tell(event: 'account', address: string | null): void;
  tell(event: 'disconnect'): void;
};

export function createFakeWallet(
  options: { name?: string; isPractice?: boolean; hasSignIn?: boolean } = {},
): FakeWallet {
  const { name = 'Phantom', isPractice = false, hasSignIn = false } = options;
  const asked: Asked[] = [];
  const listeners = new Map<string, Set<(address: string | null) => void>>();
  let openMax = 0;
  const ask = <T>(what: string) =>
    new Promise<T>((resolve, reject) => {
      const end = () => asked.splice(asked.indexOf(entry), 1);
      const entry: Asked = {
        what,
        resolve: (value) => (end(), resolve(value as T)),
        reject: (thrown) => (end(), reject(thrown as Error)),
      };
      asked.push(entry);
      openMax = Math.max(openMax, asked.length);
    });
  const wallet: FakeWallet = {
    name,
    icon: null,
    isPractice,
    asked,
    openMax: () => openMax,
    isTrusted: true,
    address: null,
    publicKey: () => wallet.address,
    async connect({ silent }) {
      if (silent) return wallet.isTrusted ? wallet.address : null;
      return (wallet.address = await ask<string>('connect'));
    },
    async disconnect() {
      wallet.address = null;
    },
    signIn: hasSignIn ? () => ask('signIn') : null,
    signMessage: () => ask('signMessage'),
    signTransaction: () => ask('signTransaction'),
    on(event: string, listen: (address: string | null) => void) {
      listeners.set(event, (listeners.get(event) ?? new Set()).add(listen));
      return () => void listeners.get(event)?.delete(listen);
    },
    tell(event: string, address: string | null = null) {
      wallet.address = address;
      listeners.get(event)?.forEach((listen) => listen(address));
    },
  };
  return wallet;
}

export type FakeAuth = AuthClient & { player: Player | null; problem: AuthProblem | null; begun: number; left: number };

export function createFakeAuth(chain: string): FakeAuth {
  const answer = <T>(value: T): Result<T, AuthProblem> => (auth.problem ? err(auth.problem) : ok(value));
  const auth: FakeAuth = {
    player: null,
    problem: null,
    begun: 0,
    left: 0,
    async begin() {
      auth.begun += 1;
      const nonce = `nonce ${auth.begun}`;
      return answer({ nonce, chain, expiresAtMs: 300_000, input: { nonce } as never });
    },
    messageFor: ({ nonce }, publicKey) => `${nonce} ${publicKey}`,
    async verify({ publicKey }) {
      if (!auth.problem) auth.player = { address: publicKey, accountId: `account of ${publicKey}` };
      return answer(auth.player!);
    },
    async me() {
      if (auth.problem) return err(auth.problem);
      return auth.player ? ok(auth.player) : err({ kind: 'not-signed-in', message: 'Nobody.' });
    },
    async logout() {
      if (auth.problem) return err(auth.problem);
      auth.player = null;
      auth.left += 1;
      return ok(null);
    },
  };
  return auth;
}

export type Stage = {
  readonly session: OpenedSession;
  readonly auth: FakeAuth;
  readonly states: WalletSessionState[];
  state(): WalletSessionState;
  /** The time a wallet has to answer is over. */
  endTime(): void;
  announced: number;
};

export function setStage(options: {
  wallets: FakeWallet[];
  chain?: string;
  auth?: FakeAuth;
  storage?: Storage;
}): Stage {
  const auth = options.auth ?? createFakeAuth(options.chain ?? 'solana:localnet');
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
    removeItem: (key: string) => void kept.delete(key),
  } as Storage;
  const states: WalletSessionState[] = [SIGNED_OUT];
  const timers = new Set<() => void>();
  const stage: Stage = {
    auth,
    states,
    announced: 0,
    state: () => states.at(-1)!,
    endTime: () => [...timers].forEach((run) => run()),
    session: createWalletSession({
      auth,
      requests: createWalletRequests({
        timers: {
          after(_, run) {
            timers.add(run);
            return () => timers.delete(run);
          },
        },
        lock: async (_, hold) => {
          await hold();
          return true;
        },
      }),
      memory: createWalletMemory(() => options.storage ?? storage),
      findWallet: async (name) => options.wallets.find((wallet) => wallet.name === name) ?? null,
      get: () => states.at(-1)!,
      publish: (state) => void states.push(state),
      announce: () => (stage.announced += 1),
      nowMs: () => 0,
      shortly: () => new Promise((resolve) => timers.add(resolve)),
    }),
  };
  return stage;
}
