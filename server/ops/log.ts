// The process's log: one pino logger, JSON lines on standard error, so that standard output stays for results.
import pino, { type Logger } from 'pino';
import type { Config } from '@/server/config';

export type Log = Logger;

export function createLog(level: Config['LOG_LEVEL']): Log {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: false }),
  );
}
