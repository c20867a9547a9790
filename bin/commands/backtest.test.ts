// The command itself, as a user runs it: options, exit codes, and that standard output holds nothing but the result.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'backtest-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'bin/run.mjs'), 'backtest', ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('npm run backtest', () => {
  it('plays several files after training, writes one JSON object and a page, and says what it could not use', () => {
    const file = (name: string, lines: readonly object[]) => {
      const path = join(folder, name);
      writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
      return path;
    };
    const games = Array.from({ length: 30 }, (_, i) => ({ rugTick: 20 + 13 * i }));
    const html = join(folder, 'report.html');
    const { status, stdout, stderr } = run(
      ...['--games', file('a.jsonl', games), file('b.jsonl', [...games, { rugTick: -1 }])],
      ...['--train', file('train.jsonl', games), '--models', 'published,empirical', '--strategies', 'flat-stake'],
      ...['--bankroll', '2.5', '--delay-ticks', '2', '--seed', '7', '--json', '--html', html],
    );
    expect(status).toBe(0);
    const json = JSON.parse(stdout);
    expect(json).toMatchObject({
      games: 60,
      trainingGames: 30,
      unusable: { count: 1, byReason: { 'bad-rug-tick': 1 } },
    });
    expect(Object.keys(json.models)).toEqual(['published', 'empirical']);
    expect(Object.keys(json.strategies)).toEqual(['flat-stake']);
    expect(json.strategies['flat-stake'].bets).toBeGreaterThan(0);
    expect(stderr).toContain('b.jsonl:31: rugTick is -1');
    expect(readFileSync(html, 'utf8')).toContain('</html>');
  });

  it('gives the same numbers for the same seed', () => {
    const once = () => {
      const { stdout } = run('--simulate', '40', '--seed', 'x', '--strategies', 'capped-martingale', '--json');
      return { ...JSON.parse(stdout), seconds: 0 };
    };
    expect(once()).toEqual(once());
  });

  it.each([
    [['--simulate', '5', '--bankroll', '0'], '--bankroll is "0"'],
    [['--simulate', '5', '--bankroll', '-3'], '--bankroll is "-3"'],
    [['--simulate', '5', '--payout', '1'], '--payout is 1'],
    [['--simulate', '5', '--models', 'crystal-ball'], '"crystal-ball"'],
    [['--simulate', '5', '--strategies', 'double-or-nothing'], '"double-or-nothing"'],
    [['--simulate', '5', '--delay-ticks', '-1'], '--delay-ticks is "-1"'],
    [[], 'There are no games'],
  ])('refuses %j with exit code 2, naming what is wrong', (args, words) => {
    const { status, stdout, stderr } = run(...args);
    expect(stderr).toContain(words);
    expect(status).toBe(2);
    expect(stdout).toBe('');
  });

  it('fails with exit code 1 when there is no game to play', () => {
    const { status, stderr } = run('--games', join(folder, 'none.jsonl'));
    expect(status).toBe(1);
    expect(stderr).toContain('none.jsonl cannot be read');
  });
});
