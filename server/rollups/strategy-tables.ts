// What following each strategy would have brought, by hour and by UTC day: counted from recommendations whose outcome is
// known, an hour at a time, and days from hours. Called by the rollup job, and by time travel.
import type { StrategyRow } from '@/lib/metrics/strategy-row';
import { isoOf, msOf, type Answered, type Query } from '@/server/rollups/query';
import type { GameSource } from '@/lib/game/game-source';

export type BucketStrategy = { readonly bucket: number; readonly strategy: StrategyRow };

const COLUMNS = [
  'recommendations',
  'recommendations_live',
  'bets',
  'won',
  'missed',
  'staked_lamports',
  'returned_lamports',
  'expected_profit_lamports',
  'payable_lamports',
  'payable_squares',
  'skips_right',
  'skips_wrong',
];
const INSERTED = ['source', 'strategy_id', ...COLUMNS].join(', ');

/**
 * From the tables: games that ended in these ranges, each told as one bucket. A bet whose game ended before it could begin
 * was never placed: it counts as missed, and nowhere else. `offset 0` keeps PostgreSQL from joining what it thinks are many
 * games to all recommendations there are: they are read game by game, through the key.
 */
const COUNTED = `
  select r.bucket, g.source, strategy_id, count(*)::integer as recommendations,
    (count(*) filter (where origin = 'live'))::integer as recommendations_live,
    (count(*) filter (where placed))::integer as bets,
    (count(*) filter (where placed and outcome = 'won'))::integer as won,
    (count(*) filter (where action = 'bet' and not placed))::integer as missed,
    coalesce(sum(stake_lamports) filter (where placed), 0)::bigint as staked_lamports,
    coalesce(sum(stake_lamports + profit_lamports) filter (where placed), 0)::bigint as returned_lamports,
    coalesce(sum(round(stake_lamports * expected_value::numeric)) filter (where placed), 0)::bigint
      as expected_profit_lamports,
    coalesce(sum(payable) filter (where placed), 0)::bigint as payable_lamports,
    coalesce(sum(round((payable / 1e9) ^ 2, 9)) filter (where placed), 0)::float8 as payable_squares,
    (count(*) filter (where action <> 'bet' and outcome = 'lost'))::integer as skips_right,
    (count(*) filter (where action <> 'bet' and outcome = 'won'))::integer as skips_wrong
  from unnest($1::text::timestamptz[], $2::text::timestamptz[], $3::text::timestamptz[]) r(bucket, first, last)
  join games g on g.listed_at >= r.first and g.listed_at < r.last
  join lateral (
    select strategy_id, origin, outcome, action, stake_lamports, profit_lamports, expected_value,
      action = 'bet' and outcome <> 'missed' as placed, trunc(stake_lamports * payout::numeric) as payable
    from recommendations where game_id = g.game_id and outcome is not null offset 0
  ) d on true
  where g.source = $4::text and g.confirmed_at is not null
    and g.confirmed_at <= coalesce($5::text::timestamptz, 'infinity')
  group by 1, 2, 3`;

type CountedBuckets = {
  readonly source: GameSource;
  readonly buckets: readonly { readonly bucket: number; readonly from: number; readonly to: number }[];
  readonly knownAt: number | null;
};

export async function countStrategies(query: Query, counted: CountedBuckets): Promise<BucketStrategy[]> {
  const rows = await query(`select ${strategySelectList('bucket')} from (${COUNTED}) counted`, parametersOf(counted));
  return rows.map(toBucketStrategy);
}

/** Hours given by their starts; a strategy that advised nothing in an hour has no row there. */
export async function replaceStrategyHours(
  query: Query,
  { source, hours, hourMs }: { source: GameSource; hours: readonly number[]; hourMs: number },
): Promise<void> {
  const buckets = hours.map((bucket) => ({ bucket, from: bucket, to: bucket + hourMs }));
  await query(`delete from strategy_hourly where source = $1::text and bucket = any($2::text::timestamptz[])`, [
    source,
    `{${hours.map(isoOf).join(',')}}`,
  ]);
  await query(
    `insert into strategy_hourly (bucket, ${INSERTED}) select bucket, ${INSERTED} from (${COUNTED}) counted`,
    parametersOf({ source, buckets, knownAt: null }),
  );
}

export async function replaceStrategyDays(
  query: Query,
  { source, days }: { source: GameSource; days: readonly number[] },
): Promise<void> {
  const parameters = [source, `{${days.map((day) => isoOf(day).slice(0, 10)).join(',')}}`];
  await query(`delete from strategy_performance where source = $1::text and day = any($2::text::date[])`, parameters);
  await query(
    `insert into strategy_performance (day, ${INSERTED})
    select d.day, source, strategy_id, ${COLUMNS.map((column) => `sum(${column})`).join(', ')}
    from unnest($2::text::date[]) d(day)
    join strategy_hourly on bucket >= d.day::timestamp at time zone 'UTC'
      and bucket < (d.day + 1)::timestamp at time zone 'UTC'
    where source = $1::text
    group by 1, 2, 3`,
    parameters,
  );
}

/** `bucket` is an expression of type timestamptz. */
export function strategySelectList(bucket: string): string {
  const columns = COLUMNS.map((column) => {
    const name = column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    return `${column}::${column.endsWith('lamports') ? 'text' : 'float8'} as "${name}"`;
  });
  return [`${msOf(bucket)} as bucket`, 'strategy_id as "strategyId"', ...columns].join(', ');
}

export function toBucketStrategy({ bucket, ...values }: Answered): BucketStrategy {
  const row: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    row[name] = name.endsWith('Lamports') ? BigInt(value as string) : value;
  }
  return { bucket: bucket as number, strategy: row as StrategyRow };
}

function parametersOf({ source, buckets, knownAt }: CountedBuckets) {
  const list = (key: 'bucket' | 'from' | 'to') => `{${buckets.map((bucket) => isoOf(bucket[key])).join(',')}}`;
  return [list('bucket'), list('from'), list('to'), source, knownAt === null ? null : isoOf(knownAt)];
}
