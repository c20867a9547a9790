// Simulator emit → painted in Chromium, ms: the whole road, with the real server, hub, page and browser. Each tick is
// stamped when the simulator hands it to its sockets and again in the page, in the first task after the animation frame
// in which the tick's number changed, that is once the frame has gone to the compositor. One machine, one clock.
import { chromium, type Page } from '@playwright/test';
import { epochMs } from '@/lib/units/time';
import { startSimulator } from '@/server/simulator/start-simulator';
import { percentile, round } from '@/lib/math/percentile';
import { startBuiltServer } from '@/bench/support/running-server';

/** Enough for a p99 of more than a handful of ticks. */
const TICKS = 600;
const WARM_UP_TICKS = 40;
/** Four times the real rate, so that the bench ends in a minute; the load per tick is the same. */
const SPEED = 4;
const LIMIT_MS = 240_000;

type Painted = { readonly key: string; readonly at: number };

const now = () => performance.timeOrigin + performance.now();

export async function run() {
  const emitted = new Map<string, number>();
  const simulator = await startSimulator({
    port: 0,
    seed: 'bench latency',
    speed: SPEED,
    hazard: 0.005,
    faults: {},
    clock: () => epochMs(Date.now()),
    onEmit(event, payload) {
      const frame = payload as { gameId?: string; active?: boolean; tickCount?: number };
      if (event !== 'gameStateUpdate' || !frame.active) return;
      const key = `${frame.gameId} ${frame.tickCount}`;
      if (!emitted.has(key)) emitted.set(key, now());
    },
  });
  const server = await startBuiltServer({ FEED: 'live', FEED_URL: simulator.url });
  const { ensureBrowser } = await import('../bin/test/ensure-browser.mjs');
  const browser = await chromium.launch({
    executablePath: await ensureBrowser(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    const page = await browser.newPage();
    const painted = await watchTicks(page, server.url);
    const latencies = painted.flatMap(({ key, at }) => {
      const sent = emitted.get(key);
      return sent === undefined ? [] : [at - sent];
    });
    const counted = latencies.slice(WARM_UP_TICKS);
    return {
      ticks: counted.length,
      p50ms: round(percentile(counted, 0.5)),
      p95ms: round(percentile(counted, 0.95)),
      p99ms: round(percentile(counted, 0.99)),
      maxMs: round(Math.max(...counted)),
      speed: SPEED,
    };
  } finally {
    await browser.close();
    await server.stop();
    await simulator.stop();
  }
}

async function watchTicks(page: Page, url: string): Promise<Painted[]> {
  const painted: Painted[] = [];
  let finish = () => {};
  const enough = new Promise<void>((resolve) => (finish = resolve));
  await page.exposeFunction('reportPainted', (key: string, at: number) => {
    painted.push({ key, at });
    if (painted.length >= TICKS + WARM_UP_TICKS) finish();
  });
  // The compiler names functions through a helper that the page does not have.
  await page.addInitScript({ content: 'globalThis.__name = (f) => f;' });
  await page.addInitScript(() => {
    const report = (globalThis as unknown as { reportPainted(key: string, at: number): void }).reportPainted;
    let last = '';
    const look = () => {
      const element = document.querySelector('[data-testid="tick"]');
      const key = `${element?.getAttribute('data-game-id')} ${element?.getAttribute('data-tick')}`;
      if (!element || key === last) return;
      last = key;
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => report(key, performance.timeOrigin + performance.now());
        channel.port2.postMessage(null);
      });
    };
    const options = {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['data-tick', 'data-game-id'],
    };
    new MutationObserver(look).observe(document, options);
  });
  await page.goto(url);
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`only ${painted.length} ticks in ${LIMIT_MS} ms`)), LIMIT_MS);
  });
  await Promise.race([enough, limit]).finally(() => clearTimeout(timer));
  return painted;
}
