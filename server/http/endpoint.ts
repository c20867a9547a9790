// What is said of one endpoint of the HTTP API, by the very objects that parse its queries and bodies and make its answers.
import type { z } from 'zod';
import type { BetProblemCode } from '@/lib/protocol/bet-problem';
import type { OpenApiMethod } from '@/lib/protocol/openapi';
import type { Requirement } from '@/server/auth/actor';
import type { Parameters } from '@/server/http/parameters';

export type Method = OpenApiMethod;

export type Endpoint = {
  /** With `{name}` for what varies. */
  readonly path: string;
  /** `get` where it is not said. */
  readonly method?: Method;
  readonly group:
    'Games' | 'Analytics' | 'Live' | 'Record' | 'Sign-in' | 'Keys' | 'Bets' | 'Sessions' | 'Account' | 'Ledger';
  readonly summary: string;
  readonly about: string;
  /** What withActor asks for. Not said: anybody may ask. */
  readonly access?: Requirement;
  /** Of the query. */
  readonly parameters: Parameters;
  /** Of the path, other than `gameId`, which is described once for all. */
  readonly pathParameters?: Readonly<Record<string, { readonly about: string; readonly pattern: RegExp }>>;
  readonly body?: JsonShape;
  readonly answer: JsonAnswer | FileAnswer;
  /** 200 where it is not said. */
  readonly status?: 200 | 201;
  /** What may stand in the way, beside what access, parameters and body bring with them. */
  readonly problems?: readonly BetProblemCode[];
  /** A query that shows what it is for. */
  readonly example: string;
};

export type JsonShape = { readonly name: string; readonly schema: z.ZodType };
export type JsonAnswer = JsonShape & { readonly kind: 'json' };
export type FileAnswer = { readonly kind: 'file'; readonly about: string };

export const json = (name: string, schema: z.ZodType): JsonAnswer => ({ kind: 'json', name, schema });
export const body = (name: string, schema: z.ZodType): JsonShape => ({ name, schema });
