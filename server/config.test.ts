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
