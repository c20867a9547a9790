// The process's log: one pino logger, JSON lines on standard error, so that standard output stays for results.
import pino, { type Logger, type LoggerOptions } from 'pino';
import type { Config } from '@/server/config';

export type Log = Logger;

/** `onError` is told of every line of level error or above that is written. */
export function createLog(level: Config['LOG_LEVEL'], { onError = () => {} }: { onError?: () => void } = {}): Log {
  const hooks: LoggerOptions['hooks'] = {
    logMethod(args, method, lineLevel) {
      if (lineLevel >= pino.levels.values.error!) onError();
      method.apply(this, args);
    },
  };
  return pino(
    { level, hooks, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: false }),
  );
}
