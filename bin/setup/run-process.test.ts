import { describe, expect, it } from 'vitest';
import { mustRun, runProcess, stopProcesses } from '@/bin/setup/run-process.mjs';

const node = (script: string, options = {}) => runProcess(process.execPath, ['-e', script], options);

describe('running a tool', () => {
  it('gives its exit code and everything it said', async () => {
    const finished = await node('console.log("out"); console.error("err"); process.exitCode = 3');
    expect(finished.code).toBe(3);
    expect(finished.output).toContain('out\n');
    expect(finished.output).toContain('err\n');
  });

  it('that is not there is a failure with its name', async () => {
    const finished = await runProcess('/nowhere/tool', []);
    expect(finished.code).not.toBe(0);
    expect(finished.output).toContain('/nowhere/tool');
  });

  it('that fails throws what it said', async () => {
    await expect(mustRun(process.execPath, ['-e', 'console.log("why"); process.exit(2)'])).rejects.toThrow(
      /code 2:\nwhy/,
    );
  });

  it('that hangs is stopped, and says so', async () => {
    const finished = await node('setInterval(() => {}, 1000)', { timeoutMs: 300 });
    expect(finished.code).toBe(143);
    expect(finished.output).toContain('had not finished');
  });

  it('keeps beginning and end of an output that never ends', async () => {
    const finished = await node('for (let i = 0; i < 400; i++) console.log(`${i} `.padEnd(10_000, "x"))');
    expect(finished.output.length).toBeLessThan(4_000_000);
    expect(finished.output.startsWith('0 xxx')).toBe(true);
    expect(finished.output).toContain('characters left out');
    expect(finished.output).toContain('399 xxx');
  });

  it("stops what it started together with that one's own children", async () => {
    // The grandchild holds the output open: the call ends only when both are gone.
    const grandchild = 'setInterval(() => {}, 1000)';
    const finished = node(
      `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(grandchild)}], { stdio: 'inherit' });
       setInterval(() => {}, 1000)`,
    );
    await stopProcesses();
    expect((await finished).code).toBe(143);
  });
});
