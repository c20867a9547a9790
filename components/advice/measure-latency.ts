// The round trip from this browser to the server, which is the first part of a bet's way to the venue.

const PINGS = 4;

/** The shortest of a few: the others waited for something else. Null when the server did not answer. */
export async function measureLatency({
  signal,
  ping = pingServer,
  nowMs = () => performance.now(),
}: {
  signal: AbortSignal;
  ping?: (signal: AbortSignal) => Promise<unknown>;
  nowMs?: () => number;
}): Promise<number | null> {
  let shortestMs = Infinity;
  try {
    for (let n = 0; n < PINGS; n++) {
      const startedAtMs = nowMs();
      await ping(signal);
      shortestMs = Math.min(shortestMs, nowMs() - startedAtMs);
    }
  } catch {
    return null;
  }
  return Math.round(shortestMs);
}

async function pingServer(signal: AbortSignal): Promise<void> {
  const response = await fetch('/api/live', { cache: 'no-store', signal });
  if (!response.ok) throw new Error(`ping answered ${response.status}`);
  await response.arrayBuffer();
}
