// How far a command has got, on standard error: a line that rewrites itself on a terminal, one now and then elsewhere.
import { round } from '@/lib/math/percentile';

const TERMINAL_EVERY_MS = 200;
const FILE_EVERY_MS = 5_000;

export type Progress = {
  /** So many done; told when the time has come. */
  tell(done: number, label: string): void;
  /** Ends the line. */
  end(): void;
};

export function createProgress(unit: string): Progress {
  const isTerminal = process.stderr.isTTY === true;
  const everyMs = isTerminal ? TERMINAL_EVERY_MS : FILE_EVERY_MS;
  const started = performance.now();
  let toldAt = started;
  let open = false;
  return {
    tell(done, label) {
      const now = performance.now();
      if (now - toldAt < everyMs) return;
      toldAt = now;
      const perSecond = round((done / (now - started)) * 1_000, 0);
      const text = `${label}: ${done} ${unit}, ${perSecond} a second`;
      process.stderr.write(isTerminal ? `\r\u001b[K${text}` : `${text}\n`);
      open = isTerminal;
    },
    end() {
      if (open) process.stderr.write('\n');
      open = false;
    },
  };
}
