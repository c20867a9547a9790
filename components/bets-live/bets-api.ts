// The browser's questions about bets to our own API: place, submit, cancel, list. Each answers with what the schema knows
// or with a failure in words; nothing here retries. Whether something may have happened although no answer came is told
// by `kind`: of a refusal it is certain that nothing did.
import { z } from 'zod';
import {
  betSchema,
  betsPageSchema,
  placedBetSchema,
  problemSchema,
  type BetView,
  type PlacedBet,
  type PlaceBetRequest,
} from '@/lib/protocol/bets-api';
import { err, ok, type Result } from '@/lib/units/result';

export type BetsFailure = {
  /** `refused`: the server's word. Else it was not reached, did not answer in time, or could not be understood. */
  readonly kind: 'refused' | 'unreachable' | 'late' | 'unreadable';
  /** The server's code (lib/protocol/bet-problem.ts), where it named one. */
  readonly code: string | null;
  readonly message: string;
  readonly rules: readonly { readonly rule: string; readonly message: string }[];
  readonly retryAfterMs: number | null;
  /** Whether the same again may be answered otherwise: the way was broken, not the request. */
  readonly mayPass: boolean;
};
type Answer<T> = Promise<Result<T, BetsFailure>>;

export type BetsApi = {
  place(request: PlaceBetRequest): Answer<PlacedBet>;
  submit(betId: string, transaction: string): Answer<BetView>;
  cancel(betId: string): Answer<BetView>;
  /** Newest first. */
  list(limit: number): Answer<readonly BetView[]>;
};

/** A bet's own window is about ten seconds: an answer after this is too late to be of use. */
const ANSWER_LIMIT_MS = 8_000;

export function createBetsApi(fetcher: typeof fetch = fetch.bind(globalThis)): BetsApi {
  const ask = createAsk(fetcher);
  return {
    place: (request) => ask('/api/bets', placedBetSchema, request),
    submit: (betId, transaction) => ask(`/api/bets/${betId}/submit`, oneBetSchema, { transaction }),
    cancel: (betId) => ask(`/api/bets/${betId}/cancel`, oneBetSchema, {}),
    async list(limit) {
      const page = await ask(`/api/bets?limit=${limit}`, betsPageSchema);
      return page.ok ? ok(page.value.bets) : page;
    },
  };
}

/** A bet by itself, or as the one field of an answer. */
const oneBetSchema = z.union([betSchema, z.object({ bet: betSchema }).transform(({ bet }) => bet)]);

function createAsk(fetcher: typeof fetch) {
  return async <T>(path: string, schema: z.ZodType<T>, body?: object): Answer<T> => {
    const limit = AbortSignal.timeout(ANSWER_LIMIT_MS);
    let response: Response;
    let text: string;
    try {
      response = await fetcher(path, {
        method: body ? 'POST' : 'GET',
        headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
        cache: 'no-store',
        signal: limit,
      });
      text = await response.text();
    } catch {
      return err(limit.aborted ? LATE : UNREACHABLE);
    }
    const json = parseJson(text);
    if (!response.ok) return err(toFailure(response, json));
    const parsed = schema.safeParse(json);
    return parsed.success ? ok(parsed.data) : err(UNREADABLE);
  };
}

function toFailure(response: Response, body: unknown): BetsFailure {
  const told = problemSchema.safeParse(body);
  const seconds = Number(response.headers.get('retry-after') ?? NaN);
  return {
    kind: 'refused',
    code: told.success ? (told.data.code ?? null) : null,
    message: told.success
      ? told.data.detail || told.data.title
      : `The server answered with an error (${response.status}).`,
    rules: told.success ? (told.data.rules ?? []) : [],
    retryAfterMs: Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : null,
    mayPass: response.status >= 500 || response.status === 429,
  };
}

function failure(kind: BetsFailure['kind'], message: string): BetsFailure {
  return { kind, code: null, message, rules: [], retryAfterMs: null, mayPass: kind !== 'unreadable' };
}

const LATE = failure('late', `Fortytick has not answered within ${ANSWER_LIMIT_MS / 1_000} s.`);
const UNREACHABLE = failure('unreachable', 'Fortytick cannot be reached: the connection failed.');
const UNREADABLE = failure(
  'unreadable',
  'The answer could not be read: this page is of another version. Load it again.',
);

/** Undefined, which no schema takes, for what is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
