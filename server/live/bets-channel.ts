// The channel `bets:<account>` of the live hub: a player's own bets, for whoever the handshake showed to be that player, by
// the cookie or by `auth: {key}`. A socket whose sign-in or key has ended is sent away, so that it knocks again and is told.
import type { Namespace, Socket } from 'socket.io';
import type { BetsPush } from '@/lib/protocol/bets-api';
import { BETS_EVENT, type BetsChannelName, type SubscribeAck } from '@/lib/protocol/push';
import type { Result } from '@/lib/units/result';
import type { BetProblem } from '@/lib/protocol/bet-problem';
import type { Accounts } from '@/server/account/open-accounts';
import type { Actor } from '@/server/auth/actor';
import type { Auth } from '@/server/auth/auth';
import type { BetEngine } from '@/server/bets/bet-engine';
import { readClientAddress } from '@/server/http/client-address';

export type BetsChannelOptions = {
  readonly namespace: Namespace;
  readonly auth: Pick<Auth, 'admitSocket' | 'alive' | 'onEnded'>;
  /** Null while bets are not open: the channel is then empty. */
  readonly bets: Pick<BetEngine, 'unclosed' | 'onChange'> | null;
  readonly accounts: Pick<Accounts, 'onChange'>;
  /** Proxies in front, for the allow lists of keys. */
  readonly proxies: number;
};

export type BetsChannel = {
  /** At the handshake, whose cookie is the browser's of this moment. */
  meet(socket: Socket): void;
  /** Answers before the snapshot is sent, and not at all when the record is away: the socket is then sent away. */
  join(socket: Socket, channel: BetsChannelName, answer: (ack: SubscribeAck) => void): Promise<void>;
  leave(socket: Socket, channel: BetsChannelName): void;
  stop(): void;
};

/** Sign-ins and keys that ended on another node, or by the clock, are noticed this late at most. */
const CHECK_MS = 15_000;
/** Tabs and programs of one player that listen at once. */
const SOCKETS_PER_ACCOUNT_MAX = 50;
/** What a snapshot may carry. */
const SNAPSHOT_MAX = 200;

export function createBetsChannel({ namespace, auth, bets, accounts, proxies }: BetsChannelOptions): BetsChannel {
  /** Who is behind a socket that showed something; asked at the handshake, and there as long as the socket. */
  const admissions = new Map<Socket, Promise<Result<Actor, BetProblem>>>();
  /** Those whose request to join is being looked at: one at a time, since each asks the record. */
  const joining = new Set<Socket>();
  /** Those in their room. */
  const joined = new Map<Socket, Actor>();

  const tell = (accountId: string, push: BetsPush) => namespace.to(roomOf(accountId)).emit(BETS_EVENT, push);
  bets?.onChange(({ accountId }, bet) => tell(accountId, { type: 'bet', bet }));
  accounts.onChange((accountId) => tell(accountId, { type: 'account' }));

  function cut(isDead: (actor: Actor) => boolean) {
    for (const [socket, actor] of joined) {
      if (!isDead(actor)) continue;
      joined.delete(socket);
      socket.disconnect(true);
    }
  }
  auth.onEnded(({ kind, id }) =>
    cut(({ by }) => (by.kind === 'key' ? kind === 'key' && by.keyId === id : kind === 'sign-in' && by.signInId === id)),
  );

  async function check() {
    const listening = [...joined.values()];
    if (listening.length === 0) return;
    const alive = new Set(await auth.alive(listening));
    const dead = new Set(listening.filter((actor) => !alive.has(actor)));
    cut((actor) => dead.has(actor));
  }
  // A record that does not answer ends nobody's sign-in: the next check asks again.
  const checking = setInterval(() => void check().catch(() => {}), CHECK_MS);

  async function admit(socket: Socket, accountId: string): Promise<Actor | string> {
    const admission = await (admissions.get(socket) ?? null);
    if (!admission) return 'Nobody is signed in.';
    if (!admission.ok) return admission.error.message;
    const actor = admission.value;
    if (actor.accountId !== accountId) return 'This is another player’s channel.';
    // It was shown at the handshake, which may be long ago.
    if ((await auth.alive([actor])).length === 0) return 'This sign-in or key has ended.';
    const listeners = namespace.adapter.rooms.get(roomOf(accountId))?.size ?? 0;
    return listeners < SOCKETS_PER_ACCOUNT_MAX
      ? actor
      : `${SOCKETS_PER_ACCOUNT_MAX} of your connections listen already.`;
  }

  return {
    meet(socket) {
      const { headers, auth: shown } = socket.handshake as { headers: Socket['handshake']['headers']; auth: unknown };
      const key = readKey(shown);
      if (key === null && headers.cookie === undefined) return;
      const clientAddress = readClientAddress(socket.request, proxies);
      const admission = auth.admitSocket({ headers, clientAddress, key });
      admission.catch(() => {}); // Told to whoever subscribes.
      admissions.set(socket, admission);
      socket.once('disconnect', () => {
        admissions.delete(socket);
        joined.delete(socket);
      });
    },
    async join(socket, channel, answer) {
      const accountId = channel.slice('bets:'.length);
      if (joining.has(socket)) return answer({ ok: false, error: 'One request to join at a time.' });
      joining.add(socket);
      const actor = await admit(socket, accountId).catch(() => null);
      joining.delete(socket);
      if (actor === null) return void socket.disconnect(true);
      if (typeof actor === 'string') return answer({ ok: false, error: actor });
      if (!socket.connected) return;
      joined.set(socket, actor);
      void socket.join(roomOf(accountId));
      answer({ ok: true });
      const push: BetsPush = { type: 'snapshot', bets: (bets?.unclosed(accountId) ?? []).slice(0, SNAPSHOT_MAX) };
      socket.emit(BETS_EVENT, push);
    },
    leave(socket, channel) {
      joined.delete(socket);
      void socket.leave(channel);
    },
    stop: () => clearInterval(checking),
  };
}

function roomOf(accountId: string): BetsChannelName {
  return `bets:${accountId}`;
}

function readKey(shown: unknown): string | null {
  const key = typeof shown === 'object' && shown !== null && 'key' in shown ? shown.key : null;
  return typeof key === 'string' ? key : null;
}
