// The record of bets in memory, for simulations and tests: the same tables and the same folding as the PostgreSQL store
// works with, plus the log and the balances that PostgreSQL keeps in tables of its own. Gone with the process.
import type { Account } from '@/lib/account/account';
import type { BetEvent } from '@/lib/bets/bet-event';
import type { LedgerAccount, Posting } from '@/lib/ledger/ledger';
import type { GameId } from '@/lib/units/game-id';
import { lamports, type Lamports } from '@/lib/units/lamports';
import type { Clock } from '@/lib/units/time';
import type { BetsCursor } from '@/server/bets/bets-parameters';
import type { BetStore } from '@/server/bets/store/bet-store';
import { createBetTables, createRows, type Rows } from '@/server/bets/store/bet-tables';

export type MemoryBetStore = BetStore & {
  readonly rows: Rows;
  /** The streams of bets, in order. */
  readonly log: readonly { readonly betId: string; readonly event: BetEvent }[];
  readonly postings: readonly Posting[];
  readonly balances: ReadonlyMap<LedgerAccount, Lamports>;
};

export function createMemoryBetStore({
  clock,
  readAccount,
  resultOf = () => null,
}: {
  clock: Clock;
  readAccount: (accountId: string) => Account | null;
  resultOf?: (gameId: GameId) => number | null;
}): MemoryBetStore {
  const rows = createRows();
  const tables = createBetTables(rows);
  const log: { betId: string; event: BetEvent }[] = [];
  const postings: Posting[] = [];
  const balances = new Map<LedgerAccount, Lamports>();
  const facts = () => ({ ...tables.facts(clock()), account: readAccount });
  const stored = () => {
    const known = facts();
    return [...rows.bets.keys()].map((betId) => known.bet(betId)!);
  };

  return {
    rows,
    log,
    postings,
    balances,
    async run(step) {
      const { result, changes } = step.decide(facts());
      if (!changes) return { result, changed: [] };
      const applied = tables.apply(changes);
      log.push(...(changes.events ?? []));
      for (const posting of applied.postings) {
        postings.push(posting);
        for (const { account, lamports: moved } of posting.lines) {
          balances.set(account, lamports((balances.get(account) ?? 0n) + moved));
        }
      }
      return { result, changed: applied.changed };
    },
    look: async () => facts(),
    list: async (accountId, { sessionId, state, venue, before, limit }) =>
      stored()
        .filter(({ bet }) => bet.accountId === accountId)
        .filter(({ bet }) => sessionId === undefined || bet.sessionId === sessionId)
        .filter(({ bet }) => state === undefined || bet.state === state)
        .filter(({ bet }) => venue === undefined || bet.venue === venue)
        .toSorted((a, b) => compareBets(b.bet, a.bet))
        .filter(({ bet }) => before === undefined || compareBets(bet, before) < 0)
        .slice(0, limit),
    async unclosed() {
      const known = facts();
      const open = [...rows.bets.values()].filter(({ bet }) => bet.closedAt === null);
      return open.map(({ bet }) => known.bet(bet.betId)!);
    },
    results: async (gameIds) => new Map(gameIds.flatMap((id) => (resultOf(id) === null ? [] : [[id, resultOf(id)!]]))),
    lostEarly: async (since) =>
      stored().filter(({ bet }) => bet.state === 'lost' && bet.rugTick === null && bet.preparedAt >= since),
    idle: async () => {},
    stop: async () => {},
  };
}

/** As the database orders them: by time, then by the bytes of the id. */
function compareBets(a: BetsCursor, b: BetsCursor): number {
  return a.preparedAt - b.preparedAt || (a.betId < b.betId ? -1 : a.betId > b.betId ? 1 : 0);
}
