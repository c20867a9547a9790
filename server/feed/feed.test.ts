import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { Server } from 'socket.io';
import { afterEach, describe, expect, it } from 'vitest';
import type { RawFrame } from '@/lib/protocol/decode-feed';
import { epochMs } from '@/lib/units/time';
import { computeBackoffMs } from '@/server/feed/backoff';
import { createCaptureFeedSource } from '@/server/feed/capture-feed-source';
import { computeFeedStatus } from '@/server/feed/feed-health';
import type { FeedListener } from '@/server/feed/feed-source';
import { readCapture, toCaptureLine, type CaptureLine } from '@/server/feed/read-capture';
import { createSocketFeedSource } from '@/server/feed/socket-feed-source';

const clock = () => epochMs(Date.now());
const cleanUps: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

function temporaryFile(name: string, content: string | Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), 'fortytick-capture-'));
  cleanUps.push(() => rmSync(folder, { recursive: true }));
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

async function collect(file: string): Promise<CaptureLine[]> {
  const lines: CaptureLine[] = [];
  for await (const line of readCapture(file)) lines.push(line);
  return lines;
}

describe('the wait before reconnecting', () => {
  it('is anywhere from nothing to a cap that doubles up to 15 s', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000 }),
        fc.double({ min: 0, max: 0.999999, noNaN: true }),
        (attempt, draw) => {
          const wait = computeBackoffMs(attempt, () => draw);
          expect(wait).toBeGreaterThanOrEqual(0);
          expect(wait).toBeLessThan(Math.min(15_000, 500 * 2 ** (attempt - 1)));
        },
      ),
    );
    expect(computeBackoffMs(1, () => 0.999)).toBe(499);
    expect(computeBackoffMs(50, () => 0.999)).toBe(14_985);
  });
});

describe('the state of the feed', () => {
  const at = { source: 'live', connected: true, lastFrameAt: epochMs(10_000), active: true } as const;

  it('is stale after 2 s of silence in a game and 5 s between games', () => {
    expect(computeFeedStatus({ ...at, now: epochMs(12_000) }).status).toBe('connected');
    expect(computeFeedStatus({ ...at, now: epochMs(12_001) })).toMatchObject({ status: 'stale', ageMs: 2_001 });
    expect(computeFeedStatus({ ...at, active: false, now: epochMs(15_000) }).status).toBe('connected');
    expect(computeFeedStatus({ ...at, active: false, now: epochMs(15_001) }).status).toBe('stale');
  });

  it('is down without a connection, and claims nothing before the first frame', () => {
    expect(computeFeedStatus({ ...at, connected: false, now: epochMs(10_000) }).status).toBe('down');
    expect(computeFeedStatus({ ...at, lastFrameAt: null, now: epochMs(0) })).toMatchObject({
      status: 'stale',
      ageMs: null,
    });
  });

  it('is not fooled by a clock set back', () => {
    expect(computeFeedStatus({ ...at, now: epochMs(0) })).toMatchObject({ status: 'connected', ageMs: 0 });
  });
});

describe('a capture', () => {
  const frame: RawFrame = { receivedAt: epochMs(1_765_743_431_142), event: 'a', args: [{ x: 1 }] };
  const frames: RawFrame[] = [
    frame,
    { ...frame, args: [{ __trace: true }, { y: 2 }] },
    { ...frame, args: [] },
    { ...frame, args: [[1, 2]] },
  ];
  const text = frames.map((each) => `${toCaptureLine(each)}\n`).join('');

  it('reads back what was written, plain and gzipped', async () => {
    for (const file of [temporaryFile('a.jsonl', text), temporaryFile('a.jsonl.gz', gzipSync(text))]) {
      const lines = await collect(file);
      expect(lines.slice(0, 3).map((line) => line.ok && line.frame)).toEqual(frames.slice(0, 3));
    }
  });

  it('tells bad lines with their numbers and reads on', async () => {
    const lines = await collect(
      temporaryFile('a.jsonl', `{oops\n${toCaptureLine(frame)}\n{"ts":"never","event":"a"}\n[]\n`),
    );
    expect(lines.map((line) => [line.line, line.ok])).toEqual([
      [1, false],
      [2, true],
      [3, false],
      [4, false],
    ]);
  });

  it('cut in the middle gives everything before the cut and says so', async () => {
    const whole = gzipSync(
      Array.from({ length: 2_000 }, (_, i) => toCaptureLine({ ...frame, args: [{ i, r: Math.sin(i) }] })).join('\n'),
    );
    const lines = await collect(temporaryFile('a.jsonl.gz', whole.subarray(0, whole.length / 2)));
    expect(lines.filter((line) => line.ok).length).toBeGreaterThan(100);
    const last = lines.at(-1)!;
    expect(last.ok === false && last.reason).toMatch(/ends early/);
  });

  it('that does not exist is an error naming the file', async () => {
    await expect(collect('no-such-capture.jsonl')).rejects.toThrow(/no-such-capture/);
  });

  it('plays in order through the same listener as a live feed, and then is down', async () => {
    const file = temporaryFile('a.jsonl', `${text}garbage\n`);
    const source = createCaptureFeedSource({ file, speed: 'max', clock });
    const heard: string[] = [];
    await new Promise<void>((resolve) =>
      source.start({
        onFrame: (each) => heard.push(each.event),
        onUnreadable: ({ reason }) => heard.push(reason),
        onConnection: (state) => {
          heard.push(state);
          if (state === 'down') resolve();
        },
      }),
    );
    expect(heard).toEqual(['connected', 'a', 'a', 'a', 'a', 'line 5: not JSON', 'down']);
    await source.stop();
  });
});

describe('the socket source', () => {
  async function startServer(port = 0) {
    const http = createServer();
    const io = new Server(http);
    await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
    return { io, port: (http.address() as AddressInfo).port, stop: () => io.close() };
  }

  /** A listener whose next happening can be awaited. */
  function createListener() {
    const happened: string[] = [];
    let wake = () => {};
    const note = (what: string) => {
      happened.push(what);
      wake();
    };
    const listener: FeedListener = {
      onFrame: (frame) => note(`${frame.event} ${JSON.stringify(frame.args)}`),
      onUnreadable: () => note('unreadable'),
      onConnection: (state) => note(state),
    };
    const until = async (what: string) => {
      while (!happened.includes(what)) await new Promise<void>((resolve) => (wake = resolve));
      happened.splice(0, happened.indexOf(what) + 1);
    };
    return { listener, until };
  }

  it('delivers every argument and comes back by itself, from a refusal, a kick and a dead server', async () => {
    let server = await startServer();
    const url = `http://127.0.0.1:${server.port}`;
    const { listener, until } = createListener();
    const source = createSocketFeedSource({ name: 'live', url, clock, random: () => 0 });
    cleanUps.push(
      () => source.stop(),
      () => server.stop(),
    );
    server.io.on('connection', (socket) => socket.emit('x', { __trace: true }, { a: 1 }));

    source.start(listener);
    await until('connected');
    await until('x [{"__trace":true},{"a":1}]');

    server.io.disconnectSockets(true);
    await until('down');
    await until('connected');

    await server.stop();
    await until('down');
    server = await startServer(server.port);
    await until('connected');
  });

  it('says nothing more once stopped', async () => {
    const server = await startServer();
    cleanUps.push(() => server.stop());
    const { listener, until } = createListener();
    const source = createSocketFeedSource({
      name: 'live',
      url: `http://127.0.0.1:${server.port}`,
      clock,
      random: () => 0,
    });
    source.start(listener);
    await until('connected');
    let said = 0;
    listener.onConnection = () => said++;
    const [connection] = server.io.sockets.sockets.values();
    const disconnected = new Promise((resolve) => connection!.on('disconnect', resolve));
    await source.stop();
    await disconnected;
    expect(said).toBe(0);
  });
});

it('reads the shared capture without a bad line (skipped without ../shared)', async (context) => {
  const file = '../shared/data/captures/2025-12-14.jsonl.gz';
  try {
    readFileSync(file);
  } catch {
    context.skip('../shared is not here');
  }
  const lines = await collect(file);
  expect(lines.every((line) => line.ok)).toBe(true);
  expect(lines).toHaveLength(480);
});
