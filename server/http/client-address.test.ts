import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { CLIENT_ADDRESS_HEADER, markClientAddress, readClientAddress } from '@/server/http/client-address';

const request = (remoteAddress: string | undefined, headers: Record<string, string> = {}) =>
  ({ socket: { remoteAddress }, headers }) as unknown as IncomingMessage;

describe('the address a request comes from', () => {
  it('is the socket’s, whatever the sender writes', () => {
    const lying = request('192.0.2.7', { [CLIENT_ADDRESS_HEADER]: '127.0.0.1', 'x-forwarded-for': '127.0.0.1' });
    expect(readClientAddress(lying, 0)).toBe('192.0.2.7');
    markClientAddress(lying, 0);
    expect(lying.headers[CLIENT_ADDRESS_HEADER]).toBe('192.0.2.7');
  });

  it('is IPv4 where it is IPv4 written as IPv6, and nothing when the socket is gone', () => {
    expect(readClientAddress(request('::ffff:192.0.2.7'), 0)).toBe('192.0.2.7');
    expect(readClientAddress(request('2001:db8::1'), 0)).toBe('2001:db8::1');
    expect(readClientAddress(request(undefined), 0)).toBe('');
  });

  it('is as far from the right of X-Forwarded-For as there are proxies, so that what the sender put before is not it', () => {
    const forwarded = { 'x-forwarded-for': '127.0.0.1, 198.51.100.1 ,::ffff:198.51.100.2' };
    expect(readClientAddress(request('10.0.0.1', forwarded), 1)).toBe('198.51.100.2');
    expect(readClientAddress(request('10.0.0.1', forwarded), 2)).toBe('198.51.100.1');
    expect(readClientAddress(request('10.0.0.1', forwarded), 4)).toBe('10.0.0.1');
    expect(readClientAddress(request('10.0.0.1'), 1)).toBe('10.0.0.1');
  });
});
