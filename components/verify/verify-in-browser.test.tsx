// @vitest-environment happy-dom
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { toCommand } from '@/components/verify/offline-command';
import type { VerifiableGame } from '@/components/verify/verifiable-game';
import { VerifyInBrowser } from '@/components/verify/verify-in-browser';
import { hashServerSeed, replayGame } from '@/lib/game/provably-fair';

afterEach(cleanup);

const serverSeed = 'e2896666bec952ac4dbc65d73e1d08dcd5da597137dcf6255f23cd67db9dcd7c';
const gameId = '20251207-1e01ac417e8043ca';
const { prices, rugTick, peak } = replayGame({ serverSeed, gameId, version: 'v3' });
const game: VerifiableGame = {
  gameId,
  serverSeed,
  serverSeedHash: hashServerSeed(serverSeed),
  version: 'v3',
  rugTick,
  peak,
  prices: [...prices, 0.001],
};
const press = () => act(() => screen.getByRole('button', { name: 'Verify in your browser' }).click());
const verdict = () => screen.getByTestId('verify-verdict').textContent;
const outcomes = () => screen.getAllByTestId('check-line').map((line) => line.dataset.outcome);

describe('the button that verifies a game in the browser', () => {
  it('replays the game without asking anybody, and says what came of it', () => {
    const fetching = vi.fn();
    vi.stubGlobal('fetch', fetching);
    render(<VerifyInBrowser game={game} />);
    expect(screen.queryByTestId('check-report')).toBeNull();
    press();
    expect(verdict()).toBe('Verified');
    expect(outcomes()).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(screen.getByText('This does not prove')).toBeTruthy();
    expect(fetching).not.toHaveBeenCalled();
    vi.unstubAllGlobals();
  });

  it('locates the first difference', () => {
    const forged = game.prices.map((price, tick) => (tick === 40 ? 1.5 : price));
    render(<VerifyInBrowser game={{ ...game, prices: forged }} />);
    press();
    expect(verdict()).toBe('Does not agree');
    expect(screen.getByText(/^first difference at tick 40: replayed [\d.]+, recorded 1\.5$/)).toBeTruthy();
  });

  it.each([
    ['has not ended', { rugTick: null, serverSeed: null }, /has not ended/],
    ['has not revealed its seed', { serverSeed: null }, /seed has not been seen yet/],
    ['was imported without its seed', { serverSeed: null, serverSeedHash: null }, /not on record.*cannot be verified/],
    ['names no version', { version: null }, /version unknown, which is not published/],
    ['names another version', { version: 'v4' }, /version v4, which is not published/],
  ] as const)('is not offered for a game that %s, and says why', (_, change, words) => {
    render(<VerifyInBrowser game={{ ...game, ...change }} />);
    expect(screen.queryByRole('button')).toBeNull();
    expect(screen.getByTestId('cannot-verify').textContent).toMatch(words);
  });
});

describe('the command for checking off-line', () => {
  const round = { serverSeed, gameId, version: 'v3', serverSeedHash: null, recorded: null } as const;

  it('names all that was checked', () => {
    expect(toCommand({ ...round, serverSeedHash: game.serverSeedHash })).toBe(
      `npm run -s verify-round -- --server-seed ${serverSeed} --game-id ${gameId} --version v3 --server-seed-hash ${game.serverSeedHash}`,
    );
    expect(toCommand(round)).not.toContain('hash');
  });

  it('lets nothing of a seed reach the shell', () => {
    expect(toCommand({ ...round, serverSeed: "a'; rm -rf $HOME" })).toContain(
      `--server-seed 'a'\\''; rm -rf $HOME' --game-id`,
    );
  });

  it('is copied by a press, and says when the browser refuses', async () => {
    const writeText = vi.fn().mockResolvedValueOnce(undefined).mockRejectedValueOnce(new Error('denied'));
    vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue({ writeText } as unknown as Clipboard);
    render(<VerifyInBrowser game={game} />);
    press();
    const copy = screen.getByRole('button', { name: 'Copy the command' });
    await act(async () => copy.click());
    expect(writeText).toHaveBeenCalledWith(screen.getByLabelText('Command').textContent);
    expect(copy.textContent).toBe('Copied');
    await act(async () => copy.click());
    expect(copy.textContent).toBe('Select and copy it by hand');
  });
});
