// One question to our own API: sent with a time limit, answered with a value the schema knows or with a problem in words.
// Problem bodies (RFC 9457) are passed on as the server wrote them. Called by the hooks beside it, never by views.
import { z } from 'zod';

/** Longer than any answer should take, shorter than a reader waits. */
const ANSWER_LIMIT_MS = 15_000;

/** Why there is no answer: refused by the server, not reached, not answered in time, or not understood. */
export type ProblemKind = 'refused' | 'unreachable' | 'late' | 'unreadable';

export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly kind: ProblemKind;
  /** HTTP status; null when there was no response. */
  readonly status: number | null;
  readonly title: string;
  readonly detail: string;

  constructor(told: { kind: ProblemKind; status: number | null; title: string; detail: string; cause?: unknown }) {
    super(`${told.title}: ${told.detail}`, { cause: told.cause });
    this.kind = told.kind;
    this.status = told.status;
    this.title = told.title;
    this.detail = told.detail;
  }

  /** Whether asking again, unchanged, may help. */
  get mayPass(): boolean {
    return this.kind === 'unreachable' || this.kind === 'late' || (this.status ?? 0) >= 500;
  }
}

/** Throws ApiProblem, or the abort of `signal`. */
export async function fetchApi<T>({
  path,
  schema,
  signal,
}: {
  path: string;
  schema: z.ZodType<T>;
  signal: AbortSignal;
}): Promise<T> {
  const limit = AbortSignal.timeout(ANSWER_LIMIT_MS);
  try {
    const response = await fetch(path, {
      headers: { accept: 'application/json' },
      signal: AbortSignal.any([signal, limit]),
    });
    const body = parseJson(await response.text());
    if (!response.ok) throw toProblem(response.status, body);
    return read(schema, body, response.status);
  } catch (error) {
    if (signal.aborted || error instanceof ApiProblem) throw error;
    throw limit.aborted ? LATE(error) : UNREACHABLE(error);
  }
}

function read<T>(schema: z.ZodType<T>, body: unknown, status: number): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ApiProblem({
    kind: 'unreadable',
    status,
    title: 'The answer could not be read',
    detail: `This page and the server may be of different versions: reload it. (${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'invalid'})`,
    cause: parsed.error,
  });
}

const problemBody = z.object({ title: z.string().min(1), detail: z.string().default('') });

function toProblem(status: number, body: unknown): ApiProblem {
  const told = problemBody.safeParse(body);
  const words = told.success
    ? told.data
    : { title: `The server answered with an error (${status})`, detail: 'It did not say why.' };
  return new ApiProblem({ kind: 'refused', status, ...words });
}

const LATE = (cause: unknown) =>
  new ApiProblem({
    kind: 'late',
    status: null,
    title: 'No answer in time',
    detail: `The server has not answered within ${ANSWER_LIMIT_MS / 1_000} s.`,
    cause,
  });

const UNREACHABLE = (cause: unknown) =>
  new ApiProblem({
    kind: 'unreachable',
    status: null,
    title: 'The server cannot be reached',
    detail: 'The connection failed. What was recorded is not touched by that.',
    cause,
  });

/** Undefined, which no schema of ours takes, for what is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
