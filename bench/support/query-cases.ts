// The questions that bench/queries asks, each through the verb behind its endpoint. `turn` varies what varies: the page, the
// game.
import type { GameId } from '@/lib/units/game-id';
import type { EpochMs } from '@/lib/units/time';
import type { Result } from '@/lib/units/result';
import type { AnalyticsHistory } from '@/server/history/analytics-history';
import type { GamesHistory } from '@/server/history/games-history';
import { getCalibration, getPatterns, getPerformance, getTrends } from '@/server/history/get-analytics';
import { getGameDetail, getGames } from '@/server/history/get-games';
import { ok } from '@/lib/units/result';
import type { QualityHistory } from '@/server/quality/quality-history';

export type QueryWorld = {
  readonly games: GamesHistory;
  readonly analytics: AnalyticsHistory;
  readonly quality: QualityHistory;
  readonly now: EpochMs;
  /** Some of the games on record, old and new. */
  readonly sample: readonly GameId[];
  /** Where pages deep in the list begin. */
  readonly cursors: readonly string[];
};

export type QueryCase = { readonly name: string; ask(turn: number): Promise<Result<unknown, unknown>> };

/** Filters that few games fit, and pairs of which each alone fits many and both few: the worst an index can meet. */
const LISTS = {
  games: '',
  'games date': 'from=2025-12-20&to=2025-12-21',
  'games long': 'lengthMin=1200',
  'games short': 'lengthMax=2',
  'games length range': 'lengthMin=300&lengthMax=302',
  'games high': 'peakMin=50',
  'games flat': 'peakMax=1',
  'games long and flat': 'lengthMin=300&peakMax=1.3',
  'games failed': 'verified=false',
  'games unverifiable': 'verified=unverifiable',
  'games incomplete': 'complete=false',
  'games verified': 'verified=true&complete=true',
  'games of none': 'lengthMin=4990&peakMax=1.01',
  'games hundred': 'limit=100',
} as const;

const PERFORMANCES = ['hours=24', 'hours=168', 'hours=720', 'hours=all'];
const TRENDS = ['days=7', 'days=30', 'days=366'];
const CALIBRATIONS = ['hours=24', 'hours=720', 'hours=all'];

export function queryCases(world: QueryWorld): QueryCase[] {
  const { games: history, analytics, quality, now, sample, cursors } = world;
  const source = 'simulator';
  const list = (query: string) => getGames({ history, source, query: new URLSearchParams(query) });
  const asked = (query: string) => ({ history: analytics, source, now, query: new URLSearchParams(query) }) as const;
  const pick = <T>(from: readonly T[], turn: number) => from[turn % from.length]!;
  return [
    ...Object.entries(LISTS).map(([name, query]) => ({ name, ask: () => list(query) })),
    { name: 'games deep page', ask: (turn) => list(`before=${pick(cursors, turn)}`) },
    { name: 'games at', ask: () => list('at=2025-12-24') },
    {
      name: 'game detail',
      ask: (turn) => getGameDetail({ history, id: pick(sample, turn), query: new URLSearchParams() }),
    },
    ...PERFORMANCES.map((query) => ({ name: `performance ${query}`, ask: () => getPerformance(asked(query)) })),
    ...TRENDS.map((query) => ({ name: `trends ${query}`, ask: () => getTrends(asked(query)) })),
    { name: 'patterns', ask: () => getPatterns(asked('')) },
    ...CALIBRATIONS.map((query) => ({ name: `calibration ${query}`, ask: () => getCalibration(asked(query)) })),
    { name: 'data-quality', ask: async () => ok(await quality.read({ source, hours: 24, days: 35 })) },
  ];
}
