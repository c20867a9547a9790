// The verbs behind /api/sessions, /api/bets/export and /api/bets/:id/proof: parse what was sent, ask the record for the actor's
// own, answer or say why not.
import type { GameSource } from '@/lib/game/game-source';
import { betProblem, type BetProblem } from '@/lib/protocol/bet-problem';
import { BET_ID_PATTERN } from '@/lib/protocol/bets-api';
import type { BetProof, ProofTransaction, SessionDetail, SessionsPage } from '@/lib/protocol/sessions-api';
import { lamports } from '@/lib/units/lamports';
import { err, ok, type Result } from '@/lib/units/result';
import type { EpochMs } from '@/lib/units/time';
import type { Actor } from '@/server/auth/actor';
import type { BetEngine } from '@/server/bets/bet-engine';
import type { Chain } from '@/server/chain/chain';
import type { BetsExports } from '@/server/history/bets-export';
import { fileResponse } from '@/server/history/export-games';
import type { SessionsHistory } from '@/server/history/sessions-history';
import { parseBetsExportQuery, parseSessionsQuery, SESSION_ID_PATTERN } from '@/server/history/sessions-parameters';
import type { Problem } from '@/server/http/problem';
import { withDatabase } from '@/server/http/with-database';
import { within } from '@/server/store/within';

type Answer<T> = Promise<Result<T, Problem | BetProblem>>;
type Cluster = SessionDetail['cluster'];

export async function getSessions({
  history,
  actor,
  query,
  now,
}: {
  history: Pick<SessionsHistory, 'listSessions'>;
  actor: Actor;
  query: URLSearchParams;
  now: EpochMs;
}): Answer<SessionsPage> {
  const parsed = parseSessionsQuery(query);
  if (!parsed.ok) return parsed;
  const { accountId } = actor;
  return withDatabase(async () => ok(await history.listSessions({ accountId, query: parsed.value, now })));
}

export async function getSession({
  history,
  actor,
  id,
  source,
  cluster,
}: {
  history: Pick<SessionsHistory, 'getSession'>;
  actor: Actor;
  id: string;
  source: GameSource;
  cluster: Cluster;
}): Answer<SessionDetail> {
  if (!SESSION_ID_PATTERN.test(id)) return err(NO_SESSION);
  const { accountId } = actor;
  const read = await withDatabase(async () => ok(await history.getSession({ accountId, sessionId: id, source })));
  if (!read.ok) return read;
  return read.value ? ok({ ...read.value, cluster }) : err(NO_SESSION);
}

export async function closeSession({
  bets,
  actor,
  id,
}: {
  bets: Pick<BetEngine, 'closeSession'>;
  actor: Actor;
  id: string;
}): Answer<{ closed: true }> {
  if (!SESSION_ID_PATTERN.test(id)) return err(NO_SESSION);
  const closed = await bets.closeSession(actor.accountId, id);
  return closed.ok ? ok({ closed: true }) : closed;
}

/** Another player's is told as none: not even that it exists. */
const NO_SESSION = betProblem('not-found', 'You have no session of this id.');

export async function exportBets({
  exports,
  actor,
  query,
  signal,
}: {
  exports: BetsExports;
  actor: Actor;
  query: URLSearchParams;
  signal?: AbortSignal;
}): Answer<Response> {
  const parsed = parseBetsExportQuery(query);
  if (!parsed.ok) return parsed;
  const { format } = parsed.value;
  const { accountId } = actor;
  return withDatabase(async () => {
    const opened = await exports.openBets({ accountId, query: parsed.value, ...(signal && { signal }) });
    return opened.ok ? ok(fileResponse({ body: opened.value, name: 'bets', format })) : opened;
  });
}

type ProofChain = Pick<Chain, 'cluster' | 'transaction'>;

export async function getBetProof({
  history,
  chain,
  id,
}: {
  history: Pick<SessionsHistory, 'getProof'>;
  chain: ProofChain | null;
  id: string;
}): Answer<BetProof> {
  if (!BET_ID_PATTERN.test(id)) return err(NO_BET);
  const read = await withDatabase(async () => ok(await history.getProof(id)));
  if (!read.ok) return read;
  if (!read.value) return err(NO_BET);
  const { transactions, ...proof } = read.value;
  return ok({
    ...proof,
    cluster: chain?.cluster ?? null,
    transactions: await Promise.all(transactions.map((one) => askChain(one, chain))),
  });
}

const NO_BET = betProblem(
  'not-found',
  'No bet has this id: the link may have a slip, or its player has deleted their data.',
);

/** The practice chain is in this process or beside it; it answers at once or not at all. */
const CHAIN_LIMIT_MS = 1_000;

/** Only the practice chain is asked: it has no explorer, and a stranger must not make us spend a real node's requests. */
async function askChain(transaction: ProofTransaction, chain: ProofChain | null): Promise<ProofTransaction> {
  if (chain?.cluster !== 'practice') return transaction;
  const landed = await within(CHAIN_LIMIT_MS, chain.transaction(transaction.signature)).catch(() => null);
  if (!landed) return transaction;
  const { slot, failed, changes, memos } = landed;
  const moved = [...changes.values()].reduce((most, change) => (change > most ? change : most), lamports(0n));
  return { ...transaction, chain: { slot, failed, movedLamports: String(moved), memos: [...memos] } };
}
