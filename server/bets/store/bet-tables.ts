// The tables of bets in memory: what steps read, and what their changes do to it. The memory store keeps one for good; the
// PostgreSQL store fills one with what a batch of steps asked for, so that both decide and fold with the same code. A
// change is applied whole or, when it does not fit, not at all.
import type { Account } from '@/lib/account/account';
import { OPEN_STATES, type Bet, type VenueId } from '@/lib/bets/bet';
import type { BetSession } from '@/lib/bets/bet-session';
import type { BetTransaction } from '@/lib/bets/bet-transaction';
import { DAY_MS, type ActivityBet } from '@/lib/bets/betting-activity';
import { applyBetEvent, describeTransitionError } from '@/lib/bets/fold-bet';
import type { Posting } from '@/lib/ledger/ledger';
import type { EpochMs } from '@/lib/units/time';
import type { BetFacts, Changes, KeptPreparation, LedgerEntry, StoredBet } from '@/server/bets/store/bet-store';

export type BetRow = { readonly bet: Bet; readonly preparation: KeptPreparation | null };

export type BetTables = {
  facts(now: EpochMs): BetFacts;
  /** Throws for what cannot be: a transition there is not, a second open bet, a client key used twice. */
  apply(changes: Changes): Applied;
  readonly rows: Rows;
};

export type Applied = {
  readonly bets: readonly BetRow[];
  readonly changed: readonly StoredBet[];
  readonly postings: readonly Posting[];
};

export type Rows = {
  readonly bets: Map<string, BetRow>;
  /** By bet. */
  readonly transactions: Map<string, readonly BetTransaction[]>;
  readonly entries: Map<string, readonly LedgerEntry[]>;
  readonly sessions: Map<string, BetSession>;
  readonly postings: Set<string>;
  readonly accounts: Map<string, Account>;
  /** Bets of which only this much was read. */
  readonly activity: Map<string, ActivityBet & Pick<Bet, 'accountId'>>;
};

export function createRows(): Rows {
  return {
    bets: new Map(),
    transactions: new Map(),
    entries: new Map(),
    sessions: new Map(),
    postings: new Set(),
    accounts: new Map(),
    activity: new Map(),
  };
}

export function createBetTables(rows: Rows): BetTables {
  const index = createIndex(rows);

  function stored(row: BetRow | undefined): StoredBet | null {
    if (!row) return null;
    const { betId } = row.bet;
    return { ...row, transactions: rows.transactions.get(betId) ?? [], entries: rows.entries.get(betId) ?? [] };
  }

  function foldAll(changes: Changes): Map<string, BetRow> {
    const next = new Map<string, BetRow>();
    const created = new Set<string>();
    for (const { betId, event } of changes.events ?? []) {
      const before = next.get(betId) ?? rows.bets.get(betId) ?? null;
      const applied = applyBetEvent(before?.bet ?? null, { betId, event });
      if (!applied.ok) throw new Error(describeTransitionError(applied.error));
      if (!before) created.add(betId);
      next.set(betId, { bet: applied.value, preparation: before?.preparation ?? changes.preparation ?? null });
    }
    for (const betId of created) index.assertFree(next.get(betId)!.bet);
    return next;
  }

  return {
    rows,
    apply(changes) {
      const folded = foldAll(changes);
      const postings = (changes.postings ?? []).filter(
        ({ name, lines }) => !rows.postings.has(name) && lines.length > 0,
      );
      const touched = new Set(folded.keys());
      for (const [betId, row] of folded) {
        rows.bets.set(betId, row);
        index.add(row.bet);
      }
      for (const session of changes.sessions ?? []) rows.sessions.set(session.sessionId, session);
      for (const transaction of changes.transactions ?? []) {
        index.moveTransaction(transaction);
        touched.add(transaction.betId);
      }
      for (const posting of postings) book(rows, posting);
      const changed = [...touched].flatMap((betId) => stored(rows.bets.get(betId)) ?? []);
      return { bets: [...folded.values()], changed, postings };
    },
    facts: (now) => ({
      bet: (betId) => stored(rows.bets.get(betId)),
      betByClientKey: (accountId, clientKey) => stored(rows.bets.get(index.idOf(accountId, clientKey) ?? '')),
      openBets: (accountId) => index.betsOf(accountId).filter(({ state }) => OPEN_STATES.includes(state)),
      session: (sessionId) => rows.sessions.get(sessionId) ?? null,
      runningSession: (accountId, venue) => findRunning(rows, accountId, venue),
      idleSessions: (since) =>
        [...rows.sessions.values()].filter((session) => session.closedAt === null && session.lastBetAt <= since),
      activity(accountId) {
        const whole = index.betsOf(accountId);
        const known = new Set(whole.map(({ betId }) => betId));
        const slim = [...rows.activity.values()].filter((bet) => bet.accountId === accountId && !known.has(bet.betId));
        const running = [...rows.sessions.values()].filter(
          (one) => one.accountId === accountId && one.closedAt === null,
        );
        const since = Math.min(now - ACTIVITY_MS, ...running.map(({ openedAt }) => openedAt));
        return [...whole, ...slim].filter((bet) => bet.preparedAt >= since);
      },
      account: (accountId) => rows.accounts.get(accountId) ?? null,
    }),
  };
}

/** A bet settles within minutes of its placement; one that was placed before this was not settled within the last day. */
export const ACTIVITY_MS = DAY_MS + 3_600_000;

function findRunning(rows: Rows, accountId: string, venue: VenueId): BetSession | null {
  for (const session of rows.sessions.values()) {
    if (session.accountId === accountId && session.venue === venue && session.closedAt === null) return session;
  }
  return null;
}

function book(rows: Rows, { name, lines, betId, signature }: Posting): void {
  rows.postings.add(name);
  if (betId === null) return;
  const booked = lines.map(({ account, lamports }) => ({ posting: name, account, lamports, signature }));
  rows.entries.set(betId, [...(rows.entries.get(betId) ?? []), ...booked]);
}

/** Bets by account, client key and signature, and the two rules the database keeps with unique indexes. */
function createIndex(rows: Rows) {
  const ofAccount = new Map<string, Set<string>>();
  const byClientKey = new Map<string, string>();
  const betsOf = (accountId: string): Bet[] =>
    [...(ofAccount.get(accountId) ?? [])].flatMap((betId) => rows.bets.get(betId)?.bet ?? []);

  function add({ betId, accountId, clientKey }: Bet): void {
    byClientKey.set(`${accountId} ${clientKey}`, betId);
    const ids = ofAccount.get(accountId);
    if (ids) ids.add(betId);
    else ofAccount.set(accountId, new Set([betId]));
  }

  for (const { bet } of rows.bets.values()) add(bet);
  const bySignature = new Map([...rows.transactions].flatMap(([id, list]) => list.map((row) => [row.signature, id])));
  return {
    add,
    betsOf,
    idOf: (accountId: string, clientKey: string) => byClientKey.get(`${accountId} ${clientKey}`),
    /** Replaces the one of its signature, which may have stood under another bet. */
    moveTransaction(transaction: BetTransaction): void {
      const { betId, signature } = transaction;
      const before = bySignature.get(signature) ?? betId;
      const without = (id: string) => (rows.transactions.get(id) ?? []).filter((row) => row.signature !== signature);
      if (before !== betId) rows.transactions.set(before, without(before));
      rows.transactions.set(betId, [...without(betId), transaction]);
      bySignature.set(signature, betId);
    },
    assertFree({ accountId, clientKey, venue, state }: Bet): void {
      if (byClientKey.has(`${accountId} ${clientKey}`)) throw new Error(`the client key ${clientKey} is taken`);
      const open = betsOf(accountId).some((bet) => bet.venue !== 'assisted' && OPEN_STATES.includes(bet.state));
      if (open && venue !== 'assisted' && OPEN_STATES.includes(state))
        throw new Error(`the account ${accountId} has an open bet`);
    },
  };
}
