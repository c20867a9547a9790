// Sends messages to the operator's webhook, one after another, beside everything else: nobody waits for it. Told in
// Slack's form, {text, blocks}, which most chat services take. At the bounds: a message too many pushes the oldest out of
// the queue, an attempt ends after ATTEMPT_LIMIT_MS whatever the other side does, and a message is given up after
// ATTEMPTS_MAX attempts; each is counted and logged. The address is a secret: it is in no log line and no error.
import { setTimeout as waitMs } from 'node:timers/promises';
import type { StoreLog } from '@/server/store/store-log';

export type WebhookMessage = { readonly text: string; readonly blocks?: readonly object[] };

export type WebhookState = {
  readonly queued: number;
  readonly delivered: number;
  /** Pushed out of the queue, or given up. */
  readonly lost: number;
  /** Why the newest attempt failed; null when it did not. */
  readonly trouble: string | null;
};

export type Webhook = {
  /** Returns at once. `onDelivered` runs once the other side has taken the message. */
  send(message: WebhookMessage, onDelivered?: () => void): void;
  state(): WebhookState;
  /** Ends the attempt that is under way; what is queued is not sent. */
  stop(): Promise<void>;
};

export const QUEUE_MAX = 100;
export const ATTEMPTS_MAX = 6;
const ATTEMPT_LIMIT_MS = 5_000;
const RETRY_BASE_MS = 1_000;
const RETRY_MS_MAX = 60_000;

type Queued = { readonly message: WebhookMessage; readonly onDelivered: () => void };
/** `final`: trying again cannot help. */
type Failure = { readonly reason: string; readonly final: boolean };

export function createWebhook({
  url,
  random,
  log,
  attemptLimitMs = ATTEMPT_LIMIT_MS,
  wait = (ms, signal) => waitMs(ms, undefined, { signal }),
}: {
  url: string;
  random: () => number;
  log: Pick<StoreLog, 'warn'>;
  attemptLimitMs?: number;
  /** Rejects when the signal is given. */
  wait?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}): Webhook {
  const stopping = new AbortController();
  const queue: Queued[] = [];
  let running: Promise<void> | null = null;
  let state = { delivered: 0, lost: 0, trouble: null as string | null };

  async function drain(): Promise<void> {
    for (let next = queue[0]; next && !stopping.signal.aborted; next = queue[0]) {
      const failure = await deliver(next.message);
      if (stopping.signal.aborted) break;
      // A full queue may have pushed the message out while it was being sent.
      if (queue[0] === next) queue.shift();
      if (failure) {
        lose('a webhook message was given up', failure.reason);
        continue;
      }
      state = { ...state, delivered: state.delivered + 1 };
      next.onDelivered();
    }
    running = null;
  }

  async function deliver(message: WebhookMessage): Promise<Failure | null> {
    let failure: Failure | null = null;
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      failure = await post({ url, message, limitMs: attemptLimitMs, signal: stopping.signal });
      state = { ...state, trouble: failure?.reason ?? null };
      if (failure === null || failure.final || attempt === ATTEMPTS_MAX || stopping.signal.aborted) break;
      await wait(pauseMs(attempt, random), stopping.signal).catch(() => {});
    }
    return failure;
  }

  function lose(what: string, reason: string): void {
    state = { ...state, lost: state.lost + 1 };
    log.warn({ reason, lost: state.lost }, what);
  }

  return {
    send(message, onDelivered = () => {}) {
      if (stopping.signal.aborted) return;
      queue.push({ message, onDelivered });
      if (queue.length > QUEUE_MAX) {
        queue.shift();
        lose('a webhook message was pushed out of the queue', `${QUEUE_MAX} were waiting`);
      }
      running ??= drain();
    },
    state: () => ({ queued: queue.length, ...state }),
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** Doubles up to the cap; half of it is chance, so that many senders do not come back together. */
function pauseMs(attempt: number, random: () => number): number {
  return Math.min(RETRY_MS_MAX, RETRY_BASE_MS * 2 ** (attempt - 1)) * (0.5 + 0.5 * random());
}

async function post({
  url,
  message,
  limitMs,
  signal,
}: {
  url: string;
  message: WebhookMessage;
  limitMs: number;
  signal: AbortSignal;
}): Promise<Failure | null> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(message),
      // A redirect would hand the message to an address nobody configured.
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(limitMs)]),
    });
    // What it says is of no use, and need not be waited for.
    await response.body?.cancel();
    return judge(response.status);
  } catch (error) {
    return { reason: describeFailure(error), final: false };
  }
}

function judge(status: number): Failure | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400)
    return { reason: `it answered ${status}: redirects are not followed`, final: true };
  const mayPass = status === 408 || status === 425 || status === 429 || status >= 500;
  return { reason: `it answered ${status}`, final: !mayPass };
}

/** A code and no message: messages may quote the address. */
function describeFailure(error: unknown): string {
  const { name, cause } = error as { name?: unknown; cause?: { code?: unknown } };
  if (name === 'TimeoutError') return 'it did not answer in time';
  const code = cause?.code;
  return typeof code === 'string' && /^[A-Z_0-9]{2,40}$/.test(code) ? code : 'the connection failed';
}
