// The JSON body of a request, parsed once at the edge: bounded, strict, and told in words when it is not what is asked.
import type { z } from 'zod';
import { betProblem, type BetProblem } from '@/lib/protocol/bet-problem';
import { err, ok, type Result } from '@/lib/units/result';

/** A signed transaction is at most 1,232 bytes, 1,644 characters of base64; nothing larger is ever sent here. */
const BODY_BYTES_MAX = 16_384;

export async function readBody<S extends z.ZodType>(
  request: Request,
  schema: S,
): Promise<Result<z.output<S>, BetProblem>> {
  const text = await readBounded(request);
  if (text === null) return err(betProblem('bad-request', `The body is longer than ${BODY_BYTES_MAX} bytes.`));
  let json: unknown;
  try {
    json = text === '' ? {} : JSON.parse(text);
  } catch {
    return err(betProblem('bad-request', 'The body is no JSON.'));
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') || 'body';
  return err(betProblem('bad-request', `${field}: ${issue?.message ?? 'not understood'}.`));
}

async function readBounded(request: Request): Promise<string | null> {
  if (Number(request.headers.get('content-length') ?? 0) > BODY_BYTES_MAX) return null;
  const reader = request.body?.getReader();
  if (!reader) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks).toString('utf8');
    size += value.length;
    if (size > BODY_BYTES_MAX) {
      await reader.cancel();
      return null;
    }
    chunks.push(value);
  }
}
