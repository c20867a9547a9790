// Reads one's own bets: one by its id, or a page of them, newest first. What belongs to somebody else is not there.
import { toBetView } from '@/lib/bets/to-bet-view';
import type { BetProblem } from '@/lib/protocol/bet-problem';
import { BET_ID_PATTERN, type BetView, type betsPageSchema } from '@/lib/protocol/bets-api';
import { err, ok, type Result } from '@/lib/units/result';
import type { z } from 'zod';
import type { Actor } from '@/server/auth/actor';
import type { BetEngine } from '@/server/bets/bet-engine';
import { BETS_LIMIT, BETS_PARAMETERS, writeCursor } from '@/server/bets/bets-parameters';
import { answering } from '@/server/bets/engine-parts';
import { NOT_FOUND } from '@/server/bets/submit-bet';
import { readQuery } from '@/server/http/parameters';
import type { Problem } from '@/server/http/problem';

type BetsPage = z.infer<typeof betsPageSchema>;

export async function listBets(
  engine: Pick<BetEngine, 'list'>,
  { accountId }: Actor,
  query: URLSearchParams,
): Promise<Result<BetsPage, Problem | BetProblem>> {
  const parsed = readQuery(query, BETS_PARAMETERS);
  if (!parsed.ok) return parsed;
  const { session, limit = BETS_LIMIT, ...filter } = parsed.value;
  return answering(async () => {
    // One more than asked tells whether there is a page after this one.
    const found = await engine.list(accountId, { ...filter, sessionId: session, limit: limit + 1 });
    const page = found.slice(0, limit);
    const last = page.at(-1)?.bet;
    return ok({
      bets: page.map(({ bet, transactions }) => toBetView(bet, transactions)),
      next: found.length > limit && last ? writeCursor(last) : null,
    });
  });
}

export async function getBet(
  engine: Pick<BetEngine, 'read'>,
  { accountId }: Actor,
  betId: string,
): Promise<Result<BetView, BetProblem>> {
  if (!BET_ID_PATTERN.test(betId)) return err(NOT_FOUND);
  return answering(async () => {
    const view = await engine.read(accountId, betId);
    return view ? ok(view) : err(NOT_FOUND);
  });
}
