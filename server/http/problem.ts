// Errors of the HTTP API, as RFC 9457 problem bodies. Each says in words what was wrong and what is taken instead.

export type Problem = { readonly status: number; readonly title: string; readonly detail: string };

export function problemResponse({ status, title, detail }: Problem): Response {
  return new Response(JSON.stringify({ type: 'about:blank', title, status, detail }), {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  });
}

export function jsonResponse(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  });
}

export const STARTING: Problem = {
  status: 503,
  title: 'Starting',
  detail: 'Fortytick is still starting. Try again in a moment.',
};

export function badParameter(name: string, got: string, takes: string): Problem {
  return { status: 400, title: 'Bad parameter', detail: `${name} is "${got.slice(0, 100)}": it takes ${takes}.` };
}
