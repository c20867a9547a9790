import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connectBets, type BetsSocket } from '@/components/bets-live/bets-socket';
import { createBetsStore } from '@/components/bets-live/bets-store';
import { aBet } from '@/components/bets-live/test-kit/bet-fixtures';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Ack = (error: Error | null, ack?: { ok: boolean; error?: string }) => void;

/** A socket whose other end is the test. */
function aSocket() {
  const handlers = new Map<string, (payload: unknown) => void>();
  const asked: { channels: string[]; answer: Ack }[] = [];
  const calls: string[] = [];
  const socket = {
    connected: true,
    active: true,
    on: (event: string, run: (payload: unknown) => void) => handlers.set(event, run),
    off: () => handlers.clear(),
    connect: () => calls.push('connect'),
    disconnect: () => calls.push('disconnect'),
    timeout: () => ({
      emit: (_event: string, { channels }: { channels: string[] }, answer: Ack) => asked.push({ channels, answer }),
    }),
  };
  return {
    socket: socket as unknown as BetsSocket,
    asked,
    calls,
    hear: (event: string, payload?: unknown) => handlers.get(event)?.(payload),
  };
}

function connected() {
  const store = createBetsStore();
  const line = aSocket();
  const onJoined = vi.fn();
  const hangUp = connectBets({ accountId: 'account-1', store, onJoined, open: () => line.socket });
  return { store, onJoined, hangUp, ...line };
}

describe('the line of the player’s bets', () => {
  it('joins the account’s own channel, and takes its snapshot', () => {
    const { store, hear, asked, onJoined } = connected();
    hear('connect');
    expect(asked[0]?.channels).toEqual(['bets:account-1']);
    asked[0]!.answer(null, { ok: true });
    hear('bets', { type: 'snapshot', bets: [aBet()] });
    expect(store.get()).toMatchObject({ line: 'open', isKnown: true, bets: [{ state: 'prepared' }] });
    expect(onJoined).toHaveBeenCalledOnce();
  });

  it('joins again after the line was lost', () => {
    const { store, hear, asked, onJoined } = connected();
    hear('connect');
    asked[0]!.answer(null, { ok: true });
    hear('disconnect', 'transport close');
    expect(store.get().line).toBe('lost');
    hear('connect');
    asked[1]!.answer(null, { ok: true });
    expect(store.get().line).toBe('open');
    expect(onJoined).toHaveBeenCalledTimes(2);
  });

  it('does not knock again where it was refused, but does where nobody answered or the server hung up', () => {
    const refused = connected();
    refused.hear('connect');
    refused.asked[0]!.answer(null, { ok: false, error: 'not yours' });
    vi.runAllTimers();
    expect(refused.store.get().line).toBe('refused');
    expect(refused.calls).toEqual(['disconnect']);

    const silent = connected();
    silent.hear('connect');
    silent.asked[0]!.answer(new Error('timeout'));
    vi.runAllTimers();
    expect(silent.calls).toEqual(['disconnect', 'connect']);
    silent.hear('disconnect', 'io server disconnect');
    vi.runAllTimers();
    expect(silent.calls).toEqual(['disconnect', 'connect', 'connect']);
  });

  it('counts and drops what it cannot read', () => {
    const { store, hear } = connected();
    hear('bets', { type: 'bet', bet: { ...aBet(), state: 'lucky' } });
    hear('bets', null);
    expect(store.get()).toMatchObject({ rejectedPushes: 2, bets: [] });
  });

  it('hears nothing after hanging up', () => {
    const { store, hear, hangUp, calls } = connected();
    hangUp();
    hear('bets', { type: 'snapshot', bets: [aBet()] });
    expect(store.get().isKnown).toBe(false);
    expect(calls).toEqual(['disconnect']);
  });
});
