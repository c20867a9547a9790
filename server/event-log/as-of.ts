// Time travel: games as the record knew them at an instant, folded from the events recorded by then, so that a rug, a seed
// or a check that came later is not in them. For `?at=` of the history; `db` is what Reader.read gives.
import { sql, type SQL } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { GameEventPayloads } from '@/lib/event-log/game-event';
import { gameStream } from '@/lib/event-log/game-event';
import type { StoredEvent } from '@/lib/event-log/event';
import type { StoredGame } from '@/lib/protocol/games-api';
import { gameId, type GameId } from '@/lib/units/game-id';
import { epochMs, type EpochMs } from '@/lib/units/time';
import { EVENT_COLUMNS, toStoredEvent, type EventRow } from '@/server/event-log/event-table';
import { foldGame } from '@/server/event-log/fold-game';
import type { GamesCursor } from '@/server/store/games-cursor';
import { listedAt } from '@/server/store/merge-game';
import type { GameRow } from '@/server/store/rows';
import type { GameSource } from '@/lib/game/game-source';

export type GameAsOf = {
  readonly game: GameRow;
  /** What the integrity checks had said of it; null while they had not run. */
  readonly checks: GameEventPayloads['checked']['status'] | null;
};

export type GamesAsOf = { readonly games: readonly GameAsOf[]; readonly next: GamesCursor | null };

export type AsOfQuery = {
  readonly source: GameSource;
  readonly at: EpochMs;
  readonly limit: number;
  /** The `next` of the page before. */
  readonly before?: GamesCursor | undefined;
  /** Of the time games were listed by: nothing far outside is looked at. `keep` still has the last word. */
  readonly from?: EpochMs | undefined;
  readonly to?: EpochMs | undefined;
  /** Filters, told of each game as it was known. */
  readonly keep?: (game: GameAsOf) => boolean;
};

/** A game that ran at an instant is listed today by its end, at most this much later: a long game takes 21 minutes. */
const RUNNING_MS_MAX = 3_600_000;
/** Games looked at for a page, some at a time; when few of them fit, the page is short and its `next` goes on from there. */
const SCAN_MAX = 1_000;

/** Null when the record did not know the game yet. */
export async function getGameAsOf(
  db: PostgresJsDatabase,
  { gameId: id, at }: { gameId: GameId; at: EpochMs },
): Promise<GameAsOf | null> {
  const rows = await db.execute<EventRow>(sql`
    select ${COLUMNS} from events where stream = ${gameStream(id)} and recorded_at <= ${toInstant(at)} order by version`);
  return toGame([...rows].map(toStoredEvent));
}

/** Newest first, by the time that lists order games by today: a page then begins where the one before ended. */
export async function listGamesAsOf(db: PostgresJsDatabase, query: AsOfQuery): Promise<GamesAsOf> {
  const { limit, keep = () => true } = query;
  const games: GameAsOf[] = [];
  let before = query.before ?? null;
  let step = limit;
  for (let scanned = 0; scanned < SCAN_MAX; scanned += step) {
    step = Math.min(scanned === 0 ? limit : 2 * step, SCAN_MAX - scanned);
    const found = await scan(db, { ...query, before, step });
    for (const { cursor, game } of found) {
      before = cursor;
      if (!game || !keep(game)) continue;
      games.push(game);
      if (games.length === limit) return { games, next: before };
    }
    if (found.length < step) return { games, next: null };
  }
  return { games, next: before };
}

/** As the API tells a game. */
export function toStoredGame({ game, checks }: GameAsOf): StoredGame {
  const { phaseAt: _, announcedAt: _a, confirmedAt: _c, ruggedAt, rugTick, verification, ...rest } = game;
  const isRugged = game.phase === 'rugged';
  return {
    ...rest,
    rugTick: isRugged ? rugTick : null,
    verification,
    verified: verification === null || verification === 'unverifiable' ? null : verification === 'verified',
    checks,
    endedAt: game.endedAt ?? (isRugged ? ruggedAt : null),
    listedAt: listedAt(game),
  };
}

const COLUMNS = sql.raw(EVENT_COLUMNS);

type Scanned = { readonly cursor: GamesCursor; readonly game: GameAsOf | null };

type ScanRow = EventRow & { readonly game_id: string; readonly listed_ms: number; readonly [column: string]: unknown };

/** The next so many games of today's list, each with its events by then; none for a game that was learnt later. */
async function scan(
  db: PostgresJsDatabase,
  {
    source,
    at,
    from,
    to = at,
    before,
    step,
  }: Pick<AsOfQuery, 'source' | 'at' | 'from' | 'to'> & { before: GamesCursor | null; step: number },
): Promise<Scanned[]> {
  const last = epochMs(Math.min(at, to) + RUNNING_MS_MAX);
  const rows = await db.execute<ScanRow>(sql`
    select game_id, (extract(epoch from listed_at) * 1000)::float8 as listed_ms, ${COLUMNS}
    from (
      select game_id, listed_at from games
      where source = ${source} and listed_at <= ${toInstant(last)}
        ${from === undefined ? sql`` : sql`and listed_at >= ${toInstant(epochMs(from - RUNNING_MS_MAX))}`}
        ${before ? sql`and (listed_at, game_id) < (${toInstant(before.listedAt)}, ${before.gameId})` : sql``}
      order by listed_at desc, game_id desc limit ${step}::integer
    ) listed
    left join events on stream = 'game:' || game_id and recorded_at <= ${toInstant(at)}
    order by listed_at desc, game_id desc, version`);
  const scanned: Scanned[] = [];
  let events: StoredEvent[] = [];
  rows.forEach((row, i) => {
    if (row.stream !== null) events.push(toStoredEvent(row));
    if (rows[i + 1]?.game_id === row.game_id) return;
    const cursor = { listedAt: epochMs(row.listed_ms), gameId: gameId(row.game_id) };
    scanned.push({ cursor, game: toGame(events) });
    events = [];
  });
  return scanned;
}

function toGame(events: readonly StoredEvent[]): GameAsOf | null {
  const game = foldGame(events);
  if (!game) return null;
  const checked = events.findLast(({ type }) => type === 'checked');
  return { game, checks: checked ? (JSON.parse(checked.payload) as GameEventPayloads['checked']).status : null };
}

function toInstant(at: EpochMs): SQL {
  return sql`${new Date(at).toISOString()}::timestamptz`;
}
