// Reads a capture file, plain or gzipped: one JSON object a line, {"ts", "event", "data"}. A line that cannot be read is
// told with its number and reason, and the rest goes on; a file cut in the middle gives everything before the cut.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import type { RawFrame } from '@/lib/protocol/decode-feed';
import { epochMs, type EpochMs } from '@/lib/units/time';

export type CaptureLine =
  | { readonly ok: true; readonly line: number; readonly frame: RawFrame }
  | { readonly ok: false; readonly line: number; readonly reason: string; readonly text: string };

const captureSchema = z.object({ ts: z.string(), event: z.string().min(1).max(200), data: z.unknown() });
const KEPT_TEXT_CHARS = 500;

export async function* readCapture(file: string): AsyncGenerator<CaptureLine> {
  const raw = createReadStream(file);
  const input = file.endsWith('.gz') ? raw.pipe(createGunzip()) : raw;
  raw.on('error', (error) => input.destroy(error));
  const lines = createInterface({ input, crlfDelay: Infinity });
  let number = 0;
  let cut: Error | null = null;
  input.on('error', (error: Error) => {
    cut = error;
    lines.close();
  });
  for await (const text of lines) {
    number++;
    if (text.trim() === '') continue;
    yield parseCaptureLine(text, number);
  }
  if (cut) {
    const error = cut as NodeJS.ErrnoException;
    if (number === 0 && error.code && !error.code.startsWith('Z_')) throw error;
    yield { ok: false, line: number + 1, reason: `the file ends early: ${error.message}`, text: '' };
  }
}

function parseCaptureLine(text: string, line: number): CaptureLine {
  const bad = (reason: string): CaptureLine => ({ ok: false, line, reason, text: text.slice(0, KEPT_TEXT_CHARS) });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return bad('not JSON');
  }
  const parsed = captureSchema.safeParse(json);
  if (!parsed.success) return bad(parsed.error.issues[0]?.message ?? 'not a capture line');
  const receivedAt = parseTimestamp(parsed.data.ts);
  if (receivedAt === null) return bad(`"${parsed.data.ts.slice(0, 40)}" is no time`);
  return { ok: true, line, frame: { receivedAt, event: parsed.data.event, args: toArgs(parsed.data.data) } };
}

/** A pair of trace and payload is stored as a list; everything else is the first argument itself. */
function toArgs(data: unknown): unknown[] {
  if (data === null || data === undefined) return [];
  return Array.isArray(data) ? data : [data];
}

/** Captures name no zone; they are read as UTC, so that a replay gives the same times on every machine. */
function parseTimestamp(text: string): EpochMs | null {
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/.test(text);
  const value = Date.parse(hasZone ? text : `${text}Z`);
  return Number.isFinite(value) ? epochMs(value) : null;
}
