// Every setting, from the environment, parsed once at start. A bad one stops the process and names itself. The README's
// table is generated from here (npm run settings-table).
import { z } from 'zod';
import type { GameSource } from '@/lib/game/game-source';

export const FAULTS = ['drop', 'duplicate', 'delay', 'reorder', 'corrupt', 'disconnect'] as const;
export type Fault = (typeof FAULTS)[number];
/** Probability of each fault, per frame. */
export type FaultRates = Readonly<Partial<Record<Fault, number>>>;

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);

const faults = z
  .string()
  .default('')
  .transform((text, context): FaultRates => {
    const rates: Partial<Record<Fault, number>> = {};
    for (const part of text
      .split(',')
      .map((piece) => piece.trim())
      .filter(Boolean)) {
      const [name, rate] = part.split('=');
      const value = Number(rate);
      const known = name === 'all' || (FAULTS as readonly string[]).includes(name ?? '');
      if (!known || !rate || !(value >= 0 && value <= 1)) {
        context.addIssue({ code: 'custom', message: `"${part}" is not NAME=RATE` });
        return z.NEVER;
      }
      for (const fault of name === 'all' ? FAULTS : [name as Fault]) rates[fault] = value;
    }
    return rates;
  });

/** Faults of the practice chain by their names in CHAIN_FAULTS, with the most that each takes. */
export const CHAIN_FAULTS = {
  latency: { setting: 'latencyMs', max: 60_000 },
  drop: { setting: 'drop', max: 1 },
  expire: { setting: 'expire', max: 1 },
  rate: { setting: 'ratePerSecond', max: 1_000_000 },
  slow: { setting: 'slowBlockMs', max: 600_000 },
  down: { setting: 'down', max: 1 },
} as const;
type ChainFault = keyof typeof CHAIN_FAULTS;
export type ChainFaultSettings = {
  readonly latencyMs?: number;
  readonly drop?: number;
  readonly expire?: number;
  readonly ratePerSecond?: number;
  readonly slowBlockMs?: number;
  readonly down?: boolean;
};

const chainFaults = z
  .string()
  .default('')
  .transform((text, context): ChainFaultSettings => {
    const settings: Record<string, number | boolean> = {};
    for (const part of text
      .split(',')
      .map((piece) => piece.trim())
      .filter(Boolean)) {
      const [name = '', number] = part.split('=');
      const fault = Object.hasOwn(CHAIN_FAULTS, name) ? CHAIN_FAULTS[name as ChainFault] : null;
      const value = Number(number);
      const fits = fault !== null && value >= 0 && value <= fault.max && (name !== 'down' || Number.isInteger(value));
      if (!fits || !number?.trim()) {
        context.addIssue({ code: 'custom', message: `"${part}" is not NAME=NUMBER` });
        return z.NEVER;
      }
      settings[fault.setting] = name === 'down' ? value === 1 : value;
    }
    return settings;
  });

type Setting = {
  readonly schema: z.ZodType;
  readonly takes: string;
  readonly fallback: string;
  readonly about: string;
  /** Its value is never repeated, not even when it cannot be used. */
  readonly secret?: true;
};

/** Messages tell what is wrong with the record: over the network they go encrypted or not at all. */
const webhookAddress = z
  .url({ protocol: /^https?$/ })
  .refine((text) => URL.canParse(text) && isSafeAddress(new URL(text)), { message: 'not https' });

function isSafeAddress({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/** A cookie that opens an account goes encrypted or not at all. */
const publicOrigin = z
  .string()
  .transform((text) => text.replace(/\/$/, ''))
  .refine((text) => URL.canParse(text) && new URL(text).origin === text && isSafeAddress(new URL(text)), {
    message: 'no https origin',
  });

export const SETTINGS = {
  PORT: { schema: port(3000), takes: '0 to 65535', fallback: '3000', about: 'Port of the dashboard, on loopback.' },
  HOST: {
    schema: z.string().min(1).default('127.0.0.1'),
    takes: 'an address',
    fallback: '127.0.0.1',
    about: 'Address to listen on; anything but loopback exposes the dashboard to the network.',
  },
  DATA_DIR: {
    schema: z.string().min(1).default('./.data'),
    takes: 'a folder',
    fallback: './.data',
    about: 'Embedded database, spool and logs.',
  },
  DATABASE_URL: {
    schema: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    takes: 'postgres://…',
    fallback: 'embedded',
    about: 'An existing PostgreSQL, 14 or newer, instead of the embedded one.',
  },
  FEED: {
    schema: z.enum(['simulator', 'live', 'replay']).default('simulator'),
    takes: 'simulator, live or replay',
    fallback: 'simulator',
    about: 'Where frames come from.',
  },
  FEED_URL: {
    schema: z.url({ protocol: /^(https?|wss?)$/ }).default('https://backend.rugs.fun?frontend-version=1.0'),
    takes: 'http(s) or ws(s) URL',
    fallback: 'the live site',
    about: 'Address used by FEED=live.',
  },
  REPLAY_FILE: {
    schema: z.string().min(1).optional(),
    takes: 'a capture, .jsonl or .jsonl.gz',
    fallback: 'none',
    about: 'Capture played by FEED=replay.',
  },
  REPLAY_SPEED: {
    schema: z.union([z.literal('max'), z.coerce.number().positive().max(1_000_000)]).default(1),
    takes: 'a factor, or max',
    fallback: '1',
    about: 'Playback speed of FEED=replay.',
  },
  SIM_PORT: {
    schema: port(0),
    takes: '0 to 65535',
    fallback: '0 (any free)',
    about: 'Port of the simulator, on loopback.',
  },
  SIM_SEED: {
    schema: z.string().min(1).max(200).optional(),
    takes: 'text',
    fallback: 'random',
    about: 'The same seed gives the same run of games.',
  },
  SIM_SPEED: {
    schema: z.coerce.number().min(1).max(1_000).default(1),
    takes: '1 to 1000',
    fallback: '1',
    about: 'Speed of the simulated games.',
  },
  SIM_HAZARD: {
    schema: z.coerce.number().gt(0).lt(1).default(0.005),
    takes: 'above 0, below 1',
    fallback: '0.005',
    about: 'Rug probability per tick; other than 0.005, games cannot be verified and say so.',
  },
  SIM_FAULTS: {
    schema: faults,
    takes: `NAME=RATE,… of all, ${FAULTS.join(', ')}`,
    fallback: 'none',
    about: 'Faults of the simulated network, as a probability per frame: drop=0.02,corrupt=0.01.',
  },
  SOLANA_RPC_URL: {
    schema: z.url({ protocol: /^https?$/ }).optional(),
    takes: 'http(s)://…',
    fallback: 'the practice chain',
    about: 'A real Solana cluster instead of the practice chain. May hold an access key: never logged.',
    secret: true,
  },
  SOLANA_WS_URL: {
    schema: z.url({ protocol: /^wss?$/ }).optional(),
    takes: 'ws(s)://…',
    fallback: 'by SOLANA_RPC_URL',
    about: 'Its websocket; by default the same host, and one port up when the address names a port.',
    secret: true,
  },
  VENUE_KEY: {
    schema: z.string().min(1).optional(),
    takes: '64 bytes, base58 or a JSON array',
    fallback: 'made in DATA_DIR',
    about: 'Secret key of the practice venue’s address; needed with SOLANA_RPC_URL. Never logged.',
    secret: true,
  },
  CHAIN_PORT: {
    schema: z.coerce.number().int().min(0).max(65_534).default(0),
    takes: '0 to 65534',
    fallback: '0 (any free)',
    about: 'Port of the practice chain, on loopback; its websocket is one port up.',
  },
  CHAIN_BLOCK_MS: {
    schema: z.coerce.number().int().min(10).max(60_000).default(400),
    takes: '10 to 60000',
    fallback: '400',
    about: 'Time between blocks of the practice chain.',
  },
  CHAIN_FINALITY_BLOCKS: {
    schema: z.coerce.number().int().min(1).max(1_000).default(32),
    takes: '1 to 1000',
    fallback: '32',
    about: 'Blocks after which a practice transaction is final.',
  },
  CHAIN_FAULTS: {
    schema: chainFaults,
    takes: `NAME=NUMBER,… of ${Object.keys(CHAIN_FAULTS).join(', ')}`,
    fallback: 'none',
    about: 'Faults of the practice chain: latency=200,drop=0.02,expire=0.01,rate=50,slow=2000,down=0.',
  },
  ALERT_WEBHOOK_URL: {
    schema: webhookAddress.optional(),
    takes: 'https://…, or http:// on loopback',
    fallback: 'none',
    about: 'Where alerts on the quality of the record are sent, in Slack’s form. A secret: never logged.',
    secret: true,
  },
  PUBLIC_ORIGIN: {
    schema: publicOrigin.optional(),
    takes: 'https://…, or http:// on loopback, with no path',
    fallback: 'this machine',
    about: 'Address players open Fortytick at; they can sign in at this one only. With https, cookies are Secure.',
  },
  SESSION_SECRET: {
    schema: z.string().min(32).max(1_000).optional(),
    takes: '32 characters or more',
    fallback: 'random, kept in DATA_DIR',
    about: 'Signs the cookies of sign-ins; processes that share a database must share it. A secret: never logged.',
    secret: true,
  },
  TRUST_PROXY: {
    schema: z.coerce.number().int().min(0).max(10).default(0),
    takes: '0 to 10',
    fallback: '0',
    about: 'Proxies in front: the client’s address is that many from the right of X-Forwarded-For.',
  },
  LOG_LEVEL: {
    schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('warn'),
    takes: 'trace to fatal, or silent',
    fallback: 'warn',
    about: 'Least severe log line written.',
  },
} as const satisfies Record<string, Setting>;

type Settings = typeof SETTINGS;
export type Config = { readonly [K in keyof Settings]: z.output<Settings[K]['schema']> };

/** One line for each setting that cannot be used. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`Bad settings:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** Reads every setting from `env`; an empty value counts as unset. Throws ConfigError naming all that are bad. */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries<Setting>(SETTINGS)) {
    const raw = env[name] === '' ? undefined : env[name];
    const parsed = setting.schema.safeParse(raw);
    if (parsed.success) values[name] = parsed.data;
    else {
      const is = setting.secret ? 'cannot be used' : `is ${JSON.stringify(raw)}`;
      problems.push(`${name} ${is}: it takes ${setting.takes} (default: ${setting.fallback}).`);
    }
  }
  if (values.FEED === 'replay' && !values.REPLAY_FILE) {
    problems.push('REPLAY_FILE is not set: FEED=replay needs a capture to play.');
  }
  if (values.SOLANA_WS_URL && !values.SOLANA_RPC_URL) {
    problems.push('SOLANA_RPC_URL is not set: SOLANA_WS_URL is the websocket of that cluster.');
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return values as Config;
}

/** Where the games of this feed are played. A capture is taken to be of the real game. */
export function sourceOf({ FEED }: Pick<Config, 'FEED'>): GameSource {
  return FEED === 'simulator' ? 'simulator' : 'live';
}
