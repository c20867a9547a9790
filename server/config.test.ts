import { describe, expect, it } from 'vitest';
import { ConfigError, parseConfig } from '@/server/config';

const problemsOf = (env: Record<string, string>) => {
  try {
    parseConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

describe('the address of alerts', () => {
  it.each([
    'https://hooks.example.com/services/T/B/x',
    'http://localhost:9000/hook',
    'http://127.0.0.1/x',
    'http://[::1]:80/x',
  ])('may be %s', (url) => {
    expect(parseConfig({ ALERT_WEBHOOK_URL: url }).ALERT_WEBHOOK_URL).toBe(url);
  });

  it.each([
    'http://hooks.example.com/services/T0PSECRET',
    'http://127.0.0.1.example.com/T0PSECRET',
    'http://localhost.example.com/T0PSECRET',
    'ftp://localhost/T0PSECRET',
    'T0PSECRET',
  ])('may not be %s, and what it was is not repeated', (url) => {
    const problems = problemsOf({ ALERT_WEBHOOK_URL: url });
    expect(problems).toEqual([
      'ALERT_WEBHOOK_URL cannot be used: it takes https://…, or http:// on loopback (default: none).',
    ]);
  });

  it('is none unless set, and other settings still say what they were', () => {
    expect(parseConfig({}).ALERT_WEBHOOK_URL).toBeUndefined();
    expect(problemsOf({ PORT: 'many' })).toEqual(['PORT is "many": it takes 0 to 65535 (default: 3000).']);
  });
});

describe('the chain', () => {
  it('is the practice chain without faults unless set', () => {
    expect(parseConfig({})).toMatchObject({
      SOLANA_RPC_URL: undefined,
      CHAIN_PORT: 0,
      CHAIN_BLOCK_MS: 400,
      CHAIN_FINALITY_BLOCKS: 32,
      CHAIN_FAULTS: {},
    });
  });

  it('takes faults by name', () => {
    const CHAIN_FAULTS = 'latency=200, drop=0.02,expire=0.01,rate=50,slow=2000,down=0';
    expect(parseConfig({ CHAIN_FAULTS }).CHAIN_FAULTS).toEqual({
      latencyMs: 200,
      drop: 0.02,
      expire: 0.01,
      ratePerSecond: 50,
      slowBlockMs: 2_000,
      down: false,
    });
  });

  it.each(['drop', 'drop=', 'drop=1.5', 'drop=-1', 'latency=many', 'fire=1', 'down=0.5', 'toString=1'])(
    'does not take %s for a fault',
    (CHAIN_FAULTS) => {
      expect(problemsOf({ CHAIN_FAULTS })).toEqual([
        `CHAIN_FAULTS is "${CHAIN_FAULTS}": it takes NAME=NUMBER,… of latency, drop, expire, rate, slow, down (default: none).`,
      ]);
    },
  );

  it('may be a cluster, whose address is not repeated', () => {
    const SOLANA_RPC_URL = 'https://node.example.com/?key=T0PSECRET';
    expect(parseConfig({ SOLANA_RPC_URL }).SOLANA_RPC_URL).toBe(SOLANA_RPC_URL);
    expect(problemsOf({ SOLANA_RPC_URL: 'T0PSECRET' })).toEqual([
      'SOLANA_RPC_URL cannot be used: it takes http(s)://… (default: the practice chain).',
    ]);
    expect(problemsOf({ SOLANA_WS_URL: 'wss://node.example.com' })).toEqual([
      'SOLANA_RPC_URL is not set: SOLANA_WS_URL is the websocket of that cluster.',
    ]);
  });
});
