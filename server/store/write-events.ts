// Appends the events of a batch to the log, in the batch's transaction and after its rows: what planEvents says, verdicts
// that are news, and the seal of what had been said of a game that is confirmed now. A game that was on record before the
// log was is adopted with its row first. Called by write-batch.
import type { RawSql } from '@/db/connect';
import type { MadeRecommendation } from '@/lib/decision/made';
import { toNewEvent, type DecisionsSeal, type GameEvent } from '@/lib/event-log/game-event';
import type { GameId } from '@/lib/units/game-id';
import { epochMs, type EpochMs } from '@/lib/units/time';
import { appendEvents } from '@/server/event-log/append-events';
import { readDecisions } from '@/server/event-log/decisions-digest';
import { nativeSha256 } from '@/server/event-log/native-sha256';
import type { BatchPlan, Known, SortedFacts } from '@/server/store/plan-batch';
import { planEvents, type GameEvents } from '@/server/store/plan-events';
import type { GameRow } from '@/server/store/rows';
import { toArrayLiteral } from '@/server/store/table-columns';

type Said = { readonly gameId: GameId };

export type EventSources = {
  readonly facts: SortedFacts;
  readonly known: Known['games'];
  readonly plan: BatchPlan;
  readonly predictions: readonly Said[];
  readonly recommendations: readonly MadeRecommendation[];
};

export async function writeEvents(
  sql: RawSql,
  { facts, known, plan, predictions, recommendations }: EventSources,
  { recordedAt }: { recordedAt: EpochMs },
): Promise<void> {
  const planned = planEvents({ facts, known, plan, recordedAt, sha256: nativeSha256 });
  const games = planned.filter(({ events }) => events.length > 0);
  const finished = games.filter(isFinished).map(({ gameId }) => gameId);
  const said = [...new Set([...predictions, ...recommendations].map(({ gameId }) => gameId))];
  const verdicts = await planVerdicts(sql, recommendations);
  const seals = await readDecisions(sql, finished);
  const late = await planLateSeals(sql, { said: said.filter((id) => !finished.includes(id)), recordedAt });
  const adopted = await readUnlogged(sql, games);
  const events = games.flatMap(({ gameId, before, events: own }) => {
    const first = adopted.has(gameId) && before ? [toAdopted(before, recordedAt)] : [];
    const told = verdicts.get(gameId) ?? [];
    verdicts.delete(gameId);
    return [...first, ...withDecisions({ events: own, told, seal: seals.get(gameId) })].map((event) =>
      toNewEvent(gameId, event),
    );
  });
  const alone = [...verdicts, ...late].flatMap(([gameId, own]) => own.map((event) => toNewEvent(gameId, event)));
  await appendEvents(sql, [...events, ...alone], { recordedAt });
}

/** The row as it was when the log began, or when the game's first event since then came. */
export function toAdopted(row: GameRow, recordedAt: EpochMs): GameEvent {
  return { type: 'adopted', payload: { row }, occurredAt: recordedAt };
}

function isFinished({ events }: GameEvents): boolean {
  return events.some(({ type }) => type === 'finished');
}

/** Verdicts come before the end that their game may have found in the same batch. */
function withDecisions({
  events,
  told,
  seal,
}: {
  events: readonly GameEvent[];
  told: readonly GameEvent[];
  seal: DecisionsSeal | undefined;
}): GameEvent[] {
  const end = events.findIndex(({ type }) => type === 'finished');
  if (end < 0) return [...events, ...told];
  const last = events.findLastIndex(({ type }) => type === 'finished');
  const sealed = events.map((event, i) =>
    i === last && event.type === 'finished' && seal
      ? { ...event, payload: { ...event.payload, decisions: seal } }
      : event,
  );
  return [...sealed.slice(0, end), ...told, ...sealed.slice(end)];
}

/** Whichever games have a row and no stream. */
async function readUnlogged(sql: RawSql, games: readonly GameEvents[]): Promise<ReadonlySet<GameId>> {
  const ids = games.filter(({ before }) => before !== null).map(({ gameId }) => gameId);
  if (ids.length === 0) return new Set();
  const rows = await sql<{ game_id: GameId }[]>`
    select game_id from unnest(${toArrayLiteral(ids)}::text[]) asked (game_id)
    where not exists (select from events where stream = 'game:' || game_id and version = 1)`;
  return new Set(rows.map((row) => row.game_id));
}

type Verdict = { readonly tick: number; readonly word: string; readonly strategyId: string; readonly stake: string };

/** The advice to follow, where it is another than the log has last; what it has already is told again by a replay. */
async function planVerdicts(
  sql: RawSql,
  recommendations: readonly MadeRecommendation[],
): Promise<Map<GameId, GameEvent[]>> {
  const planned = new Map<GameId, GameEvent[]>();
  const top = recommendations.filter(({ priority }) => priority === 1).sort((a, b) => a.tick - b.tick);
  if (top.length === 0) return planned;
  const last = await readLastVerdicts(sql, [...new Set(top.map(({ gameId }) => gameId))]);
  for (const { gameId, tick, word, strategyId, stakeLamports, madeAt } of top) {
    const before = last.get(gameId);
    const verdict: Verdict = { tick, word, strategyId, stake: stakeLamports.toString() };
    if (before && (before.tick >= tick || isSameVerdict(before, verdict))) continue;
    last.set(gameId, verdict);
    const stake = stakeLamports > 0n ? { stakeLamports: verdict.stake } : {};
    const payload = { tick, word, strategyId, ...stake };
    planned.set(gameId, [
      ...(planned.get(gameId) ?? []),
      { type: 'recommendation-made', payload, occurredAt: epochMs(madeAt) },
    ]);
  }
  return planned;
}

function isSameVerdict(a: Verdict, b: Verdict): boolean {
  return a.word === b.word && a.strategyId === b.strategyId && a.stake === b.stake;
}

async function readLastVerdicts(sql: RawSql, ids: readonly GameId[]): Promise<Map<GameId, Verdict>> {
  const rows = await sql<(Verdict & { game_id: GameId })[]>`
    select game_id, (payload->>'tick')::integer as tick, payload->>'word' as word, payload->>'strategyId' as "strategyId",
      coalesce(payload->>'stakeLamports', '0') as stake
    from unnest(${toArrayLiteral(ids)}::text[]) asked (game_id) cross join lateral (
      select payload from events where stream = 'game:' || game_id and type = 'recommendation-made'
      order by version desc limit 1) last`;
  return new Map(rows.map(({ game_id, ...verdict }) => [game_id, verdict]));
}

/** Of games that were confirmed before: a seal of its own, where what was said of them is more than the last one says. */
async function planLateSeals(
  sql: RawSql,
  { said, recordedAt }: { said: readonly GameId[]; recordedAt: EpochMs },
): Promise<Map<GameId, GameEvent[]>> {
  if (said.length === 0) return new Map();
  const rows = await sql<{ game_id: GameId; sha256: string | null }[]>`
    select game_id, (
      select coalesce(payload->'decisions'->>'sha256', payload->>'sha256') from events
      where stream = 'game:' || game_id and type in ('finished', 'decisions-sealed')
        and coalesce(payload->'decisions'->>'sha256', payload->>'sha256') is not null
      order by version desc limit 1) as sha256
    from games where game_id = any(${toArrayLiteral(said)}::text[]) and confirmed_at is not null`;
  const seals = await readDecisions(
    sql,
    rows.map((row) => row.game_id),
  );
  const changed = rows.filter(({ game_id, sha256 }) => seals.get(game_id) && seals.get(game_id)!.sha256 !== sha256);
  return new Map(
    changed.map(({ game_id }) => [
      game_id,
      [{ type: 'decisions-sealed', payload: seals.get(game_id)!, occurredAt: recordedAt }],
    ]),
  );
}
