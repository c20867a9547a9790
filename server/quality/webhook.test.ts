// The webhook against servers that behave and that do not. Pauses between attempts are not waited for; what is measured
// with a clock is only that an attempt ends.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ATTEMPTS_MAX, createWebhook, QUEUE_MAX } from '@/server/quality/webhook';

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;
const SECRET = 'T000-secret-path';

async function serve(answer: Answer) {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      bodies.push(body);
      answer(request, response, body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { bodies, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${SECRET}` };
}

function open(url: string, attemptLimitMs = 5_000) {
  const logged: object[] = [];
  const pauses: number[] = [];
  const webhook = createWebhook({
    url,
    random: () => 1,
    log: { warn: (details, message) => void logged.push({ ...details, message }) },
    attemptLimitMs,
    wait: async (ms) => void pauses.push(ms),
  });
  onTestFinished(() => webhook.stop());
  const send = (message: string) => new Promise<void>((resolve) => webhook.send({ text: message }, resolve));
  return { webhook, logged, pauses, send };
}

/** The queue is worked off when nothing is left in it. */
async function untilIdle(webhook: ReturnType<typeof open>['webhook']) {
  while (webhook.state().queued > 0) await new Promise((resolve) => setImmediate(resolve));
}

const status =
  (code: number): Answer =>
  (_request, response) =>
    void response.writeHead(code).end('ok');

describe('a webhook', () => {
  it('is given every message once, in order, as JSON', async () => {
    const { url, bodies } = await serve(status(200));
    const { webhook, send, logged } = open(url);
    await Promise.all([send('one'), send('two'), send('three')]);
    expect(bodies.map((body) => JSON.parse(body))).toEqual([{ text: 'one' }, { text: 'two' }, { text: 'three' }]);
    expect(webhook.state()).toEqual({ queued: 0, delivered: 3, lost: 0, trouble: null });
    expect(logged).toEqual([]);
  });

  it('that fails for a while is tried again, later and later', async () => {
    let failures = 4;
    const { url, bodies } = await serve((request, response, body) =>
      status(failures-- > 0 ? 503 : 200)(request, response, body),
    );
    const { send, pauses, webhook } = open(url);
    await send('again');
    expect(bodies).toHaveLength(5);
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(webhook.state().trouble).toBeNull();
  });

  it('that keeps failing is given up after a bounded number of attempts, and the next message goes on', async () => {
    const { url, bodies } = await serve((request, response, body) =>
      status(body.includes('first') ? 500 : 200)(request, response, body),
    );
    const { webhook, send, logged } = open(url);
    webhook.send({ text: 'first' });
    await send('second');
    expect(bodies).toHaveLength(ATTEMPTS_MAX + 1);
    expect(webhook.state()).toMatchObject({ delivered: 1, lost: 1 });
    expect(logged).toEqual([{ reason: 'it answered 500', lost: 1, message: 'a webhook message was given up' }]);
  });

  it('that never answers is not waited for, and does not hold what raised the alert', async () => {
    const { url, bodies } = await serve(() => {});
    const { webhook, pauses } = open(url, 50);
    webhook.send({ text: 'anybody there?' });
    expect(webhook.state()).toMatchObject({ queued: 1, trouble: null });
    await untilIdle(webhook);
    expect(pauses).toHaveLength(ATTEMPTS_MAX - 1);
    expect(bodies.length).toBeLessThanOrEqual(ATTEMPTS_MAX);
    expect(webhook.state()).toMatchObject({ delivered: 0, lost: 1, trouble: 'it did not answer in time' });
  });

  it('that answers slowly is waited for; one that never ends its answer is not', async () => {
    const { url } = await serve((_request, response) => {
      setImmediate(() => response.writeHead(200).write('and so on'));
    });
    const { send } = open(url);
    await send('talk to me');
  });

  it('that redirects is not followed, nor tried again', async () => {
    const target = await serve(status(200));
    const { url, bodies } = await serve((_request, response) => {
      response.writeHead(307, { location: target.url }).end();
    });
    const { webhook, logged } = open(url);
    webhook.send({ text: 'where to?' });
    await untilIdle(webhook);
    expect([bodies.length, target.bodies.length]).toEqual([1, 0]);
    expect(logged).toMatchObject([{ reason: 'it answered 307: redirects are not followed' }]);
  });

  it('that refuses the message is not asked again', async () => {
    const { url, bodies } = await serve(status(404));
    const { webhook } = open(url);
    webhook.send({ text: 'hello' });
    await untilIdle(webhook);
    expect(bodies).toHaveLength(1);
    expect(webhook.state().trouble).toBe('it answered 404');
  });

  it('whose queue is full loses the oldest message, counted', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const { url, bodies } = await serve((_request, response) => void held.then(() => response.end()));
    const { webhook, logged } = open(url);
    for (let i = 0; i < QUEUE_MAX + 3; i++) webhook.send({ text: String(i) });
    expect(webhook.state()).toMatchObject({ queued: QUEUE_MAX, lost: 3 });
    release();
    await untilIdle(webhook);
    // The first was under way when it was pushed out; the two after it never were.
    expect(bodies.map((body) => JSON.parse(body).text).slice(0, 2)).toEqual(['0', '3']);
    expect(logged).toHaveLength(3);
  });

  it('keeps its address out of the log, whatever fails', async () => {
    const closed = await serve(status(200));
    const cases = [closed.url.replace(/:\d+/, ':1'), (await serve(status(500))).url, (await serve(status(301))).url];
    for (const url of cases) {
      const { webhook, logged } = open(url);
      webhook.send({ text: 'psst' });
      await untilIdle(webhook);
      expect(logged).toHaveLength(1);
      expect(JSON.stringify([logged, webhook.state()])).not.toContain(SECRET);
      expect(JSON.stringify(logged)).not.toContain('127.0.0.1');
    }
  });

  it('stops at once in the middle of an attempt', async () => {
    let arrived = () => {};
    const arrival = new Promise<void>((resolve) => (arrived = resolve));
    const { url } = await serve(() => arrived());
    const { webhook } = open(url);
    webhook.send({ text: 'last words' });
    await arrival;
    await webhook.stop();
    expect(webhook.state().delivered).toBe(0);
  });
});
