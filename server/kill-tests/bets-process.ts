// The process of bets as its supervisor sees it: started, killed, started again on the same record and folder. A command that
// its process does not live to answer is answered with null: whoever asked cannot know what became of it. Called by the kill
// test of bets.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Answers, BetsProcessOptions, Command, Said } from '@/server/kill-tests/killed-bets-process';

export type BetsProcess = {
  start(): void;
  /** SIGKILL; resolves once it is gone. */
  kill(): Promise<void>;
  /** Resolves when its modules are loaded and nothing is open yet. */
  opening(): Promise<void>;
  ready(): Promise<{ readonly rpcUrl: string; readonly wsUrl: string }>;
  /** Waits for a process that runs; null when that one died before it answered. */
  ask<C extends Command>(command: C): Promise<Answers[C['what']] | null>;
  alerts(): readonly string[];
};

type Ready = { readonly rpcUrl: string; readonly wsUrl: string };
type Run = {
  readonly child: ChildProcess;
  readonly gone: Promise<void>;
  readonly opening: Deferred<void>;
  readonly waiting: Map<number, (answer: unknown) => void>;
};

export function createBetsProcess(script: string, options: BetsProcessOptions): BetsProcess {
  let run: Run | null = null;
  let ready = createDeferred<Ready>();
  let isReady = false;
  let killing = false;
  let asked = 0;
  const alerts: string[] = [];

  function hear({ waiting, opening }: Pick<Run, 'waiting' | 'opening'>, said: Said): void {
    if (said.type === 'opening') opening.resolve();
    else if (said.type === 'ready') {
      isReady = true;
      ready.resolve(said);
    } else if (said.type === 'alert') alerts.push(`${said.alertId}: ${said.detail}`);
    else {
      waiting.get(said.id)?.(said.answer);
      waiting.delete(said.id);
    }
  }

  return {
    start() {
      killing = false;
      const stdio = ['ignore', 'ignore', 'inherit', 'ipc'] as const;
      const child = spawn(process.execPath, [script, JSON.stringify(options)], { stdio: [...stdio] });
      const opening = createDeferred<void>();
      const waiting = new Map<number, (answer: unknown) => void>();
      child.on('message', (said: Said) => hear({ waiting, opening }, said));
      // The channel may be read to its end after the process is gone: what it said counts.
      const gone = Promise.all([once(child, 'exit'), once(child, 'disconnect')]).then(() => {
        if (!killing) ready.reject(new Error(`the process ended by itself, with code ${child.exitCode}`));
        for (const answer of waiting.values()) answer(null);
        waiting.clear();
      });
      run = { child, gone, opening, waiting };
    },
    async kill() {
      if (!run) return;
      killing = true;
      // Who waited for one that was killed before it ran waits for the next.
      if (isReady) ready = createDeferred();
      isReady = false;
      run.child.kill('SIGKILL');
      await run.gone;
    },
    opening: () => run!.opening.promise,
    ready: () => ready.promise,
    async ask<C extends Command>(command: C) {
      await ready.promise;
      const { child, waiting } = run!;
      const id = ++asked;
      return new Promise<Answers[C['what']] | null>((settle) => {
        waiting.set(id, settle as (answer: unknown) => void);
        child.send({ id, command }, (error) => {
          if (!error || !waiting.delete(id)) return;
          settle(null);
        });
      });
    },
    alerts: () => alerts,
  };
}

type Deferred<T> = { readonly promise: Promise<T>; resolve(value: T): void; reject(error: Error): void };

function createDeferred<T>(): Deferred<T> {
  let resolve!: (value: T) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<T>((...settle) => ([resolve, reject] = settle));
  // A process that ends unasked is told to whoever waits for it, and may have nobody who does.
  promise.catch(() => {});
  return { promise, resolve, reject };
}
