// COPY of prepared text lines into one table. Must run in a transaction: whether a COPY worked shows in whether the
// transaction still does. For seeding only; the store has its own way in.
import type { RawSql } from '@/db/connect';

/** Characters in one piece on the wire. */
const PIECE_CHARS = 256 * 1024;

export type CopyBuffer = {
  add(values: readonly (string | number | bigint | boolean | null)[]): void;
  lines(): string[];
};

export function createCopyBuffer(): CopyBuffer {
  const lines: string[] = [];
  return {
    add: (values) => void lines.push(`${values.map(toField).join('\t')}\n`),
    lines: () => lines,
  };
}

export async function copyRows(
  sql: RawSql,
  { table, columns, lines }: { table: string; columns: readonly string[]; lines: readonly string[] },
): Promise<void> {
  if (lines.length === 0) return;
  const stream = await sql.unsafe(`copy ${table} (${columns.join(', ')}) from stdin`).writable();
  let failure: unknown = null;
  stream.on('error', (error) => (failure ??= error));
  let piece = '';
  for (let i = 0; i < lines.length; i++) {
    piece += lines[i]!;
    if (piece.length < PIECE_CHARS && i + 1 < lines.length) continue;
    const text = piece;
    piece = '';
    await new Promise<void>((resolve) => stream.write(text, () => resolve()));
    if (failure) throw failure;
  }
  stream.end();
  await new Promise((resolve) => setImmediate(resolve));
  if (failure) throw failure;
  // A statement behind the COPY fails if the COPY did.
  await sql`select 1`;
}

function toField(value: string | number | bigint | boolean | null): string {
  if (value === null) return '\\N';
  return typeof value === 'string' ? value.replace(/[\\\t\n\r]/g, (char) => ESCAPES[char]!) : String(value);
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
