// A fetch for JSON-RPC over connections that stay open: what web3.js needs of one, and no streams. The platform's own took
// a millisecond of processor time for each call, and a bet makes five.
import { Agent as HttpAgent, request as requestHttp, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';

type LeanInit = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
};

/** Open at once to one node; more calls wait for a connection. */
const SOCKETS_MAX = 64;
/** The largest answer is a page of 1,000 transactions, some 400 kB. */
const ANSWER_BYTES_MAX = 16_000_000;

/** `timeoutMs` counts from the call to the last byte. */
export function createLeanFetch({ timeoutMs }: { timeoutMs: number }): typeof globalThis.fetch {
  const http = new HttpAgent({ keepAlive: true, maxSockets: SOCKETS_MAX });
  const https = new HttpsAgent({ keepAlive: true, maxSockets: SOCKETS_MAX });
  const call = (url: string, { method = 'GET', headers = {}, body = '' }: LeanInit): Promise<Response> =>
    new Promise((resolve, reject) => {
      const isSecure = url.startsWith('https:');
      const length = { 'content-length': String(Buffer.byteLength(body)) };
      const options = { method, headers: { ...headers, ...length }, agent: isSecure ? https : http };

      const request = (isSecure ? requestHttps : requestHttp)(url, options, (answer) => {
        readText(answer)
          .then((text) => resolve(toResponse(answer, text)), reject)
          .finally(() => clearTimeout(timer));
      });
      const timer = setTimeout(
        () => request.destroy(new DOMException(`no answer within ${timeoutMs} ms`, 'TimeoutError')),
        timeoutMs,
      );
      request.on('error', (error) => {
        clearTimeout(timer);
        reject(error);
      });
      request.end(body);
    });
  return ((url: string, init?: LeanInit) => call(url, init ?? {})) as unknown as typeof globalThis.fetch;
}

async function readText(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer) {
    size += (chunk as Buffer).length;
    if (size > ANSWER_BYTES_MAX) throw new Error(`an answer of more than ${ANSWER_BYTES_MAX} bytes`);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function toResponse({ statusCode = 0, statusMessage = '' }: IncomingMessage, text: string): Response {
  const isOk = statusCode >= 200 && statusCode < 300;
  return { ok: isOk, status: statusCode, statusText: statusMessage, text: async () => text } as Response;
}
