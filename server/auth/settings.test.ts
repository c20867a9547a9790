import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError, parseConfig } from '@/server/config';
import { toOrigins } from '@/server/auth/origins';
import { openSessionSecret } from '@/server/auth/session-secret';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'fortytick-secret-'))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('the secret of sign-ins', () => {
  it('is made once, for the owner’s eyes only', () => {
    const secret = openSessionSecret({ DATA_DIR: folder });
    expect(secret).toHaveLength(32);
    expect(openSessionSecret({ DATA_DIR: folder })).toEqual(secret);
    const file = join(folder, 'auth', 'session-secret');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'auth')).mode & 0o777).toBe(0o700);
    expect(readFileSync(file, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
  });

  it('is not guessed when its file is damaged', () => {
    openSessionSecret({ DATA_DIR: folder });
    writeFileSync(join(folder, 'auth', 'session-secret'), 'abc');
    expect(() => openSessionSecret({ DATA_DIR: folder })).toThrow('Delete it');
  });

  it('may be given, and is never repeated when it is too short', () => {
    const given = openSessionSecret({ DATA_DIR: folder, SESSION_SECRET: 'x'.repeat(32) });
    expect(new TextDecoder().decode(given)).toBe('x'.repeat(32));
    const secret = 'too-short-a-secret';
    const problem = problemOf({ SESSION_SECRET: secret });
    expect(problem).toContain('SESSION_SECRET cannot be used');
    expect(problem).not.toContain(secret);
  });
});

describe('where players open Fortytick', () => {
  it('is this machine, unless a setting says where', () => {
    expect(toOrigins({ port: 3000 })).toEqual(['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000']);
    const { PUBLIC_ORIGIN } = parseConfig({ PUBLIC_ORIGIN: 'https://fortytick.example/' });
    expect(toOrigins({ PUBLIC_ORIGIN, port: 3000 })).toEqual(['https://fortytick.example']);
  });

  it('is an https origin, or one on loopback', () => {
    expect(parseConfig({ PUBLIC_ORIGIN: 'http://localhost:8080' }).PUBLIC_ORIGIN).toBe('http://localhost:8080');
    for (const bad of [
      'fortytick.example',
      'http://fortytick.example',
      'https://fortytick.example/app',
      'ftp://x',
      'null',
    ]) {
      expect(problemOf({ PUBLIC_ORIGIN: bad }), bad).toContain('PUBLIC_ORIGIN');
    }
  });
});

function problemOf(env: Record<string, string>): string {
  try {
    parseConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
  }
  return 'no problem';
}
