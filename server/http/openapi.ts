// /api/openapi.json: OpenAPI 3.1 from the list of endpoints. Pure, so that the same build always describes itself the same.
import { z } from 'zod';
import { GAME_ID_PATTERN } from '@/lib/units/game-id';
import { BET_PROBLEMS, type BetProblemCode } from '@/lib/protocol/bet-problem';
import { problemSchema as codedProblemSchema } from '@/lib/protocol/bets-api';
import { problemSchema } from '@/lib/protocol/health-api';
import type {
  JsonSchema,
  OpenApi,
  OpenApiContent,
  OpenApiOperation,
  OpenApiParameter,
  OpenApiPath,
} from '@/lib/protocol/openapi';
import type { Requirement } from '@/server/auth/actor';
import { SIGN_IN_COOKIE } from '@/server/auth/cookie-names';
import type { Endpoint, Method } from '@/server/http/endpoint';
import { ENDPOINTS } from '@/server/http/endpoints';

export function createOpenApi(endpoints: readonly Endpoint[] = ENDPOINTS): OpenApi {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Fortytick',
      version: '1',
      summary: 'The record of the games, and the bets of players and their programs.',
      description:
        'Times are milliseconds since 1970, lamports decimal text, probabilities numbers from 0 to 1. What is wrong with a request is told in a problem body (RFC 9457).',
    },
    tags: [...new Set(endpoints.map(({ group }) => group))].map((name) => ({ name })),
    paths: toPaths(endpoints),
    components: {
      schemas: {
        ...namedSchemas(endpoints),
        Problem: toJsonSchema(problemSchema),
        CodedProblem: toJsonSchema(codedProblemSchema),
      },
      securitySchemes: SECURITY_SCHEMES,
    },
  };
}

const SECURITY_SCHEMES = {
  signIn: {
    type: 'apiKey',
    in: 'cookie',
    name: SIGN_IN_COOKIE,
    description: 'Set by POST /api/auth/verify; a browser sends it by itself.',
  },
  key: { type: 'http', scheme: 'bearer', description: 'A key made in the settings: Authorization: Bearer ft_…' },
} as const;

function toPaths(endpoints: readonly Endpoint[]): OpenApi['paths'] {
  const paths: Record<string, OpenApiPath> = {};
  for (const endpoint of endpoints) {
    const { path, method = 'get' } = endpoint;
    if (paths[path]?.[method]) throw new Error(`${method} ${path} is listed twice`);
    paths[path] = { ...paths[path], [method]: toOperation(endpoint) };
  }
  return paths;
}

function toOperation(endpoint: Endpoint): OpenApiOperation {
  const { path, method = 'get', group, summary, about, access, parameters, body, answer, status, example } = endpoint;
  return {
    operationId: toOperationId(method, path),
    tags: [group],
    summary,
    description: `${about}${access === undefined ? '' : ` ${ACCESS_WORDS[access]}`}`,
    parameters: [...pathParameters(endpoint), ...queryParameters(parameters, example)],
    ...(body && { requestBody: { required: true, content: toJsonContent(body.name) } }),
    ...(access && { security: access === 'player' ? [{ signIn: [] }] : [{ signIn: [] }, { key: [access] }] }),
    responses: {
      [status ?? 200]: {
        description: answer.kind === 'file' ? answer.about : summary,
        content: toContent({ path, answer }),
      },
      ...(access || endpoint.problems || body ? codedProblems(endpoint) : problems(path, parameters)),
    },
  };
}

const ACCESS_WORDS: Record<Requirement, string> = {
  read: 'Takes a sign-in, or a key.',
  'bet-paper': 'Takes a sign-in, or a key with the permission bet-paper or bet.',
  bet: 'Takes a sign-in, or a key with the permission bet.',
  player: 'Takes a sign-in; no key may do this.',
};

function toOperationId(method: Method, path: string): string {
  const name = path
    .replace(/^\/api\//, '')
    .replaceAll(/[^A-Za-z]+([A-Za-z]?)/g, (_, next: string) => next.toUpperCase());
  return method === 'get' ? name : `${method}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function toJsonContent(name: string): OpenApiContent {
  return { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } };
}

function toContent({ path, answer }: Pick<Endpoint, 'path' | 'answer'>): OpenApiContent {
  if (answer.kind === 'json') return toJsonContent(answer.name);
  if (!path.endsWith('/export')) return { 'application/json': { schema: { type: 'object' } } };
  return { 'text/csv': { schema: { type: 'string' } }, 'application/jsonl': { schema: { type: 'string' } } };
}

const GAME_ID = { about: 'UTC date and 16 hex digits: 20251207-1e01ac417e8043ca.', pattern: GAME_ID_PATTERN };

function pathParameters({ path, pathParameters = {} }: Endpoint): OpenApiParameter[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => {
    const parameter = name === 'gameId' ? GAME_ID : pathParameters[name!];
    if (!parameter) throw new Error(`${path}: what is {${name}}?`);
    const { about, pattern } = parameter;
    return { name: name!, in: 'path', required: true, description: about, schema: stringOf(pattern) };
  });
}

function stringOf({ source }: RegExp): JsonSchema {
  return { type: 'string', pattern: source };
}

function queryParameters(parameters: Endpoint['parameters'], example: string): OpenApiParameter[] {
  const examples = new URLSearchParams(example);
  return Object.entries(parameters).map(([name, { about, takes, schema }]) => ({
    name,
    in: 'query',
    required: false,
    description: `${about} Takes ${takes}.`,
    schema,
    ...(examples.has(name) && { example: examples.get(name)! }),
  }));
}

function problems(path: string, parameters: Endpoint['parameters']): OpenApiOperation['responses'] {
  const problem = (description: string) => ({
    description,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  });
  const takesSomething = path.includes('{') || Object.keys(parameters).length > 0;
  return {
    ...(takesSomething && { 400: problem('A parameter is not what it takes; the detail names it.') }),
    ...(path.includes('{') && { 404: problem('No such game is on record.') }),
    503: problem('The record or the service is not available now.'),
  };
}

/** The codes by their status, as lib/protocol/bet-problem has them: what access and body bring, then the endpoint's own. */
function codedProblems({
  path,
  access,
  body,
  problems: own = [],
  parameters,
}: Endpoint): OpenApiOperation['responses'] {
  const takes = body || path.includes('{') || Object.keys(parameters).length > 0;
  const codes = new Set<BetProblemCode>([
    ...(takes ? (['bad-request'] as const) : []),
    ...(access ? PROBLEMS_OF_ACCESS : []),
    ...(access && access !== 'player' ? PROBLEMS_OF_KEYS : []),
    ...(access === 'player' ? (['key-not-allowed'] as const) : []),
    ...(access && path.includes('{') ? (['not-found'] as const) : []),
    ...own,
    'starting',
    'record-unavailable',
  ]);
  const byStatus: Record<number, string[]> = {};
  for (const code of codes) (byStatus[BET_PROBLEMS[code]] ??= []).push(code);
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, names]) => [
      status,
      {
        description: names.length === 1 ? `Code: ${names[0]}.` : `One of the codes: ${names.join(', ')}.`,
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/CodedProblem' } } },
      },
    ]),
  );
}

const PROBLEMS_OF_ACCESS = ['not-signed-in', 'sign-in-expired', 'wrong-origin', 'rate-limited'] as const;
const PROBLEMS_OF_KEYS = ['key-unknown', 'key-expired', 'key-not-allowed', 'address-not-allowed'] as const;

/** One name, one schema: two of the same name would make the document say what is not so. */
function namedSchemas(endpoints: readonly Endpoint[]): Record<string, JsonSchema> {
  const found = new Map<string, z.ZodType>();
  for (const { answer, body } of endpoints) {
    for (const named of [answer.kind === 'json' ? answer : null, body ?? null]) {
      if (!named) continue;
      const known = found.get(named.name);
      if (known && known !== named.schema) throw new Error(`two schemas are called ${named.name}`);
      found.set(named.name, named.schema);
    }
  }
  return Object.fromEntries([...found].map(([name, schema]) => [name, toJsonSchema(schema)]));
}

/**
 * OpenAPI 3.1 schemas are JSON Schema of 2020-12; which one they are is said once, by the document. As of what is read, not of
 * what is written: answers may gain fields.
 */
function toJsonSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' });
  return rest as JsonSchema;
}
