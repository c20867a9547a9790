// A wire to the database that a test can cut, hold and mend.
import { connect, createServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export type Proxy = {
  /** The database's address by way of the proxy; the same before and after every cut. */
  readonly databaseUrl: string;
  /** Breaks what is connected and refuses what comes. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  /** Keeps connections and passes nothing on, as a network does that drops packets. */
  hold(): void;
};

export async function createProxy(databaseUrl: string): Promise<Proxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let server: Server | null = null;
  let holding = false;
  let port = 0;

  async function listen(): Promise<void> {
    server = createServer((near) => {
      const far = connect(Number(target.port), target.hostname);
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(from);
        from.on('data', (data) => !holding && to.write(data));
        from.on('error', () => {});
        from.on('close', () => {
          sockets.delete(from);
          to.destroy();
        });
      }
    });
    await new Promise<void>((resolve) => server!.listen(port, '127.0.0.1', resolve));
    port = (server.address() as { port: number }).port;
  }

  async function cut(): Promise<void> {
    holding = false;
    const closed = new Promise((resolve) => server!.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  }

  await listen();
  onTestFinished(() => (server?.listening ? cut() : undefined));
  return {
    databaseUrl: Object.assign(new URL(databaseUrl), { port: String(port) }).href,
    cut,
    mend: listen,
    hold: () => void (holding = true),
  };
}
