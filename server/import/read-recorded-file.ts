// Reads a file of recorded games, plain or gzipped, line by line: games one by one, and what could not be used with its line
// and reason. A file cut in the middle of a line gives everything before the cut and says where it is.
import { readLines } from '@/server/ops/read-lines';
import { parseRecordedLine, type RecordedLine } from '@/server/import/parse-recorded-line';

export type RecordedEntry =
  | { readonly ok: true; readonly line: number; readonly value: RecordedLine }
  | { readonly ok: false; readonly line: number; readonly reason: string; readonly cut: boolean };

type Numbered = { readonly line: number; readonly text: string };

/** Throws only when the file cannot be opened at all. */
export async function* readRecordedFile(file: string): AsyncGenerator<RecordedEntry> {
  let waiting: Numbered | null = null;
  try {
    for await (const next of readLines(file)) {
      if (waiting) yield parse(waiting);
      waiting = next;
    }
  } catch (error) {
    if (!isDamage(error)) throw error;
    // What came last may be half a line; if it is a whole game after all, the cut is behind it.
    const last = waiting ? parse(waiting) : null;
    if (last?.ok) yield last;
    const line = last?.ok ? last.line + 1 : (last?.line ?? 1);
    yield { ok: false, line, reason: `the file ends early or is damaged here: ${(error as Error).message}`, cut: true };
    return;
  }
  if (waiting) yield parse(waiting, { isLast: true });
}

/** The first line that says something; null for an empty file, or one damaged before its first line ends. */
export async function readFirstLine(file: string): Promise<string | null> {
  try {
    for await (const { text } of readLines(file)) return text;
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  return null;
}

function parse({ line, text }: Numbered, { isLast = false } = {}): RecordedEntry {
  const parsed = parseRecordedLine(text);
  if (parsed.ok) return { ok: true, line, value: parsed.value };
  const cut = isLast && !text.trimEnd().endsWith('}');
  return { ok: false, line, reason: cut ? 'the file is cut in the middle of this line' : parsed.error, cut };
}

/** What zlib says of a file that was cut or changed. */
function isDamage(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code?.startsWith('Z_') ?? false;
}
