// New slots as they come: by websocket, and by asking now and then while the socket is down. Listeners hear of nothing
// else: a lost connection is taken up again by itself, for as long as anyone listens.
import { WebSocket } from 'ws';

export type SlotFeed = { listen(listener: (slot: number) => void): () => void; stop(): void };

type Timer = ReturnType<typeof setTimeout>;
export type SlotFeedOptions = {
  readonly wsUrl: string;
  readonly pollSlot: () => Promise<number>;
  readonly setTimer?: (run: () => void, ms: number) => Timer;
};

/** Between two attempts, and between two questions while the socket is down: twice as long as a block takes. */
const RETRY_MS = 800;
/** A socket that says nothing for so long is as good as lost; slots come every 400 ms. */
const SILENCE_MS = 10_000;

export function createSlotFeed({ wsUrl, pollSlot, setTimer = setTimeout }: SlotFeedOptions): SlotFeed {
  const listeners = new Set<(slot: number) => void>();
  let socket: WebSocket | null = null;
  let timer: Timer | null = null;
  let newest = -1;

  function tell(slot: number): void {
    // The poll and the socket may both know of one.
    if (slot <= newest) return;
    newest = slot;
    for (const listener of [...listeners]) listener(slot);
  }

  function after(ms: number, run: () => void): void {
    if (timer) clearTimeout(timer);
    timer = setTimer(run, ms);
  }

  function connect(): void {
    if (listeners.size === 0) return;
    const opened = new WebSocket(wsUrl, { perMessageDeflate: false, handshakeTimeout: SILENCE_MS });
    socket = opened;
    opened.on('open', () => {
      // Who answers now may be another node, which counts for itself.
      newest = -1;
      opened.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'slotSubscribe' }));
    });
    opened.on('message', (data) => {
      if (socket !== opened) return;
      after(SILENCE_MS, () => opened.terminate());
      const slot = parseSlot(String(data));
      if (slot !== null) tell(slot);
    });
    // `close` follows an error.
    opened.on('error', () => undefined);
    opened.on('close', () => {
      if (socket === opened) whileDown();
    });
    after(SILENCE_MS, () => opened.terminate());
  }

  function whileDown(): void {
    socket = null;
    if (listeners.size === 0) return;
    pollSlot().then(tell, () => undefined);
    after(RETRY_MS, connect);
  }

  function disconnect(): void {
    const closing = socket;
    socket = null;
    if (timer) clearTimeout(timer);
    timer = null;
    newest = -1;
    closing?.terminate();
  }

  return {
    listen(listener) {
      // A function given twice is two listeners.
      const own = (slot: number) => listener(slot);
      listeners.add(own);
      if (listeners.size === 1) connect();
      return () => {
        if (listeners.delete(own) && listeners.size === 0) disconnect();
      };
    },
    stop() {
      listeners.clear();
      disconnect();
    },
  };
}

function parseSlot(text: string): number | null {
  try {
    const { method, params } = JSON.parse(text) as { method?: string; params?: { result?: { slot?: unknown } } };
    const slot = params?.result?.slot;
    return method === 'slotNotification' && typeof slot === 'number' ? slot : null;
  } catch {
    return null;
  }
}
