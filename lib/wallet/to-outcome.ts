// Reads what a wallet threw and says what it means for the player. Wallets differ: Phantom answers with codes (EIP-1193 and
// JSON-RPC), adapters wrap them in errors of their own names, others have only a sentence. Pure; called by the session.
import { walletOutcome, type OutcomeContext, type WalletOutcome, type WalletOutcomeCode } from '@/lib/wallet/outcome';

/** What a wallet says is shown to the player, so it may not be a page long. */
const SAID_CHARS_MAX = 140;
/** Adapters wrap the wallet's error, some twice. */
const WRAPS_MAX = 4;

/** Never called with our own outcomes: those are values already. */
export function toOutcome(thrown: unknown, context: OutcomeContext): WalletOutcome {
  const errors = unwrap(thrown);
  const code = firstOf(errors, byCode) ?? firstOf(errors, byName) ?? firstOf(errors, byWords) ?? 'failed';
  const said = firstOf(errors, ({ message }) => message || null);
  return walletOutcome(code, said === null ? context : { ...context, said: said.slice(0, SAID_CHARS_MAX) });
}

type Told = { readonly code: number | string | null; readonly name: string; readonly message: string };

/** The error itself and those inside it, outermost first. */
function unwrap(thrown: unknown): Told[] {
  const found: Told[] = [];
  for (let inner: unknown = thrown; inner !== null && inner !== undefined && found.length < WRAPS_MAX;) {
    if (typeof inner === 'string') return [...found, { code: null, name: '', message: inner }];
    if (typeof inner !== 'object') return found;
    const { code, name, message, error, cause } = inner as Record<string, unknown>;
    found.push({
      code: typeof code === 'number' || typeof code === 'string' ? code : null,
      name: typeof name === 'string' ? name : '',
      message: typeof message === 'string' ? message : '',
    });
    inner = error ?? cause;
  }
  return found;
}

function firstOf<T>(errors: readonly Told[], read: (told: Told) => T | null): T | null {
  for (const told of errors) {
    const found = read(told);
    if (found !== null) return found;
  }
  return null;
}

/** Phantom's documented codes; 4900 and 4901 are EIP-1193's for a provider that lost its network. Words are the phone's. */
const CODES: Readonly<Record<number | string, WalletOutcomeCode>> = {
  4001: 'refused',
  4100: 'not-connected',
  4200: 'cannot-sign',
  4900: 'wrong-network',
  4901: 'wrong-network',
  [-32002]: 'wallet-busy',
  [-32601]: 'cannot-sign',
  ERROR_WALLET_NOT_FOUND: 'not-installed',
  ERROR_SESSION_TIMEOUT: 'no-answer',
  ERROR_SESSION_CLOSED: 'closed',
  ERROR_ASSOCIATION_CANCELLED: 'closed',
  ERROR_BROWSER_NOT_SUPPORTED: 'cannot-sign',
  ERROR_SECURE_CONTEXT_REQUIRED: 'cannot-sign',
  ERROR_LOOPBACK_ACCESS_BLOCKED: 'phone-blocked',
  LOOPBACK_ALLOWED: 'phone-allowed',
};

/** Of the protocol between a page and a phone's wallet: not authorized, not signed. Small numbers mean other things elsewhere. */
const PHONE_PROTOCOL = 'SolanaMobileWalletAdapterProtocolError';
const PHONE_CODES: Readonly<Record<number, WalletOutcomeCode>> = { [-1]: 'refused', [-3]: 'refused' };

function byCode({ code, name }: Told): WalletOutcomeCode | null {
  if (code === null) return null;
  if (name === PHONE_PROTOCOL && typeof code === 'number') return PHONE_CODES[code] ?? null;
  return Object.hasOwn(CODES, code) ? CODES[code]! : null;
}

/** Names of @solana/wallet-adapter-base's errors, as far as they say more than that something failed. */
const NAMES: Readonly<Record<string, WalletOutcomeCode>> = {
  WalletNotReadyError: 'not-installed',
  WalletLoadError: 'not-installed',
  WalletNotConnectedError: 'not-connected',
  WalletDisconnectedError: 'not-connected',
  WalletWindowClosedError: 'closed',
  WalletWindowBlockedError: 'closed',
  WalletTimeoutError: 'no-answer',
};

function byName({ name }: Told): WalletOutcomeCode | null {
  return Object.hasOwn(NAMES, name) ? NAMES[name]! : null;
}

const PHRASES: readonly (readonly [RegExp, WalletOutcomeCode])[] = [
  [/\block(?:ed)?\b|\bunlock/i, 'locked'],
  [/already pending|already open|approval dialog/i, 'wallet-busy'],
  [
    /(?:window|popup|plugin|tab|wallet) (?:was |is )?closed|closed (?:the )?(?:window|popup)|blocked.*popup|popup.*blocked/i,
    'closed',
  ],
  [/reject|declin|cancel|denied|refus/i, 'refused'],
  [
    /blockhash not found|wrong (?:network|cluster|chain)|(?:network|cluster|chain) mismatch|unsupported (?:network|cluster|chain)/i,
    'wrong-network',
  ],
  [/not (?:been )?authori[sz]ed|not connected/i, 'not-connected'],
  [/not support|unsupported|not implemented/i, 'cannot-sign'],
];

function byWords({ message }: Told): WalletOutcomeCode | null {
  return PHRASES.find(([phrase]) => phrase.test(message))?.[1] ?? null;
}
