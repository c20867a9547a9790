// Lines of a text file, gzipped or not, with their numbers; memory stays at one line.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';

export type NumberedLine = { readonly line: number; readonly text: string };

export async function* readLines(file: string): AsyncGenerator<NumberedLine> {
  const raw = createReadStream(file);
  const input = file.endsWith('.gz') ? raw.pipe(createGunzip()) : raw;
  let failure: Error | null = null;
  const fail = (error: Error) => {
    failure ??= error;
    lines.close();
  };
  const lines = createInterface({ input, crlfDelay: Infinity });
  raw.on('error', fail);
  input.on('error', fail);
  let line = 0;
  try {
    for await (const text of lines) {
      line++;
      if (text.trim() !== '') yield { line, text };
    }
    if (failure) throw failure;
  } finally {
    // Whoever wanted only the first lines must not hear of what is wrong with the rest.
    lines.close();
    raw.destroy();
    input.destroy();
  }
}
