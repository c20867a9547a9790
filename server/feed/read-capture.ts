// Reads a capture file, plain or gzipped: one JSON object a line, {"ts", "event", "data"}. A line that cannot be read is
// told with its number and reason, and the rest goes on; a file cut in the middle gives everything before the cut.
import { z } from 'zod';
import type { RawFrame } from '@/lib/protocol/decode-feed';
import { epochMs, type EpochMs } from '@/lib/units/time';
import { readLines } from '@/server/ops/read-lines';

export type CaptureLine =
  | { readonly ok: true; readonly line: number; readonly frame: RawFrame }
  | { readonly ok: false; readonly line: number; readonly reason: string; readonly text: string };

const captureSchema = z.object({ ts: z.string(), event: z.string().min(1).max(200), data: z.unknown() });
const KEPT_TEXT_CHARS = 500;

/** Throws only when the file cannot be opened at all. */
export async function* readCapture(file: string): AsyncGenerator<CaptureLine> {
  let last = 0;
  try {
    for await (const { line, text } of readLines(file)) {
      last = line;
      yield parseCaptureLine(text, line);
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!code?.startsWith('Z_')) throw error;
    yield { ok: false, line: last + 1, reason: `the file ends early or is damaged: ${message}`, text: '' };
  }
}

/** The line `readCapture` reads back as the same frame. Captures name no zone; times are written as UTC. */
export function toCaptureLine(frame: RawFrame): string {
  const ts = new Date(frame.receivedAt).toISOString().replace('Z', '');
  const [only] = frame.args;
  const alone = frame.args.length === 1 && !Array.isArray(only);
  return JSON.stringify({ ts, event: frame.event, data: frame.args.length === 0 ? null : alone ? only : frame.args });
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

/** Read as UTC when no zone is named, so that a replay gives the same times on every machine. */
function parseTimestamp(text: string): EpochMs | null {
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/.test(text);
  const value = Date.parse(hasZone ? text : `${text}Z`);
  return Number.isFinite(value) ? epochMs(value) : null;
}
