// Reads games for pages and the API, from a pool of its own; never on the live path.
import { desc, eq, sql } from 'drizzle-orm';
import { games, ticks } from '@/db/schema/record';
import { gameId as toGameId } from '@/lib/units/game-id';
import { epochMs, type EpochMs } from '@/lib/units/time';
import { formatCursor, parseCursor } from '@/server/store/games-cursor';
import type { Reader } from '@/server/store/reader';
import type { GamesRepository, StoredGame } from '@/server/store/store';

const COLUMNS = {
  gameId: games.gameId,
  phase: games.phase,
  listedAt: games.listedAt,
  rugTick: games.rugTick,
  peak: games.peak,
  verification: games.verification,
  complete: games.complete,
  version: games.version,
  serverSeed: games.serverSeed,
  serverSeedHash: games.serverSeedHash,
  commitmentKept: games.commitmentKept,
  ticksRepaired: games.ticksRepaired,
  ticksCorrected: games.ticksCorrected,
  startedAt: games.startedAt,
  ruggedAt: games.ruggedAt,
  endedAt: games.endedAt,
};

export function createGamesRepository({ read }: Pick<Reader, 'read'>): GamesRepository {
  return {
    async listGames({ limit, before }) {
      const after = before === undefined ? undefined : parseCursor(before);
      const rows = await read((db) =>
        db
          .select(COLUMNS)
          .from(games)
          .where(after && isBefore(after))
          .orderBy(desc(games.listedAt), desc(games.gameId))
          .limit(limit + 1),
      );
      const page = rows.slice(0, limit);
      const last = rows.length > limit ? page.at(-1) : undefined;
      const next = last
        ? formatCursor({ listedAt: epochMs(last.listedAt.getTime()), gameId: toGameId(last.gameId) })
        : null;
      return { games: page.map(toStoredGame), next };
    },

    async getGame(gameId) {
      const [row] = await read((db) =>
        db
          .select({ ...COLUMNS, ticks: inTickOrder(ticks.tick), prices: inTickOrder(ticks.price) })
          .from(games)
          .where(eq(games.gameId, gameId)),
      );
      if (!row) return null;
      const game = toStoredGame(row);
      return { game, prices: toPath({ ticks: row.ticks, prices: row.prices, rugTick: game.rugTick }) };
    },
  };
}

function isBefore({ listedAt, gameId }: { listedAt: EpochMs; gameId: string }) {
  const at = new Date(listedAt).toISOString();
  return sql`(${games.listedAt}, ${games.gameId}) < (${at}::timestamptz, ${gameId})`;
}

/** One column of a game's ticks, as an array: the game and its path come in one answer, of one moment. */
function inTickOrder(column: typeof ticks.tick | typeof ticks.price) {
  const path = sql`from ${ticks} where ${ticks.gameId} = ${games.gameId} order by ${ticks.tick}`;
  return sql<number[]>`array(select ${column} ${path})`;
}

function toPath({
  ticks,
  prices,
  rugTick,
}: {
  ticks: readonly number[];
  prices: readonly number[];
  rugTick: number | null;
}): (number | null)[] {
  const path = new Array<number | null>((rugTick ?? ticks.at(-1) ?? -1) + 1).fill(null);
  ticks.forEach((tick, i) => {
    if (tick < path.length) path[tick] = prices[i]!;
  });
  return path;
}

type Row = Omit<Pick<typeof games.$inferSelect, keyof typeof COLUMNS>, 'listedAt'>;

function toStoredGame(row: Row): StoredGame {
  const rugged = row.phase === 'rugged';
  return {
    gameId: toGameId(row.gameId),
    rugTick: rugged ? row.rugTick : null,
    peak: row.peak,
    verified: row.verification === null || row.verification === 'unverifiable' ? null : row.verification === 'verified',
    complete: row.complete,
    version: row.version,
    serverSeed: row.serverSeed,
    serverSeedHash: row.serverSeedHash,
    commitmentKept: row.commitmentKept,
    ticksRepaired: row.ticksRepaired,
    ticksCorrected: row.ticksCorrected,
    startedAt: toEpoch(row.startedAt),
    endedAt: toEpoch(row.endedAt ?? (rugged ? row.ruggedAt : null)),
  };
}

function toEpoch(at: Date | null): EpochMs | null {
  return at === null ? null : epochMs(at.getTime());
}
