// The diagram of the record's tables: generated from db/schema, so that it cannot differ from what the migrations are made
// of. Relations that the database knows are drawn as lines, those that only a shared value makes as dotted ones.
import { is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { format, resolveConfig } from 'prettier';
import { fileURLToPath } from 'node:url';
import * as accounts from '@/db/schema/accounts';
import * as bets from '@/db/schema/bets';
import * as decisions from '@/db/schema/decisions';
import * as events from '@/db/schema/events';
import * as metrics from '@/db/schema/metrics';
import * as record from '@/db/schema/record';
import * as retention from '@/db/schema/retention';

type Table = ReturnType<typeof getTableConfig>;
type Relation = { readonly from: string; readonly to: string; readonly shape: string; readonly by: string };

const GROUPS = {
  'What was seen': record,
  'What Fortytick said': decisions,
  'Who plays': accounts,
  'What they bet': bets,
  'What happened': events,
  'Rollups and quality': metrics,
  'Keeping and archiving': retention,
} as const;

/** Relations by a value that no foreign key can say. Columns of a table named game_id need no entry. */
const LOGICAL: readonly Relation[] = [
  { from: 'predictions', to: 'recommendations', shape: '||..o{', by: 'game_id, tick' },
  { from: 'games', to: 'events', shape: '|o..o{', by: 'stream game:ID' },
  { from: 'alerts', to: 'events', shape: '|o..o{', by: 'stream alert:ID' },
  { from: 'events', to: 'snapshots', shape: '||..o|', by: 'stream, version' },
  { from: 'metrics_minute', to: 'games', shape: '|o..o{', by: 'minute of ended_at, source' },
  { from: 'metrics_five_minutes', to: 'metrics_minute', shape: '|o..o{', by: 'bucket, source' },
  { from: 'metrics_hourly', to: 'metrics_five_minutes', shape: '|o..o{', by: 'bucket, source' },
  { from: 'metrics_daily', to: 'metrics_hourly', shape: '|o..o{', by: 'bucket, source' },
  { from: 'metrics_minute', to: 'stale_minutes', shape: '|o..o|', by: 'bucket, source' },
  { from: 'metrics_minute', to: 'service_minutes', shape: '|o..o|', by: 'minute, source' },
  { from: 'strategy_hourly', to: 'recommendations', shape: '|o..o{', by: 'hour of ended_at, strategy_id' },
  { from: 'strategy_performance', to: 'strategy_hourly', shape: '|o..o{', by: 'day, source, strategy_id' },
  { from: 'retention_policies', to: 'archive_ledger', shape: '||..o{', by: 'kind' },
];

/** The whole document. */
export async function renderErDiagram(): Promise<string> {
  const text = `# Tables of the record

Written by \`npm run er-diagram\` from db/schema; a test fails when it is out of date. PK: primary key, FK: foreign key, UK:
unique. Solid lines are foreign keys, dotted ones relations by a shared value, which the text beside the line names.
\`ticks\` is partitioned by day ([storage](storage.md)).

\`\`\`mermaid
erDiagram
${relations().map(drawRelation).join('\n')}
${tables().map(drawTable).join('\n')}
\`\`\`

${Object.entries(GROUPS)
  .map(
    ([name, group]) =>
      `- ${name}: ${tablesOf(group)
        .map((table) => `\`${table.name}\``)
        .join(', ')}`,
  )
  .join('\n')}
`;
  const style = await resolveConfig(fileURLToPath(new URL('../../README.md', import.meta.url)));
  return format(text, { ...style, parser: 'markdown' });
}

export function tables(): Table[] {
  return Object.values(GROUPS).flatMap(tablesOf);
}

/** Foreign keys, then shared game ids, then the rest. Throws when one names a table that there is none of. */
export function relations(): Relation[] {
  const all = tables();
  const names = new Set(all.map(({ name }) => name));
  for (const { from, to } of LOGICAL) {
    if (!names.has(from) || !names.has(to)) throw new Error(`a relation names no table of the schema: ${from} – ${to}`);
  }
  const keys = all.flatMap((table) =>
    table.foreignKeys.map((key): Relation => {
      const { columns, foreignTable } = key.reference();
      const by = columns.map(({ name }) => name).join(', ');
      const shape = isKey(
        table,
        columns.map(({ name }) => name),
      )
        ? '||--o|'
        : '||--o{';
      return { from: getTableConfig(foreignTable).name, to: table.name, shape, by };
    }),
  );
  const shared = all
    .filter((table) => table.name !== 'games' && columnNames(table).includes('game_id'))
    .filter((table) => !keys.some(({ to, by }) => to === table.name && by === 'game_id'))
    .map((table): Relation => ({ from: 'games', to: table.name, shape: '||..o{', by: 'game_id' }));
  return [...keys, ...shared, ...LOGICAL];
}

function tablesOf(group: object): Table[] {
  return Object.values(group)
    .filter((value) => is(value, PgTable))
    .map((table) => getTableConfig(table))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function drawRelation({ from, to, shape, by }: Relation): string {
  return `  ${from} ${shape} ${to} : "${by}"`;
}

function drawTable(table: Table): string {
  const rows = table.columns.map((column) => {
    const { name } = column;
    const marks = [
      keyColumns(table).includes(name) && 'PK',
      table.foreignKeys.some((key) => key.reference().columns.some((one) => one.name === name)) && 'FK',
      (column.isUnique || table.uniqueConstraints.some(({ columns }) => columns.some((one) => one.name === name))) &&
        'UK',
    ].filter(Boolean);
    const words = [toType(column.getSQLType()), name, marks.join(', '), column.notNull ? '' : '"nullable"'];
    return `    ${words.filter(Boolean).join(' ')}`;
  });
  return [`  ${table.name} {`, ...rows, '  }'].join('\n');
}

/** Mermaid takes one word. */
function toType(sqlType: string): string {
  return sqlType
    .replace(/ collate "C"/, '')
    .replace(/timestamp \(3\) with time zone/, 'timestamptz')
    .replace('double precision', 'float8');
}

function keyColumns(table: Table): string[] {
  const own = table.columns.filter(({ primary }) => primary).map(({ name }) => name);
  return [...own, ...table.primaryKeys.flatMap(({ columns }) => columns.map(({ name }) => name))];
}

function isKey(table: Table, columns: readonly string[]): boolean {
  const key = keyColumns(table);
  return key.length === columns.length && key.every((name) => columns.includes(name));
}

function columnNames(table: Table): string[] {
  return table.columns.map(({ name }) => name);
}
