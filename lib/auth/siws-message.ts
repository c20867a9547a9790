// The text a wallet signs to sign in, after Sign In With Solana (EIP-4361 in Solana's form). Ours always has the same
// fields, so a message is understood only when it is, byte for byte, what would be built from what was read in it. Pure;
// the server parses, and a browser whose wallet has no sign-in of its own builds.

export type SiwsMessage = {
  /** Host and port of the page that asks: a wallet warns when it shows another. */
  readonly domain: string;
  /** The wallet's address, base58. */
  readonly address: string;
  /** One line. */
  readonly statement: string;
  readonly uri: string;
  readonly version: string;
  readonly chainId: string;
  readonly nonce: string;
  /** ISO 8601 in UTC with milliseconds, as both following. */
  readonly issuedAt: string;
  readonly expirationTime: string;
};

/** Ours has about 420 characters; a longer one was never asked for. */
const MESSAGE_CHARS_MAX = 2_000;
const ASKS = ' wants you to sign in with your Solana account:';

export function buildSiwsMessage(message: SiwsMessage): string {
  return [
    `${message.domain}${ASKS}`,
    message.address,
    '',
    message.statement,
    '',
    ...FIELDS.map(([label, field]) => `${label}: ${message[field]}`),
  ].join('\n');
}

/** Null for whatever is not exactly such a message. */
export function parseSiwsMessage(text: string): SiwsMessage | null {
  if (text.length > MESSAGE_CHARS_MAX) return null;
  const [asks = '', address = '', , statement = '', , ...rest] = text.split('\n');
  const values = rest.map((line) => line.slice(line.indexOf(': ') + 2));
  const message = {
    domain: asks.slice(0, -ASKS.length),
    address,
    statement,
    ...Object.fromEntries(FIELDS.map(([, field], index) => [field, values[index] ?? ''])),
  } as SiwsMessage;
  const isWhole = Object.values(message).every((value) => value !== '');
  return isWhole && buildSiwsMessage(message) === text ? message : null;
}

/** In the order the specification gives them. */
const FIELDS = [
  ['URI', 'uri'],
  ['Version', 'version'],
  ['Chain ID', 'chainId'],
  ['Nonce', 'nonce'],
  ['Issued At', 'issuedAt'],
  ['Expiration Time', 'expirationTime'],
] as const satisfies readonly (readonly [string, keyof SiwsMessage])[];
