// Starting and stopping, as a terminal, a service manager and bad luck do it. No browser: processes, ports and exit codes.
import { createServer, type AddressInfo, type Server } from 'node:net';
import { once } from 'node:events';
import { test as base, expect, type APIRequestContext } from '@playwright/test';
import { startCommand, type Command } from '@/e2e/kit/command';
import { describeProcess, listAlive, listDescendants } from '@/e2e/kit/processes';
import { createDataDir, startServer, StartFailed } from '@/e2e/kit/server-process';

type Fixtures = { readonly dataDir: string; readonly launch: (settings?: Record<string, string>) => Command };

const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures needed from this pattern.
  dataDir: async ({}, use) => {
    const data = await createDataDir();
    await use(data.path);
    await data.remove();
  },
  /** npm start, without npm; whatever a test leaves running is stopped by its id. */
  launch: async ({ dataDir }, use) => {
    const started: Command[] = [];
    await use((settings = {}) => {
      const command = startCommand(['bin/start.mjs'], { PORT: '0', DATA_DIR: dataDir, SIM_SPEED: '10', ...settings });
      started.push(command);
      return command;
    });
    for (const command of started) {
      command.signal('SIGTERM');
      await command.exited;
    }
  },
});

const ADDRESS = /^Fortytick is at (http:\/\/localhost:\d+) {2}\(simulator feed\)$/m;

async function awaitAddress(command: Command): Promise<string> {
  await expect.poll(command.output, { timeout: 30_000 }).toMatch(ADDRESS);
  return ADDRESS.exec(command.output())![1]!;
}

async function expectAllGone(pids: readonly number[]): Promise<void> {
  await expect.poll(() => listAlive(pids).map(describeProcess), { timeout: 15_000 }).toEqual([]);
}

test.describe('npm start', () => {
  test('shows its steps with their times, then one line with the address, where the app is', async ({
    launch,
    request,
  }) => {
    const command = launch();
    const url = await awaitAddress(command);
    expect(command.output()).toMatch(/✓ dependencies {2}\d+\.\d s/);
    expect(command.output()).toMatch(/✓ build {2}\d+\.\d s/);
    expect(command.output()).toMatch(/✓ database {2}\d+\.\d s/);
    expect(command.output().match(/Fortytick is at/g)).toHaveLength(1);
    expect((await request.get(url)).status()).toBe(200);
  });

  test('ends cleanly on Ctrl-C, SIGTERM and SIGHUP, leaves no process, and starts again', async ({ launch }) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      const command = launch();
      await awaitAddress(command);
      const pids = [command.pid, ...listDescendants(command.pid)];
      expect(pids.length, 'launcher, server and database').toBeGreaterThan(2);
      command.signal(signal);
      expect(await command.exited, command.output()).toEqual({ code: 0, signal: null });
      await expectAllGone(pids);
    }
  });

  test('leaves no process when stopped in the middle of its start', async ({ launch }) => {
    const command = launch();
    await expect.poll(command.output).toContain('✓ port');
    const pids = [command.pid, ...listDescendants(command.pid)];
    command.signal('SIGINT');
    expect(await command.exited, command.output()).toEqual({ code: 0, signal: null });
    await expectAllGone(pids);
  });

  test('leaves no process when its launcher is killed', async ({ launch }) => {
    const command = launch();
    await awaitAddress(command);
    const pids = [command.pid, ...listDescendants(command.pid)];
    command.signal('SIGKILL');
    await command.exited;
    await expectAllGone(pids);
  });

  test('run by npm leaves no process when npm is stopped', async ({ dataDir }) => {
    const npm = startCommand(['start'], { PORT: '0', DATA_DIR: dataDir }, 'npm');
    await awaitAddress(npm);
    const pids = listDescendants(npm.pid);
    npm.signal('SIGTERM');
    await npm.exited;
    await expectAllGone(pids);
  });

  test('recovers by itself after everything was killed', async ({ launch, request, dataDir }) => {
    const killed = launch({ SIM_SEED: 'killed' });
    const url = await awaitAddress(killed);
    await expect.poll(async () => (await listGames(request, url)).length).toBeGreaterThanOrEqual(10);
    const before = await listGames(request, url);
    const [server, ...rest] = listDescendants(killed.pid);
    // The server first: nobody is left to stop the database, as after a crash.
    for (const pid of [server!, killed.pid]) process.kill(pid, 'SIGKILL');
    await killed.exited;

    const again = launch({ SIM_SEED: 'killed' });
    const newUrl = await awaitAddress(again);
    const after = await listGames(request, newUrl);
    for (const gameId of before) expect(after).toContain(gameId);
    expect(listAlive(rest).map(describeProcess).join('\n')).not.toContain(dataDir);
  });
});

test.describe('a start that cannot be', () => {
  test('because the port is taken says so and names PORT', async ({ launch }) => {
    const { server, port } = await occupyPort();
    const command = launch({ PORT: String(port) });
    expect((await command.exited).code).toBe(1);
    expect(command.output()).toContain(`Port ${port} is taken`);
    expect(command.output()).toContain('PORT=');
    expect(command.output()).not.toContain('    at '); // A sentence, no stack.
    server.close();
  });

  test('because settings are bad names each, what it got and what it takes', async ({ dataDir }) => {
    const refused = startServer({ DATA_DIR: dataDir, PORT: 'three', SIM_SPEED: '0', FEED: 'tv', SIM_FAULTS: 'drop' });
    const failure = await refused.then(
      () => null,
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(StartFailed);
    const { message, exit } = failure as StartFailed;
    expect(exit.code).toBe(1);
    for (const words of [
      'PORT is "three"',
      '0 to 65535',
      'SIM_SPEED is "0"',
      'FEED is "tv"',
      'simulator, live or replay',
    ]) {
      expect(message).toContain(words);
    }
    expect(message).toContain('SIM_FAULTS is "drop"');
  });

  test('beside another on the same data says so and leaves the first one alone', async ({ launch, request }) => {
    const first = launch();
    const url = await awaitAddress(first);
    const second = launch();
    expect((await second.exited).code).toBe(1);
    expect(second.output()).toMatch(/DATA_DIR/);
    expect((await (await request.get(`${url}/api/health`)).json()).checks.store.status).toBe('ok');
  });
});

test.describe('commands', () => {
  test('keep standard output for their result and pass their exit code on', async () => {
    const known = startCommand([
      'bin/run.mjs',
      'verify-round',
      '--server-seed',
      'e2896666bec952ac4dbc65d73e1d08dcd5da597137dcf6255f23cd67db9dcd7c',
      '--game-id',
      '20251207-1e01ac417e8043ca',
    ]);
    expect((await known.exited).code).toBe(0);
    expect(JSON.parse(known.output())).toMatchObject({ rugTick: 92, peak: 1.223525528686852 });
    const wrong = startCommand(['bin/run.mjs', 'verify-round', '--no-such-option']);
    expect((await wrong.exited).code).toBe(2);
  });

  test('that do not exist are refused by name', async () => {
    const command = startCommand(['bin/run.mjs', '../start']);
    expect((await command.exited).code).toBe(2);
    expect(command.output()).toContain('"../start"');
  });
});

async function listGames(request: APIRequestContext, url: string): Promise<string[]> {
  const { games } = await (await request.get(`${url}/api/games?limit=100`)).json();
  return games.filter((game: { complete: boolean }) => game.complete).map((game: { gameId: string }) => game.gameId);
}

async function occupyPort(): Promise<{ server: Server; port: number }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}
