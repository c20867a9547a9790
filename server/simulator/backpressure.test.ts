import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import {
  CLOSE_BYTES,
  decideAdmission,
  SKIP_ALL_BUT_HISTORY_BYTES,
  SKIP_COOLDOWN_BYTES,
  watchWaitingBytes,
} from '@/server/simulator/backpressure';

describe('a lagging transport', () => {
  it('loses cooldown frames first, then all but the history, then the connection', () => {
    const at = (waitingBytes: number) =>
      (['cooldown', 'tick', 'event', 'history'] as const).map((kind) => decideAdmission(kind, waitingBytes)).join();
    expect(at(SKIP_COOLDOWN_BYTES)).toBe('send,send,send,send');
    expect(at(SKIP_COOLDOWN_BYTES + 1)).toBe('skip,send,send,send');
    expect(at(SKIP_ALL_BUT_HISTORY_BYTES + 1)).toBe('skip,skip,skip,send');
    expect(at(CLOSE_BYTES + 1)).toBe('close,close,close,close');
  });

  it('is measured by what waits for the transport and what the transport has not got rid of', () => {
    const transport = { writable: true };
    const connection = Object.assign(new EventEmitter(), { transport });
    const waitingBytes = watchWaitingBytes(connection as never);
    expect(waitingBytes()).toBe(0);
    connection.emit('packetCreate', { type: 'message', data: 'x'.repeat(100) });
    connection.emit('flush');
    expect(waitingBytes()).toBe(0);
    transport.writable = false;
    expect(waitingBytes()).toBe(100);
    connection.emit('packetCreate', { type: 'message', data: 'x'.repeat(50) });
    connection.emit('packetCreate', { type: 'ping' });
    expect(waitingBytes()).toBe(150);
    transport.writable = true;
    expect(waitingBytes()).toBe(50);
  });
});
