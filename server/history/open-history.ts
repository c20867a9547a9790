// All that pages and the API may ask of the record, over connections of their own: questions never wait behind the writer,
// nor it behind them. Opened beside the store by server/store/open-record.
import { createAnalyticsHistory, type AnalyticsHistory } from '@/server/history/analytics-history';
import { createBetsExports, type BetsExports } from '@/server/history/bets-export';
import { createGamesExports, type GamesExports } from '@/server/history/games-export';
import { createGamesHistory, type GamesHistory } from '@/server/history/games-history';
import { createSessionsHistory, type SessionsHistory } from '@/server/history/sessions-history';
import { createReader, type Reader } from '@/server/store/reader';

export type History = Pick<Reader, 'read'> & {
  readonly games: GamesHistory;
  readonly analytics: AnalyticsHistory;
  readonly sessions: SessionsHistory;
  /** Of games and of bets: they share how many may run at a time. */
  readonly exports: GamesExports;
  readonly betsExports: BetsExports;
  end(): Promise<void>;
};

/** Nothing connects before the first question. */
export function openHistory({ databaseUrl }: { databaseUrl: string }): History {
  const reader = createReader({ databaseUrl });
  const exports = createGamesExports({ databaseUrl });
  return {
    read: reader.read,
    games: createGamesHistory(reader),
    analytics: createAnalyticsHistory(reader),
    sessions: createSessionsHistory(reader),
    exports,
    betsExports: createBetsExports(exports),
    async end() {
      await Promise.all([reader.end(), exports.end()]);
    },
  };
}
