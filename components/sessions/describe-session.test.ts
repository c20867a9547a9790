import { describe, expect, it } from 'vitest';
import {
  durationText,
  extremesText,
  ledgerReading,
  streakNote,
  uncountedText,
  winsText,
} from '@/components/sessions/describe-session';
import { toEquityRows } from '@/components/sessions/equity-rows';
import { closeSession } from '@/components/sessions/close-session';
import type { LedgerRowView, SessionSummary } from '@/lib/protocol/sessions-api';

function session(parts: Partial<SessionSummary>): SessionSummary {
  return {
    id: 'session1',
    venue: 'practice',
    openedAt: 0,
    lastBetAt: 0,
    closedAt: 1,
    closeReason: 'idle',
    bets: 0,
    open: 0,
    won: 0,
    lost: 0,
    void: 0,
    expired: 0,
    stakedLamports: '0',
    netLamports: '0',
    expectedWins: 0,
    saidBets: 0,
    ...parts,
  };
}

describe('a session in words', () => {
  it('counts wins against what was expected, where all of it was said', () => {
    expect(winsText(session({ won: 4, lost: 11, expectedWins: 2.72, saidBets: 15 }))).toBe('4 of 15, expected 2.7');
    expect(winsText(session({ won: 4, lost: 11, expectedWins: 2.5, saidBets: 14 }))).toBe('4 of 15');
    expect(winsText(session({ open: 1 }))).toBe('none settled');
  });

  it('names what did not count, and only that', () => {
    expect(uncountedText(session({ void: 1, expired: 2, open: 1 }))).toBe('1 void, 2 expired, 1 open');
    expect(uncountedText(session({ won: 3 }))).toBeNull();
  });

  it('tells best and worst soberly, and nothing of a single one', () => {
    const up = session({ won: 2, lost: 3, netLamports: '50000000' });
    const down = session({ won: 0, lost: 5, netLamports: '-50000000' });
    expect(extremesText([up, down, session({ open: 1 })])).toBe(
      'Practice: of these 2 sessions 1 ended up. Best +0.05 SOL, worst −0.05 SOL: at 5 bets a session, mostly luck either way.',
    );
    expect(extremesText([up])).toBeNull();
  });

  it('gives its length in minutes and hours', () => {
    expect([10_000, 600_000, 5_400_000].map((lastBetAt) => durationText({ openedAt: 0, lastBetAt }))).toEqual([
      'under a minute',
      '10 min',
      '1 h 30 min',
    ]);
  });

  it('says what going against the advice, and skipping it, came to', () => {
    const none = { bets: 0, advisedLamports: '0', takenLamports: '0', won: 0, lost: 0, uncounted: 0, netLamports: '0' };
    const rows: LedgerRowView[] = [
      { ...none, kind: 'against', bets: 2, won: 0, lost: 1, uncounted: 1, netLamports: '-10000000' },
      { ...none, kind: 'skipped', bets: 1, won: 1, netLamports: '40000000' },
    ];
    expect(ledgerReading(rows)).toBe(
      'Betting against the advice came to −0.01 SOL over 1 settled bet. 1 advised bet went untaken; settled by the game, they would have come to +0.04 SOL.',
    );
    expect(ledgerReading([])).toContain('No settled bet went against the advice.');
  });

  it('holds a losing run against what luck makes', () => {
    expect(streakNote({ longest: 5, expected: 8.04, atLeast: 0.891 }, { unsaidBets: 0 })).toBe(
      'luck makes 8.0; as long or longer in 89 % of such sessions',
    );
    const unknown = { longest: 5, expected: null, atLeast: null };
    expect(streakNote(unknown, { unsaidBets: 1 })).toContain('no expectation');
    expect(streakNote(unknown, { unsaidBets: 0 })).toContain('too many bets');
  });
});

describe('the curve of a session', () => {
  it('begins at nothing and carries the best so far', () => {
    const at = 1;
    const curve = ['-10000000', '30000000', '20000000'].map((netLamports, n) => ({
      n: n + 1,
      betId: 'b',
      at,
      netLamports,
    }));
    expect(toEquityRows(curve).map(({ n, net, best }) => [n, net, best])).toEqual([
      [0, 0, 0],
      [1, -0.01, 0],
      [2, 0.03, 0.03],
      [3, 0.02, 0.03],
    ]);
    expect(toEquityRows([])).toHaveLength(1);
  });
});

describe('ending a session', () => {
  const answering = (status: number, body: string) => async () => new Response(body, { status });

  it('tells the server’s word, or that there was none', async () => {
    expect(await closeSession('s1', answering(200, '{"closed":true}') as typeof fetch)).toEqual({
      ok: true,
      value: null,
    });
    const problem = JSON.stringify({
      type: 'about:blank',
      title: 'Not found',
      status: 404,
      detail: 'You have no such.',
    });
    expect(await closeSession('s1', answering(404, problem) as typeof fetch)).toEqual({
      ok: false,
      error: 'You have no such.',
    });
    const cut = (() => Promise.reject(new TypeError('cut'))) as typeof fetch;
    expect(await closeSession('s1', cut)).toMatchObject({ ok: false, error: expect.stringContaining('No answer') });
  });
});
