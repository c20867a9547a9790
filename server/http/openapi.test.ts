import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ENDPOINTS } from '@/server/http/endpoints';
import { createOpenApi } from '@/server/http/openapi';

const document = createOpenApi();

describe('the description of the API', () => {
  it('names every route there is, and none that is not', () => {
    const routes = readdirSync('app/api', { recursive: true, encoding: 'utf8' })
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => file.endsWith('/route.ts'))
      .map((file) => `/api/${file.replace(/\/route\.ts$/, '').replaceAll(/\[(\w+)\]/g, '{$1}')}`);
    expect(Object.keys(document.paths).sort()).toEqual(routes.sort());
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
    const names = Object.values(document.paths).map(({ get }) => get.operationId as string);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z][A-Za-z]*$/);
  });
});
