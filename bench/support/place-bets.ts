// The load of the bets bench: at a steady pace one free player places, signs and submits a bet, then a few one by one,
// until shortly before the game rugs. An open loop: a slow server is not asked more slowly. Some players hold a live socket, as browsers do, so that
// it is known when they see their bet become active.
import { io, type Socket } from 'socket.io-client';
import { WINDOW_TICKS } from '@/lib/game/rules';
import { BETS_EVENT, LIVE_NAMESPACE } from '@/lib/protocol/push';
import type { BenchPlayer } from '@/server/test-kit/bet-players';
import { SIGNATURE_BYTES } from '@/server/bets/venues/practice/transfer-message';

export type BetTimes = {
  /** Nobody else bets at that moment: what is left is the work of one bet. */
  readonly isAlone: boolean;
  readonly betId: string;
  readonly clickedAt: number;
  readonly submittedAt: number;
  readonly placeMs: number;
  readonly submitMs: number;
};

export type Placed = {
  readonly times: readonly BetTimes[];
  /** By problem code. */
  readonly refused: Readonly<Record<string, number>>;
  /** Of the load, without the bets that come alone. */
  readonly elapsedMs: number;
  /** Click to the live push that says active, ms. */
  readonly pushed: readonly number[];
};

const STAKE_SOL = '0.001';
const SOCKETS = 25;
const FIRST_TICK = 8;
/** From the bet's placement to its activation, and from its window's end to the settlement. */
const REST_TICKS = 12;
/** Bets placed this shortly before the rug may come too late: they are void, which is right and not what is measured. */
const LAST_TICKS = 8;
/** At the end of the game bets come one by one, each long after the one before has been answered. */
const ALONE_TICKS = 96;
const ALONE_PER_SECOND = 5;

const now = () => performance.timeOrigin + performance.now();

export async function placeBets({
  url,
  players,
  betsPerSecond,
  rugTick,
}: {
  url: string;
  players: readonly BenchPlayer[];
  betsPerSecond: number;
  rugTick: number;
}): Promise<Placed> {
  const times: BetTimes[] = [];
  const refused: Record<string, number> = {};
  const clicks = new Map<string, number>();
  const pushed: number[] = [];
  const sockets = players.slice(0, SOCKETS).map((player) =>
    watchBets(url, player, (betId) => {
      const clickedAt = clicks.get(betId);
      if (clickedAt !== undefined) pushed.push(now() - clickedAt);
    }),
  );
  await Promise.all(sockets.map(({ ready }) => ready));
  const tick = createTickReader(url);
  await waitUntil(async () => (await tick()) >= FIRST_TICK, 60_000);

  const free = [...players];
  /** In the order in which they are free again. */
  const resting: { readonly player: BenchPlayer; readonly until: number }[] = [];
  const underway = new Set<Promise<void>>();
  const startedAt = now();
  let made = 0;
  let nowTick = FIRST_TICK;
  let due = startedAt;
  let aloneFrom: number | null = null;
  for (;;) {
    due += 1_000 / (aloneFrom === null ? betsPerSecond : ALONE_PER_SECOND);
    const waitMs = due - now();
    if (waitMs > 1) await new Promise((resolve) => setTimeout(resolve, waitMs));
    if (aloneFrom !== null || made % (betsPerSecond / 5) === 0) {
      const before = nowTick;
      nowTick = await tick();
      // The game is over: an overloaded machine looked too late.
      if (nowTick < before) break;
    }
    if (nowTick >= rugTick - LAST_TICKS) break;
    if (aloneFrom === null && nowTick >= rugTick - ALONE_TICKS) {
      aloneFrom = now();
      await Promise.all(underway);
      due = now();
    }
    made++;
    while (resting[0] && nowTick > resting[0].until) free.push(resting.shift()!.player);
    const player = free.shift();
    if (!player) {
      refused['no-free-player'] = (refused['no-free-player'] ?? 0) + 1;
      continue;
    }
    const isAlone = aloneFrom !== null;
    const bet = placeOne(url, player, made, clicks).then((outcome) => {
      if ('code' in outcome) {
        refused[outcome.code] = (refused[outcome.code] ?? 0) + 1;
        free.push(player);
        return;
      }
      times.push({ ...outcome, isAlone });
      // Its window passes, and a moment for the settlement; then the player is free.
      resting.push({ player, until: nowTick + WINDOW_TICKS + REST_TICKS });
    });
    underway.add(bet);
    void bet.finally(() => underway.delete(bet));
  }
  const elapsedMs = (aloneFrom ?? now()) - startedAt;
  await Promise.all(underway);
  // The last pushes are on their way until the game is over.
  await waitUntil(async () => {
    const at = await tick();
    return at < nowTick || at >= rugTick;
  }, 60_000);
  for (const { socket } of sockets) socket.disconnect();
  return { times, refused, elapsedMs, pushed };
}

async function placeOne(
  url: string,
  player: BenchPlayer,
  number: number,
  clicks: Map<string, number>,
): Promise<Omit<BetTimes, 'isAlone'> | { code: string }> {
  const clickedAt = now();
  const clientKey = `bench-${String(number).padStart(6, '0')}`;
  const placed = await post(`${url}/api/bets`, player, {
    venue: 'practice',
    sol: STAKE_SOL,
    clientKey,
    confirmed: true,
  });
  const placedAt = now();
  if (!placed.ok) return { code: `place ${String(placed.body.code ?? placed.status)}` };
  const { bet, transaction } = placed.body as { bet: { id: string }; transaction: string };
  clicks.set(bet.id, clickedAt);
  const bytes = Buffer.from(transaction, 'base64');
  bytes.set(player.signer.sign(bytes.subarray(1 + SIGNATURE_BYTES)), 1);
  const submittedAt = now();
  const body = { transaction: bytes.toString('base64') };
  const submitted = await post(`${url}/api/bets/${bet.id}/submit`, player, body);
  if (!submitted.ok) return { code: `submit ${String(submitted.body.code ?? submitted.status)}` };
  return { betId: bet.id, clickedAt, submittedAt, placeMs: placedAt - clickedAt, submitMs: now() - submittedAt };
}

async function post(
  url: string,
  { key }: BenchPlayer,
  body: object,
): Promise<{ ok: boolean; status: number; body: Record<string, unknown> }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { ok: response.ok, status: response.status, body: (await response.json()) as Record<string, unknown> };
}

function watchBets(
  url: string,
  { key, accountId }: BenchPlayer,
  onActive: (betId: string) => void,
): { socket: Socket; ready: Promise<void> } {
  const socket = io(`${url}${LIVE_NAMESPACE}`, { transports: ['websocket'], forceNew: true, auth: { key } });
  const active = new Set<string>();
  socket.on(BETS_EVENT, (push: { type: string; bet?: { id: string; state: string } }) => {
    if (push.type !== 'bet' || push.bet?.state !== 'active' || active.has(push.bet.id)) return;
    active.add(push.bet.id);
    onActive(push.bet.id);
  });
  const ready = (async () => {
    const answer = (await socket.emitWithAck('subscribe', { channels: [`bets:${accountId}`] })) as { ok: boolean };
    if (!answer.ok) throw new Error(`the live channel was refused: ${JSON.stringify(answer)}`);
  })();
  return { socket, ready };
}

/** The running game's newest tick, asked for at most five times a second whoever asks; 0 while none runs. */
function createTickReader(url: string): () => Promise<number> {
  let readAt = -Infinity;
  let newest: Promise<number> = Promise.resolve(0);
  return () => {
    if (now() - readAt > 200) {
      readAt = now();
      newest = fetch(`${url}/api/live`)
        .then((response) => response.json())
        .then((view: { game?: { phase?: string; tick?: number | null } | null }) =>
          view.game?.phase === 'active' ? (view.game.tick ?? 0) : 0,
        );
    }
    return newest;
  };
}

export async function waitUntil(isSo: () => Promise<boolean>, limitMs: number): Promise<void> {
  const until = now() + limitMs;
  while (!(await isSo())) {
    if (now() > until) throw new Error(`it was not so within ${limitMs / 1_000} s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
