import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { relations, renderErDiagram, tables } from '@/bin/docs/er-diagram';
import { useTestDatabase } from '@/server/test-kit/postgres';

const database = useTestDatabase();

describe('the diagram of the tables', () => {
  it('is what the schema says (npm run er-diagram writes it)', async () => {
    const written = await readFile(new URL('../../docs/record/er-diagram.md', import.meta.url), 'utf8');
    expect(written).toBe(await renderErDiagram());
  });

  it('has every table and column that the migrations make', async () => {
    const { sql } = database();
    const rows = await sql`
      select table_name as table, column_name as column from information_schema.columns
      where table_schema = 'public' and table_name in (
        select relname from pg_class where relkind in ('r', 'p') and not relispartition)`;
    const drawn = tables().flatMap((table) => table.columns.map(({ name }) => `${table.name}.${name}`));
    expect(drawn.sort()).toEqual(rows.map(({ table, column }) => `${table}.${column}`).sort());
  });

  it('ties every row of a game to its game, with a key or without', () => {
    const tied = relations().filter(({ from }) => from === 'games');
    const ofGames = tables().filter(
      ({ name, columns }) => name !== 'games' && columns.some((column) => column.name === 'game_id'),
    );
    for (const { name } of ofGames) expect(tied.map(({ to }) => to)).toContain(name);
    expect(tied).toContainEqual({ from: 'games', to: 'game_paths', shape: '||--o|', by: 'game_id' });
    expect(tied).toContainEqual({ from: 'games', to: 'ticks', shape: '||..o{', by: 'game_id' });
  });

  it('is in words that Mermaid reads', async () => {
    const [, diagram] = /```mermaid\n([\s\S]*?)```/.exec(await renderErDiagram())!;
    for (const line of diagram!.trimEnd().split('\n').slice(1)) {
      expect(line).toMatch(
        /^ {2}(\w+ [|o]{2}(--|\.\.)[|o]{1,2}[|{]? \w+ : "[^"]+"|\w+ \{|\}| {2}[a-z0-9[\]]+ \w+( (PK|FK|UK)(, (FK|UK))*)?( "nullable")?)$/,
      );
    }
  });
});
