// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as accounts from '@/components/safety/account-store';
import { OddsDialog } from '@/components/safety/odds-dialog';
import { RealityCheckDialog } from '@/components/safety/reality-check';
import { StopSwitch } from '@/components/safety/stop-switch';
import {
  aStoreOn,
  ACCOUNT_NOW,
  anAccountView,
  QUIET_ACTIVITY,
  refusedWith,
  type Sent,
} from '@/components/safety/test-kit/account-fixtures';
import type { AccountView } from '@/lib/protocol/account-api';
import { ok } from '@/lib/units/result';

const HOUR_MS = 3_600_000;

beforeEach(() => {
  // The fixtures' server is a second ahead of this clock.
  vi.useFakeTimers({ now: ACCOUNT_NOW - 1_000 });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  used?.mockRestore();
});

let used: { mockRestore(): void } | null = null;

function install(store: accounts.AccountStore): void {
  used = vi.spyOn(accounts, 'accountStore').mockReturnValue(store);
}

/** A server that keeps one account and does what it is asked. */
async function onServer(start: AccountView, change: (view: AccountView, sent: Sent) => AccountView = (view) => view) {
  let view = start;
  const { store, sent } = aStoreOn(
    start,
    (asked) => {
      view = change(view, asked);
      return ok({ ...view, now: Date.now() + 1_000 });
    },
    Date.now,
  );
  install(store);
  await store.refresh();
  return { store, paths: () => sent.filter(({ method }) => method !== 'GET').map(({ path }) => path) };
}

function playing(openedAt: number, safety: Partial<AccountView['account']['safety']> = {}): AccountView {
  const view = anAccountView();
  const practice = { ...QUIET_ACTIVITY, sessionOpenedAt: openedAt, sessionBets: 4, sessionNetLamports: '-400000000' };
  return {
    ...view,
    account: { ...view.account, safety: { ...view.account.safety, ...safety } },
    activity: { ...view.activity, practice },
  };
}

function withSafety(view: AccountView, safety: Partial<AccountView['account']['safety']>): AccountView {
  return { ...view, account: { ...view.account, safety: { ...view.account.safety, ...safety } } };
}

describe('the reality check', () => {
  const acknowledge = (view: AccountView, { path }: Sent) =>
    path.endsWith('acknowledge') ? withSafety(view, { realityCheckedAt: Date.now() + 1_000 }) : view;

  it('comes by itself when its time has come, says time, bets and result, and goes when it is answered', async () => {
    const { paths } = await onServer(playing(ACCOUNT_NOW), acknowledge);
    render(<RealityCheckDialog />);
    await act(() => vi.advanceTimersByTimeAsync(HOUR_MS - 1));
    expect(screen.queryByTestId('reality-check')).toBeNull();
    await act(() => vi.advanceTimersByTimeAsync(1));
    expect(screen.getByTestId('reality-check').textContent).toContain('1 hour, 4 bets, result −0.4 SOL');
    fireEvent.keyDown(screen.getByTestId('reality-check'), { key: 'Escape' });
    expect(screen.queryByTestId('reality-check')).not.toBeNull();
    await act(async () => fireEvent.click(screen.getByTestId('reality-go-on')));
    expect(screen.queryByTestId('reality-check')).toBeNull();
    expect(paths()).toEqual(['/api/account/reality-check/acknowledge']);
    await act(() => vi.advanceTimersByTimeAsync(HOUR_MS));
    expect(screen.queryByTestId('reality-check')).not.toBeNull();
  });

  it('stops all betting first where the player wants to stop', async () => {
    const { paths } = await onServer(playing(ACCOUNT_NOW - HOUR_MS, { realityCheckedAt: null }), acknowledge);
    render(<RealityCheckDialog />);
    await act(async () => fireEvent.click(screen.getByTestId('reality-stop')));
    expect(paths()).toEqual(['/api/account/stop', '/api/account/reality-check/acknowledge']);
  });

  it('notices a session that began in another tab', async () => {
    let view = anAccountView();
    await onServer(view, () => view);
    render(<RealityCheckDialog />);
    view = playing(ACCOUNT_NOW - HOUR_MS, { realityCheckedAt: null });
    await act(() => vi.advanceTimersByTimeAsync(300_000));
    expect(screen.queryByTestId('reality-check')).not.toBeNull();
  });
});

describe('the odds', () => {
  it('are accepted only once they were read, and by the server', async () => {
    const { paths } = await onServer(anAccountView());
    const [onClose, onAccepted] = [vi.fn(), vi.fn()];
    render(<OddsDialog isOpen onClose={onClose} onAccepted={onAccepted} />);
    expect(screen.getByTestId('odds-statement').textContent).toContain('About 18 in 100 bets win');
    const accept = screen.getByTestId<HTMLButtonElement>('accept-odds');
    expect(accept.disabled).toBe(true);
    fireEvent.click(screen.getByRole('checkbox'));
    await act(async () => fireEvent.click(accept));
    expect(paths()).toEqual(['/api/account/accept-odds']);
    expect(onAccepted).toHaveBeenCalledOnce();
    expect(onClose).toHaveBeenCalledOnce();
  });

  it('stay where the server does not take it, with the reason', async () => {
    const { store } = aStoreOn(anAccountView(), ({ method }) => (method === 'POST' ? refusedWith('Not now.') : null));
    install(store);
    const onClose = vi.fn();
    render(<OddsDialog isOpen onClose={onClose} />);
    fireEvent.click(screen.getByRole('checkbox'));
    await act(async () => fireEvent.click(screen.getByTestId('accept-odds')));
    expect(screen.getByRole('alert').textContent).toBe('Not now.');
    expect(onClose).not.toHaveBeenCalled();
  });
});

describe('the stop switch', () => {
  it('stops with one press, keeps the focus, and resumes with the next', async () => {
    const { paths } = await onServer(anAccountView(), (view, { path }) => {
      if (path.endsWith('stop')) return withSafety(view, { stoppedSince: ACCOUNT_NOW });
      return path.endsWith('resume') ? withSafety(view, { stoppedSince: null }) : view;
    });
    render(<StopSwitch />);
    screen.getByTestId('stop-betting').focus();
    await act(async () => fireEvent.click(screen.getByTestId('stop-betting')));
    expect(document.activeElement).toBe(screen.getByTestId('resume-betting'));
    expect(screen.getByRole('status').textContent).toContain('All betting is stopped since');
    await act(async () => fireEvent.click(screen.getByTestId('resume-betting')));
    expect(screen.getByTestId('stop-betting')).toBeTruthy();
    expect(paths()).toEqual(['/api/account/stop', '/api/account/resume']);
  });
});
