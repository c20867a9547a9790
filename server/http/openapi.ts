// /api/openapi.json: OpenAPI 3.1 from the list of endpoints. Pure, so that the same build always describes itself the same.
import { z } from 'zod';
import { GAME_ID_PATTERN } from '@/lib/units/game-id';
import { problemSchema } from '@/lib/protocol/health-api';
import type { JsonSchema, OpenApi, OpenApiContent, OpenApiOperation, OpenApiParameter } from '@/lib/protocol/openapi';
import { ENDPOINTS, type Endpoint } from '@/server/http/endpoints';

export function createOpenApi(): OpenApi {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Fortytick',
      version: '1',
      summary: 'The record of the games and of everything said about them.',
      description:
        'Times are milliseconds since 1970, lamports decimal text, probabilities numbers from 0 to 1. What is wrong with a request is told in a problem body (RFC 9457).',
    },
    tags: [...new Set(ENDPOINTS.map(({ group }) => group))].map((name) => ({ name })),
    paths: Object.fromEntries(ENDPOINTS.map((endpoint) => [endpoint.path, { get: toOperation(endpoint) }])),
    components: { schemas: { ...answerSchemas(), Problem: toJsonSchema(problemSchema) } },
  };
}

function toOperation({ path, group, summary, about, parameters, answer, example }: Endpoint): OpenApiOperation {
  return {
    operationId: path
      .replace(/^\/api\//, '')
      .replaceAll(/[^A-Za-z]+([A-Za-z]?)/g, (_, next: string) => next.toUpperCase()),
    tags: [group],
    summary,
    description: about,
    parameters: [...pathParameters(path), ...queryParameters(parameters, example)],
    responses: {
      200: {
        description: answer.kind === 'file' ? answer.about : summary,
        content: toContent({ path, answer }),
      },
      ...problems(path, parameters),
    },
  };
}

function toContent({ path, answer }: Pick<Endpoint, 'path' | 'answer'>): OpenApiContent {
  if (answer.kind === 'json')
    return { 'application/json': { schema: { $ref: `#/components/schemas/${answer.name}` } } };
  if (!path.endsWith('/export')) return { 'application/json': { schema: { type: 'object' } } };
  return { 'text/csv': { schema: { type: 'string' } }, 'application/jsonl': { schema: { type: 'string' } } };
}

function pathParameters(path: string): OpenApiParameter[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name: name!,
    in: 'path',
    required: true,
    description: 'UTC date and 16 hex digits: 20251207-1e01ac417e8043ca.',
    schema: { type: 'string', pattern: GAME_ID_PATTERN.source },
  }));
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

function answerSchemas(): Record<string, JsonSchema> {
  return Object.fromEntries(
    ENDPOINTS.flatMap(({ answer }) => (answer.kind === 'json' ? [[answer.name, toJsonSchema(answer.schema)]] : [])),
  );
}

/**
 * OpenAPI 3.1 schemas are JSON Schema of 2020-12; which one they are is said once, by the document. As of what is read, not of
 * what is written: answers may gain fields.
 */
function toJsonSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' });
  return rest as JsonSchema;
}
