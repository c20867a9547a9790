// @vitest-environment happy-dom
import { act, cleanup, render, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createDataClient, DataProvider } from '@/components/data/data-provider';
import { ApiProblem } from '@/components/data/fetch-api';
import { readyState } from '@/components/data/fetch-state';
import { Fetched } from '@/components/data/fetched';
import { useApi } from '@/components/data/use-api';
import { useApiPages } from '@/components/data/use-api-pages';
import { epochMs } from '@/lib/units/time';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const schema = z.array(z.string());
const away = { title: 'Record unavailable', detail: 'The database does not answer.' };

type Reply = { status?: number; body: unknown };

/** Each request waits until the test answers it. */
function holdRequests() {
  const waiting: { path: string; reply: (reply: Reply) => void }[] = [];
  vi.stubGlobal('fetch', (path: string) => {
    return new Promise<Response>((resolve) => {
      const reply = ({ status = 200, body }: Reply) => resolve(Response.json(body, { status }));
      waiting.push({ path, reply });
    });
  });
  return {
    async answer(reply: Reply) {
      await waitFor(() => expect(waiting).not.toHaveLength(0));
      const { path, reply: send } = waiting.shift()!;
      await act(async () => send(reply));
      return path;
    },
  };
}

function Names({ path = '/api/names' }: { path?: string }) {
  const state = useApi(path, schema);
  return (
    <Fetched state={state} isEmpty={(names) => names.length === 0} empty="No names yet.">
      {(names) => <p>{names.join(', ')}</p>}
    </Fetched>
  );
}

function renderWithData(view: React.ReactNode) {
  const client = createDataClient({ retriesMax: 0 });
  const wrap = (inner: React.ReactNode) => <DataProvider client={client}>{inner}</DataProvider>;
  const { rerender } = render(wrap(view));
  return { show: (next: React.ReactNode) => rerender(wrap(next)) };
}

const phase = () => document.querySelector('[data-fetched]')?.getAttribute('data-fetched');

describe('something fetched', () => {
  it('is loading, and then there', async () => {
    const requests = holdRequests();
    renderWithData(<Names />);
    expect(phase()).toBe('loading');
    expect(screen.getByRole('status').textContent).toContain('Loading');
    expect(await requests.answer({ body: ['Ada', 'Grace'] })).toBe('/api/names');
    expect(await screen.findByText('Ada, Grace')).toBeTruthy();
    expect(phase()).toBe('ready');
  });

  it('says in words that there is nothing', async () => {
    const requests = holdRequests();
    renderWithData(<Names />);
    await requests.answer({ body: [] });
    expect(await screen.findByText('No names yet.')).toBeTruthy();
  });

  it('tells the problem in the server’s words, and asks again when told to', async () => {
    const requests = holdRequests();
    renderWithData(<Names />);
    await requests.answer({ status: 503, body: away });
    expect((await screen.findByRole('alert')).textContent).toContain(
      'Record unavailable. The database does not answer.',
    );
    act(() => screen.getByRole('button', { name: /Try again/ }).click());
    await requests.answer({ body: ['Ada'] });
    expect(await screen.findByText('Ada')).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('shows the old data with a note when asking again fails, and drops the note when it works', async () => {
    const requests = holdRequests();
    function Refreshing() {
      const state = useApi('/api/names', schema);
      return (
        <>
          {state.kind === 'ready' && <button onClick={state.retry}>refresh</button>}
          <Fetched state={state}>{(names) => <p>{names.join()}</p>}</Fetched>
        </>
      );
    }
    renderWithData(<Refreshing />);
    await requests.answer({ body: ['Ada'] });
    const refresh = await screen.findByText('refresh');
    act(() => refresh.click());
    await requests.answer({ status: 503, body: away });
    await waitFor(() => expect(phase()).toBe('stale'));
    expect(screen.getByText('Ada')).toBeTruthy();
    expect(screen.getByRole('status').textContent).toMatch(
      /^As of \d\d:\d\d \S+; asking again failed: record unavailable\./,
    );
    act(() => screen.getByRole('button', { name: 'Try again' }).click());
    await requests.answer({ body: ['Grace'] });
    await waitFor(() => expect(phase()).toBe('ready'));
    expect(screen.getByText('Grace')).toBeTruthy();
  });

  it('keeps the answer to the question before, marked as busy, until the new one is there', async () => {
    const requests = holdRequests();
    const { show } = renderWithData(<Names path="/api/names?days=1" />);
    await requests.answer({ body: ['Ada'] });
    show(<Names path="/api/names?days=7" />);
    expect(screen.getByText('Ada').closest('[data-fetched]')?.getAttribute('aria-busy')).toBe('true');
    expect(await requests.answer({ body: ['Ada', 'Grace'] })).toBe('/api/names?days=7');
    await waitFor(() => expect(document.querySelector('[aria-busy=true]')).toBeNull());
    expect(screen.getByText('Ada, Grace')).toBeTruthy();
  });

  it('says how old data are that nothing newer came after', () => {
    const old = { ...readyState(['Ada'], epochMs(0)), stale: { because: 'too-old', ageMs: 125_000 } } as const;
    render(<Fetched state={old}>{(names) => <p>{names.join()}</p>}</Fetched>);
    expect(screen.getByRole('status').textContent).toContain('nothing newer came for 2 min 5 s');
    expect(screen.getByText('Ada')).toBeTruthy();
  });

  it('grows stale by the clock alone', async () => {
    vi.useFakeTimers();
    vi.stubGlobal('fetch', async () => Response.json(['Ada']));
    function Aging() {
      return (
        <Fetched state={useApi('/api/names', schema, { staleAfterMs: 60_000 })}>{(names) => names.join()}</Fetched>
      );
    }
    renderWithData(<Aging />);
    await act(() => vi.advanceTimersByTimeAsync(1_000));
    expect(phase()).toBe('ready');
    await act(() => vi.advanceTimersByTimeAsync(70_000));
    expect(phase()).toBe('stale');
    vi.useRealTimers();
  });
});

describe('a list that comes in pages', () => {
  const page = z.object({ names: z.array(z.string()), next: z.string().nullable() });

  function Pages() {
    const { state, more } = useApiPages({
      pathOf: (cursor) => `/api/names${cursor === null ? '' : `?before=${cursor}`}`,
      nextOf: ({ next }) => next,
      schema: page,
    });
    return (
      <Fetched state={state}>
        {(pages) => (
          <>
            <p>{pages.flatMap(({ names }) => names).join(', ')}</p>
            {more && <button onClick={more.load}>more</button>}
          </>
        )}
      </Fetched>
    );
  }

  it('reads on from where it stopped, until there is no more', async () => {
    const requests = holdRequests();
    renderWithData(<Pages />);
    expect(await requests.answer({ body: { names: ['Ada'], next: 'c1' } })).toBe('/api/names');
    const more = await screen.findByText('more');
    act(() => more.click());
    expect(await requests.answer({ body: { names: ['Grace'], next: null } })).toBe('/api/names?before=c1');
    expect(await screen.findByText('Ada, Grace')).toBeTruthy();
    expect(screen.queryByText('more')).toBeNull();
  });
});

describe('a fault of the page itself', () => {
  it('is told as a problem too', () => {
    const problem = new ApiProblem({
      kind: 'unreadable',
      status: null,
      title: 'This page made a mistake',
      detail: 'x',
    });
    render(<Fetched state={{ kind: 'failed', problem, retry: () => undefined }}>{() => null}</Fetched>);
    expect(screen.getByRole('alert').textContent).toContain('This page made a mistake');
  });
});
