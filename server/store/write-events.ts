// Appends the events of a batch to the log, in the batch's transaction and after its rows: what planEvents says, verdicts
// that are news, and the seal of what had been said of a game that is confirmed now. A game that was on record before the
// log was is adopted with its row first. Called by write-batch.
import type { RawSql } from '@/db/connect';
import type { MadePrediction, MadeRecommendation } from '@/lib/decision/made';
import { toNewEvent, type DecisionsSeal, type GameEvent, type Verdict } from '@/lib/event-log/game-event';
import type { GameId } from '@/lib/units/game-id';
import type { EpochMs } from '@/lib/units/time';
import { appendEvents } from '@/server/event-log/append-events';
import { readDecisions } from '@/server/event-log/decisions-digest';
import { nativeSha256 } from '@/server/event-log/native-sha256';
import type { BatchPlan, Known, SortedFacts } from '@/server/store/plan-batch';
import { planEvents, type GameEvents } from '@/server/store/plan-events';
import type { GameRow } from '@/server/store/rows';
import { toArrayLiteral } from '@/server/store/insert-rows';

export type EventSources = {
  readonly facts: SortedFacts;
  readonly known: Known['games'];
  readonly plan: BatchPlan;
  readonly predictions: readonly MadePrediction[];
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
  const verdicts = await planVerdicts(sql, { predictions, recommendations });
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

/** A verdict that came with a phase is told with it; others come before the end that the game may have found since. */
function withDecisions({
  events,
  told,
  seal,
}: {
  events: readonly GameEvent[];
  told: readonly VerdictEvent[];
  seal: DecisionsSeal | undefined;
}): GameEvent[] {
  const alone = [...told];
  const last = events.findLastIndex(({ type }) => type === 'finished');
  const joined = events.map((event, i): GameEvent => {
    if (event.type === 'finished' && i === last && seal) {
      return { ...event, payload: { ...event.payload, decisions: seal } };
    }
    const fits = event.type === 'phase-changed' && event.occurredAt === alone[0]?.occurredAt;
    return fits ? { ...event, payload: { ...event.payload, verdict: alone.shift()!.payload } } : event;
  });
  const end = joined.findIndex(({ type }) => type === 'finished');
  return end < 0 ? [...joined, ...alone] : [...joined.slice(0, end), ...alone, ...joined.slice(end)];
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

type VerdictEvent = Extract<GameEvent, { type: 'recommendation-made' }>;

/** The advice to follow, where it is another than the log has last; what it has already is told again by a replay. */
async function planVerdicts(
  sql: RawSql,
  { predictions, recommendations }: Pick<EventSources, 'predictions' | 'recommendations'>,
): Promise<Map<GameId, VerdictEvent[]>> {
  const planned = new Map<GameId, VerdictEvent[]>();
  const top = recommendations.filter(({ priority }) => priority === 1).sort((a, b) => a.tick - b.tick);
  if (top.length === 0) return planned;
  const last = await readLastVerdicts(sql, [...new Set(top.map(({ gameId }) => gameId))]);
  for (const { gameId, tick, word, strategyId, stakeLamports, madeAt } of top) {
    const before = last.get(gameId);
    const stake = stakeLamports > 0n ? { stakeLamports: stakeLamports.toString() } : {};
    const verdict: Verdict = { tick, word, strategyId, ...stake };
    if (before && (before.tick >= tick || isSameVerdict(before, verdict))) continue;
    last.set(gameId, verdict);
    const made = predictions.find((one) => one.gameId === gameId && one.tick === tick);
    const payload = { ...verdict, ...(made && toPredicted(made)) };
    const event = { type: 'recommendation-made', payload, occurredAt: madeAt } as const;
    planned.set(gameId, [...(planned.get(gameId) ?? []), event]);
  }
  return planned;
}

function toPredicted({ winProbability, lower, upper, end }: MadePrediction): Partial<Verdict> {
  return { win: winProbability, lower, upper, medianTick: end.median };
}

/** Whether it says to do the same. */
function isSameVerdict(a: Verdict, b: Verdict): boolean {
  return a.word === b.word && a.strategyId === b.strategyId && a.stakeLamports === b.stakeLamports;
}

async function readLastVerdicts(sql: RawSql, ids: readonly GameId[]): Promise<Map<GameId, Verdict>> {
  const rows = await sql<{ game_id: GameId; verdict: string }[]>`
    select game_id, verdict from unnest(${toArrayLiteral(ids)}::text[]) asked (game_id) cross join lateral (
      select coalesce(payload->'verdict', payload)::text as verdict from events
      where stream = 'game:' || game_id
        and (type = 'recommendation-made' or (type = 'phase-changed' and payload->'verdict' is not null))
      order by version desc limit 1) last`;
  return new Map(rows.map(({ game_id, verdict }) => [game_id, JSON.parse(verdict) as Verdict]));
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
