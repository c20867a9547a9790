// The endpoints of the record: games, analytics, the running game, and how the service is.
import { calibrationSchema, patternsSchema, performanceSchema, trendsSchema } from '@/lib/protocol/analytics';
import { dataQualitySchema } from '@/lib/protocol/data-quality';
import { gameDetailSchema, gamePathSchema, gamesPageSchema } from '@/lib/protocol/games-api';
import { healthSchema } from '@/lib/protocol/health-api';
import { liveViewSchema } from '@/lib/protocol/push';
import {
  CALIBRATION_PARAMETERS,
  PATTERNS_PARAMETERS,
  PERFORMANCE_PARAMETERS,
  TRENDS_PARAMETERS,
} from '@/server/history/analytics-parameters';
import {
  GAME_DETAIL_PARAMETERS,
  GAME_EXPORT_PARAMETERS,
  GAMES_EXPORT_PARAMETERS,
  GAMES_PARAMETERS,
} from '@/server/history/games-parameters';
import { json, type Endpoint } from '@/server/http/endpoint';
import { DATA_QUALITY_PARAMETERS } from '@/server/quality/get-data-quality';

export const RECORD_ENDPOINTS: readonly Endpoint[] = [
  {
    path: '/api/games',
    group: 'Games',
    summary: 'List games, newest first',
    about: 'A page of the games that fit the filter, each with a sparkline. "next" leads to the page after.',
    parameters: GAMES_PARAMETERS,
    answer: json('GamesPage', gamesPageSchema),
    example: 'lengthMin=200&verified=true&limit=5',
  },
  {
    path: '/api/games/{gameId}',
    group: 'Games',
    summary: 'A game and its price path',
    about: 'Prices are exact doubles: replaying the seed gives the same, bit for bit.',
    parameters: {},
    answer: json('GamePath', gamePathSchema),
    example: '',
  },
  {
    path: '/api/games/export',
    group: 'Games',
    summary: 'Export all games that fit a filter',
    about: 'Streams as fast as you read. Two run at a time; a third is refused with 503 until one has ended.',
    parameters: GAMES_EXPORT_PARAMETERS,
    answer: { kind: 'file', about: 'One game a line, as it was when the export began.' },
    example: 'format=jsonl&from=2025-12-01',
  },
  {
    path: '/api/games/{gameId}/export',
    group: 'Games',
    summary: 'Export the ticks of a game',
    about: 'Price, arrival and source of each tick, with the assessment players saw at it.',
    parameters: GAME_EXPORT_PARAMETERS,
    answer: { kind: 'file', about: 'One tick a line.' },
    example: 'format=csv',
  },
  {
    path: '/api/analytics/games/{gameId}',
    group: 'Analytics',
    summary: 'Everything about one game',
    about:
      'Path, arrivals, assessments, trades, side bets, predictions, recommendations, checks and events, all of one moment.',
    parameters: GAME_DETAIL_PARAMETERS,
    answer: json('GameDetail', gameDetailSchema),
    example: '',
  },
  {
    path: '/api/analytics/performance',
    group: 'Analytics',
    summary: 'How good the predictions and the bets were',
    about:
      'Over a range of hours: games, predictions against outcomes, side bets of the crowd, strategies as if followed.',
    parameters: PERFORMANCE_PARAMETERS,
    answer: json('Performance', performanceSchema),
    example: 'hours=168&metric_type=predictions',
  },
  {
    path: '/api/analytics/trends',
    group: 'Analytics',
    summary: 'The same by the hour or the day',
    about: 'One point for each hour or UTC day of the range, empty ones included.',
    parameters: TRENDS_PARAMETERS,
    answer: json('Trends', trendsSchema),
    example: 'days=7',
  },
  {
    path: '/api/analytics/patterns',
    group: 'Analytics',
    summary: 'Whether games follow a pattern',
    about: 'Tests of length and peak by hour and weekday, of clusters and of dependence, looked at together.',
    parameters: PATTERNS_PARAMETERS,
    answer: json('Patterns', patternsSchema),
    example: '',
  },
  {
    path: '/api/analytics/calibration',
    group: 'Analytics',
    summary: 'Whether what was said with 18 % happened in 18 %',
    about: 'Calibration of the predictions, with the documented curve beside it, and the hazard by tick.',
    parameters: CALIBRATION_PARAMETERS,
    answer: json('Calibration', calibrationSchema),
    example: 'hours=720',
  },
  {
    path: '/api/live',
    group: 'Live',
    summary: 'The running game and its assessment',
    about: 'What the dashboard shows now. Updates of every tick come over socket.io, namespace /live.',
    parameters: {},
    answer: json('LiveView', liveViewSchema),
    example: '',
  },
  {
    path: '/api/data-quality',
    group: 'Record',
    summary: 'Whether the record is whole',
    about: 'The newest report with every check, alerts, coverage by day, and what is waiting.',
    parameters: DATA_QUALITY_PARAMETERS,
    answer: json('DataQuality', dataQualitySchema),
    example: 'days=7',
  },
  {
    path: '/api/health',
    group: 'Record',
    summary: 'Whether the service works',
    about: 'One verdict from the state of each part; 503 when there is nothing to advise on.',
    parameters: {},
    answer: json('Health', healthSchema),
    example: '',
  },
  {
    path: '/api/openapi.json',
    group: 'Record',
    summary: 'This description',
    about: 'OpenAPI 3.1, made from the schemas that the server and its tests use.',
    parameters: {},
    answer: { kind: 'file', about: 'The OpenAPI document.' },
    example: '',
  },
];
