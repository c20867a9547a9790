// One JSON-RPC request, or a batch of them, to its answer. It knows no transport; the HTTP and websocket servers call it.
import { ACCOUNT_METHODS } from '@/server/chain/practice/rpc/account-methods';
import { CLUSTER_METHODS } from '@/server/chain/practice/rpc/cluster-methods';
import type { Methods, RpcContext } from '@/server/chain/practice/rpc/method';
import type { Params } from '@/server/chain/practice/rpc/params';
import { INTERNAL_ERROR, INVALID_PARAMS, RpcError } from '@/server/chain/practice/rpc/rpc-error';
import { TRANSACTION_METHODS } from '@/server/chain/practice/rpc/transaction-methods';

/** A body of 50 KiB holds no more; a batch beyond it is refused as a whole. */
export const BATCH_MAX = 500;

export const RPC_METHODS: Methods = { ...CLUSTER_METHODS, ...ACCOUNT_METHODS, ...TRANSACTION_METHODS };

type Id = string | number | null;
export type RpcAnswer =
  | { readonly jsonrpc: '2.0'; readonly result: unknown; readonly id: Id }
  | { readonly jsonrpc: '2.0'; readonly error: { code: number; message: string; data?: unknown }; readonly id: Id };

export type Call = (method: string, params: Params) => unknown;

export function createCall(context: RpcContext): Call {
  return (method, params) => {
    const run = Object.hasOwn(RPC_METHODS, method) ? RPC_METHODS[method] : undefined;
    if (!run) throw new RpcError(-32601, 'Method not found');
    return run(context, params);
  };
}

/** Null when nothing is to be answered: every request was a notification. */
export function handleRpc(body: string, call: Call): RpcAnswer | RpcAnswer[] | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return fail(null, new RpcError(-32700, 'Parse error'));
  }
  if (!Array.isArray(parsed)) return answer(parsed, call);
  if (parsed.length === 0 || parsed.length > BATCH_MAX) return fail(null, new RpcError(-32600, 'Invalid Request'));
  const answers = parsed.map((request) => answer(request, call)).filter((one) => one !== null);
  return answers.length === 0 ? null : answers;
}

function answer(request: unknown, call: Call): RpcAnswer | null {
  if (typeof request !== 'object' || request === null) return fail(null, new RpcError(-32600, 'Invalid Request'));
  const { id, method, params = [] } = request as { id?: unknown; method?: unknown; params?: unknown };
  const isNotification = id === undefined;
  const known: Id = typeof id === 'string' || typeof id === 'number' ? id : null;
  if (typeof method !== 'string') return fail(known, new RpcError(-32600, 'Invalid Request'));
  try {
    if (!Array.isArray(params)) throw new RpcError(INVALID_PARAMS, 'Invalid params: expected an array.');
    const result = call(method, params);
    return isNotification ? null : { jsonrpc: '2.0', result, id: known };
  } catch (error) {
    return isNotification ? null : fail(known, error);
  }
}

function fail(id: Id, error: unknown): RpcAnswer {
  if (!(error instanceof RpcError)) {
    const message = error instanceof Error ? error.message : String(error);
    return { jsonrpc: '2.0', error: { code: INTERNAL_ERROR, message: `Internal error: ${message}` }, id };
  }
  const { code, message, data } = error;
  return { jsonrpc: '2.0', error: { code, message, ...(data === undefined ? {} : { data }) }, id };
}
