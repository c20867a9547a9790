// @vitest-environment happy-dom
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { LiveStoreProvider } from '@/components/live/live-provider';
import { createLiveStore } from '@/components/live/live-store';
import { aStatus, NOW_MS, opening } from '@/components/live/test-kit/live-fixtures';
import { AlertHint } from '@/components/status/alert-hint';

afterEach(cleanup);

it('shows how many alerts are raised and leads to them, and nothing while there are none or nobody knows', () => {
  const store = createLiveStore({ nextFrame: (run) => run() });
  render(
    <LiveStoreProvider store={store}>
      <AlertHint />
    </LiveStoreProvider>,
  );
  const tell = (alerts: { warning: number; critical: number }) =>
    act(() => store.dispatch({ type: 'status', push: { ...aStatus(), alerts }, atMs: NOW_MS }));
  act(() => opening().forEach((action) => store.dispatch(action)));
  expect(screen.queryByTestId('alert-hint')).toBeNull();
  tell({ warning: 1, critical: 0 });
  const hint = screen.getByRole('link', { name: '1 alert on the record' });
  expect(hint.getAttribute('href')).toBe('/data');
  expect(hint.className).toContain('text-warning');
  tell({ warning: 1, critical: 2 });
  expect(screen.getByRole('link', { name: '3 alerts on the record' }).className).toContain('text-danger');
  act(() => store.dispatch({ type: 'connection', connection: 'lost', atMs: NOW_MS }));
  expect(screen.queryByTestId('alert-hint')).toBeNull();
});
