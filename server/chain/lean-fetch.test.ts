import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLeanFetch } from '@/server/chain/lean-fetch';

let server: Server;
let url: string;
const sockets = new Set<Socket>();

beforeEach(async () => {
  sockets.clear();
  server = createServer((request, response) => {
    sockets.add(request.socket);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      if (body === 'never') return;
      response.writeHead(body === 'busy' ? 429 : 200);
      response.end(`${request.method} ${request.headers['content-type']} ${body}`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const post = (fetcher: typeof globalThis.fetch, body: string) =>
  fetcher(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });

it('sends and reads texts whole, and keeps its connection', async () => {
  const fetcher = createLeanFetch({ timeoutMs: 5_000 });
  for (const body of ['{"a":"ü"}', '{}', 'x'.repeat(100_000)]) {
    const answer = await post(fetcher, body);
    expect(answer.ok).toBe(true);
    expect(await answer.text()).toBe(`POST application/json ${body}`);
  }
  expect(sockets.size).toBe(1);
});

it('tells a refusal by its status', async () => {
  const answer = await post(createLeanFetch({ timeoutMs: 5_000 }), 'busy');
  expect(answer).toMatchObject({ ok: false, status: 429, statusText: 'Too Many Requests' });
});

it('gives up an answer that does not come in time, and one that cannot', async () => {
  await expect(post(createLeanFetch({ timeoutMs: 20 }), 'never')).rejects.toMatchObject({ name: 'TimeoutError' });
  const nobody = createLeanFetch({ timeoutMs: 5_000 })('http://127.0.0.1:1', { method: 'POST', body: '' });
  await expect(nobody).rejects.toThrow(/ECONNREFUSED/);
});
