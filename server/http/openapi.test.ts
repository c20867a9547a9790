import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Endpoint, JsonAnswer } from '@/server/http/endpoint';
import { ENDPOINTS } from '@/server/http/endpoints';
import { createOpenApi } from '@/server/http/openapi';

const document = createOpenApi();
const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));

/** Of what a route file exports: `export async function POST(`. */
function methodsOf(source: string): string[] {
  const found = [...source.matchAll(/^export (?:async )?(?:function|const) (GET|POST|PUT|PATCH|DELETE)\b/gm)];
  return found.map(([, method]) => method!.toLowerCase());
}

describe('the description of the API', () => {
  it('names every route and method there is, and none that is not', () => {
    const routes = readdirSync('app/api', { recursive: true, encoding: 'utf8' })
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => file.endsWith('/route.ts'))
      .flatMap((file) => {
        const path = `/api/${file.replace(/\/route\.ts$/, '').replaceAll(/\[(\w+)\]/g, '{$1}')}`;
        return methodsOf(readFileSync(`app/api/${file}`, 'utf8')).map((method) => `${method} ${path}`);
      });
    const listed = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(listed.sort()).toEqual(routes.sort());
  });

  it('describes each answer so that a JSON Schema library takes it', () => {
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      expect(() => z.fromJSONSchema(schema as never), name).not.toThrow();
    }
  });

  it('refers only to schemas it holds', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)];
    expect(references.length).toBeGreaterThan(0);
    for (const [, name] of references) expect(document.components.schemas).toHaveProperty(name!);
    expect(JSON.stringify(document)).not.toContain('"$schema"');
  });

  it('says of every parameter what it takes, and gives examples that it takes', () => {
    for (const { path, parameters, example } of ENDPOINTS) {
      for (const [name, { about, takes }] of Object.entries(parameters)) {
        expect(about, `${path} ${name}`).toMatch(/\.$/);
        expect(takes, `${path} ${name}`).not.toBe('');
      }
      for (const [name, value] of new URLSearchParams(example)) {
        expect(parameters[name]?.read(value), `${path} ${name}=${value}`).not.toBeUndefined();
      }
    }
  });

  it('gives every operation a name of its own', () => {
    const names = operations.map(({ operationId }) => operationId);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z][A-Za-z]*$/);
  });

  it('says of what asks who you are how to say it, and what is answered to whoever may not', () => {
    for (const { operationId, security, responses } of operations) {
      if (!security) continue;
      expect(security, operationId).toContainEqual({ signIn: [] });
      for (const scheme of security.flatMap((one) => Object.keys(one))) {
        expect(document.components.securitySchemes).toHaveProperty(scheme);
      }
      for (const status of ['401', '403', '429', '503']) expect(responses, operationId).toHaveProperty(status);
    }
  });

  it('refuses a list in which two things have one name', () => {
    const [first, second] = ENDPOINTS.filter(({ answer }) => answer.kind === 'json') as [Endpoint, Endpoint];
    expect(() => createOpenApi([first, first])).toThrow('twice');
    const impostor = { ...second, answer: { ...second.answer, name: (first.answer as JsonAnswer).name } as JsonAnswer };
    expect(() => createOpenApi([first, impostor])).toThrow('two schemas');
    expect(() => createOpenApi([{ ...first, path: '/api/things/{thing}' }])).toThrow('{thing}');
  });
});
