// Settles active bets from what is known of their games: live ticks past the window, confirmed results, rugs that stand,
// results of the record after a restart; and voids those whose game is over for good without a result. Decides nothing by
// itself: each settlement is a step of the store, which looks at the bet again.
import type { Bet } from '@/lib/bets/bet';
import { settleBet } from '@/lib/bets/settle-bet';
import type { GameFact } from '@/lib/game/events';
import type { GameId } from '@/lib/units/game-id';
import { epochMs, type EpochMs } from '@/lib/units/time';
import type { KnownGames } from '@/server/bets/known-games';
import type { LiveSource } from '@/server/bets/live-source';
import { settle, voidActive } from '@/server/bets/settle-steps';
import type { BetStore, Ran, Step } from '@/server/bets/store/bet-store';
import type { UnclosedBets } from '@/server/bets/unclosed-bets';

/** A game that is not followed any more has a result by then, or never. */
export const NO_RESULT_MS = 180_000;
/** A bet lost early waits this long for a confirmed result that may correct it; the history names ten games, some 10 min. */
const CORRECTION_MS = 900_000;
/** Bets lost early that wait for a correction; those of the oldest game are forgotten first. */
const CORRECTIONS_MAX = 5_000;

export type Settler = {
  take(fact: GameFact): void;
  tick(): void;
  /** Takes up what may still be corrected. */
  start(): Promise<void>;
  /** Looks up in the record how games ended that are not followed any more. */
  readResults(): Promise<void>;
};

export function createSettler({
  unclosed,
  games,
  store,
  live,
  run,
  inBackground,
}: {
  unclosed: UnclosedBets;
  games: KnownGames;
  store: BetStore;
  live: LiveSource;
  run: <T>(step: Step<T>) => Promise<Ran<T>>;
  inBackground: (name: string, work: () => Promise<unknown>) => void;
}): Settler {
  /** Lost before the end of their game was known, by game. */
  const lostEarly = new Map<GameId, Map<string, Bet>>();
  let remembered = 0;
  /** Since when another game has been followed than the one a bet waits for, with the feed live. */
  const leftSince = new Map<GameId, EpochMs>();

  unclosed.onChange((bet) => {
    if (bet.state === 'lost' && bet.rugTick === null) remember(bet);
    else if (lostEarly.get(bet.gameId)?.delete(bet.betId)) remembered--;
  });

  function remember(bet: Bet): void {
    const ofGame = lostEarly.get(bet.gameId) ?? new Map<string, Bet>();
    lostEarly.set(bet.gameId, ofGame);
    if (!ofGame.has(bet.betId)) remembered++;
    ofGame.set(bet.betId, bet);
    while (remembered > CORRECTIONS_MAX) forget(lostEarly.keys().next().value!);
  }

  function forget(gameId: GameId): void {
    remembered -= lostEarly.get(gameId)?.size ?? 0;
    lostEarly.delete(gameId);
  }

  function settleGame(gameId: GameId): void {
    const now = live.clock();
    const known = games.knowledge(gameId, now);
    if (!known) return;
    const settleOne = (bet: Bet) => {
      // The step looks again; this only spares steps that would change nothing.
      if (bet.gameId !== gameId || !settleBet(bet, known, now)) return;
      inBackground(`settle ${bet.betId}`, () => run(settle(bet.betId, known, live.clock)));
    };
    for (const { bet } of unclosed.all()) settleOne(bet);
    if (known.kind === 'ended') for (const bet of lostEarly.get(gameId)?.values() ?? []) settleOne(bet);
  }

  function voidWithoutResult(): void {
    const now = live.clock();
    const { game, feedLive } = live.game();
    const waiting = new Set<GameId>();
    for (const { bet } of unclosed.all()) {
      if (bet.state !== 'active') continue;
      waiting.add(bet.gameId);
      if (!feedLive || !game || game.gameId === bet.gameId) {
        leftSince.delete(bet.gameId);
        continue;
      }
      const since = leftSince.get(bet.gameId) ?? now;
      leftSince.set(bet.gameId, since);
      if (now - since < NO_RESULT_MS || games.knowledge(bet.gameId, now)?.kind === 'ended') continue;
      inBackground(`void ${bet.betId}`, () => voidUnlessKnown(bet));
    }
    for (const gameId of leftSince.keys()) if (!waiting.has(gameId)) leftSince.delete(gameId);
  }

  async function voidUnlessKnown({ betId, gameId }: Bet): Promise<void> {
    const rugTick = (await store.results([gameId])).get(gameId);
    if (rugTick === undefined) await run(voidActive(betId, 'no-result', live.clock));
    else await run(settle(betId, { kind: 'ended', rugTick }, live.clock));
  }

  return {
    take(fact) {
      const gameId = games.take(fact, live.clock());
      if (gameId !== null) settleGame(gameId);
    },
    tick() {
      const now = live.clock();
      for (const [gameId, ofGame] of lostEarly) {
        const [first] = ofGame.values();
        if (!first || now - first.settledAt! > CORRECTION_MS) forget(gameId);
      }
      const active = unclosed.all().flatMap(({ bet }) => (bet.state === 'active' ? [bet.gameId] : []));
      const ended = [...lostEarly.keys()].filter((gameId) => games.knowledge(gameId, now)?.kind === 'ended');
      for (const gameId of new Set([...active, ...ended])) settleGame(gameId);
      voidWithoutResult();
    },
    async start() {
      for (const { bet } of await store.lostEarly(epochMs(live.clock() - CORRECTION_MS))) remember(bet);
    },
    async readResults() {
      const current = live.game().game?.gameId;
      const active = unclosed.all().filter(({ bet }) => bet.state === 'active' && bet.gameId !== current);
      const gameIds = new Set([...active.map(({ bet }) => bet.gameId), ...lostEarly.keys()]);
      if (gameIds.size === 0) return;
      for (const [gameId, rugTick] of await store.results([...gameIds])) {
        games.confirm(gameId, rugTick);
        settleGame(gameId);
      }
    },
  };
}
