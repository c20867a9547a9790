// The address a request comes from, as the socket has it: never a header that the sender wrote, unless the deployment says
// how many proxies stand in front. Route handlers see no socket, so start-http puts it in a header of ours.
import type { IncomingMessage } from 'node:http';

export const CLIENT_ADDRESS_HEADER = 'x-fortytick-client-address';

/** Proxies append to X-Forwarded-For: with `proxies` of them, the one that far from the right was written by ours. */
export function readClientAddress(request: IncomingMessage, proxies: number): string {
  const direct = withoutMapping(request.socket.remoteAddress ?? '');
  if (proxies === 0) return direct;
  const forwarded = [request.headers['x-forwarded-for'] ?? ''].flat().join(',');
  const addresses = forwarded.split(',').map((address) => address.trim());
  return withoutMapping(addresses.at(-proxies) || direct);
}

/** To be called before anything reads the headers: what the sender wrote in ours is gone. */
export function markClientAddress(request: IncomingMessage, proxies: number): void {
  request.headers[CLIENT_ADDRESS_HEADER] = readClientAddress(request, proxies);
}

export function clientAddressOf(request: Request): string {
  return request.headers.get(CLIENT_ADDRESS_HEADER) ?? '';
}

/** A socket that listens on both families tells IPv4 as IPv6. */
function withoutMapping(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
