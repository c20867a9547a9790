// The export of games: which rows, and how each is written. Called by export-games.
import { sql } from 'drizzle-orm';
import type { StoredGame } from '@/lib/protocol/games-api';
import type { Result } from '@/lib/units/result';
import { createRowWriter, GAME_COLUMNS } from '@/server/history/export-rows';
import { toCondition, type GamesFilter } from '@/server/history/games-filter';
import type { ExportFormat } from '@/server/history/games-parameters';
import { createRowExports, type RowExports } from '@/server/history/row-exports';
import { STORED_GAME_JSON } from '@/server/history/stored-game';
import type { Problem } from '@/server/http/problem';

export type GamesExports = RowExports & {
  openGames(request: {
    filter: GamesFilter;
    format: ExportFormat;
    signal?: AbortSignal;
  }): Promise<Result<ReadableStream<Uint8Array>, Problem>>;
};

export function createGamesExports(options: { databaseUrl: string; stallLimitMs?: number }): GamesExports {
  const rows = createRowExports(options);
  return {
    ...rows,
    openGames({ filter, format, signal }) {
      const writer = createRowWriter(GAME_COLUMNS, format);
      return rows.openRows<Row>({
        statement: gamesStatement(filter),
        head: writer.head,
        line: ({ game }) => writer.line(game),
        ...(signal && { signal }),
      });
    },
  };
}

type Row = { readonly game: StoredGame };

function gamesStatement(filter: GamesFilter) {
  return sql`
    select ${STORED_GAME_JSON} as game
    from (select * from games where ${toCondition(filter)}) g
    left join game_checks c on c.game_id = g.game_id
    order by g.listed_at desc, g.game_id desc`;
}
