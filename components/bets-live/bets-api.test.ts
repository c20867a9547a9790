import { describe, expect, it } from 'vitest';
import { createBetsApi } from '@/components/bets-live/bets-api';
import { aBet, aPlacedBet, BET_ID } from '@/components/bets-live/test-kit/bet-fixtures';

type Asked = { path: string; method: string | undefined; body: unknown };

function answering(status: number, body: unknown, headers: Record<string, string> = {}) {
  const asked: Asked[] = [];
  const api = createBetsApi((async (path: string, init: RequestInit) => {
    asked.push({ path, method: init.method, body: init.body ? JSON.parse(init.body as string) : null });
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return new Response(text, { status, headers });
  }) as typeof fetch);
  return { api, asked };
}

describe('asking the API for bets', () => {
  it('places, submits, cancels and lists', async () => {
    const placing = answering(201, aPlacedBet());
    const request = { venue: 'paper', lamports: '10000000', clientKey: 'client-key-1' } as const;
    expect(await placing.api.place(request)).toMatchObject({ ok: true, value: { bet: { id: BET_ID } } });
    expect(placing.asked).toEqual([{ path: '/api/bets', method: 'POST', body: request }]);

    for (const body of [aBet(), { bet: aBet() }]) {
      const { api, asked } = answering(200, body);
      expect(await api.submit(BET_ID, 'AQID')).toMatchObject({ ok: true, value: { id: BET_ID } });
      expect(await api.cancel(BET_ID)).toMatchObject({ ok: true, value: { id: BET_ID } });
      expect(asked.map(({ path }) => path)).toEqual([`/api/bets/${BET_ID}/submit`, `/api/bets/${BET_ID}/cancel`]);
    }
    const listing = answering(200, { bets: [aBet()], next: null });
    expect(await listing.api.list(5)).toMatchObject({ ok: true, value: [{ id: BET_ID }] });
    expect(listing.asked).toEqual([{ path: '/api/bets?limit=5', method: 'GET', body: null }]);
  });

  it('passes a refusal on with its code, its words and its rules', async () => {
    const rules = [{ rule: 'stake-fraction', message: 'A stake of 1 SOL is above 5 % of your bankroll.' }];
    const problem = {
      type: 'about:blank',
      title: 'Refused',
      status: 422,
      detail: 'Your rules refuse it.',
      code: 'refused',
      rules,
    };
    const { api } = answering(422, problem);
    expect(await api.cancel(BET_ID)).toEqual({
      ok: false,
      error: {
        kind: 'refused',
        code: 'refused',
        message: 'Your rules refuse it.',
        rules,
        retryAfterMs: null,
        mayPass: false,
      },
    });
  });

  it('tells apart what may pass by itself', async () => {
    const busy = answering(429, {}, { 'retry-after': '2' });
    expect(await busy.api.list(1)).toMatchObject({ ok: false, error: { mayPass: true, retryAfterMs: 2_000 } });
    const broken = answering(502, '<html>');
    expect(await broken.api.list(1)).toMatchObject({ ok: false, error: { mayPass: true, code: null } });
    const odd = answering(200, { bets: 'many' });
    expect(await odd.api.list(1)).toMatchObject({ ok: false, error: { kind: 'unreadable', mayPass: false } });
    const cut = createBetsApi((() => Promise.reject(new TypeError('failed to fetch'))) as typeof fetch);
    expect(await cut.list(1)).toMatchObject({ ok: false, error: { kind: 'unreachable', mayPass: true } });
  });
});
