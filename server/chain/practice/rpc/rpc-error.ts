// Errors of the Solana JSON-RPC, with the codes and words of a validator: clients look at both.

export class RpcError extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly data?: unknown,
  ) {
    super(message);
    this.name = 'RpcError';
  }
}

export const INVALID_PARAMS = -32602;
export const INTERNAL_ERROR = -32603;

export function invalidParams(message: string): RpcError {
  return new RpcError(INVALID_PARAMS, message);
}

export const preflightFailure = (message: string, data: unknown) => new RpcError(-32002, message, data);
export const badSignature = () => new RpcError(-32003, 'Transaction signature verification failure');
export const nodeUnhealthy = () => new RpcError(-32005, 'Node is unhealthy', { numSlotsBehind: null });
export const slotUnavailable = (slot: number) =>
  new RpcError(-32009, `Slot ${slot} was skipped, or missing in long-term storage`);
export const unsupportedVersion = (version: number) =>
  new RpcError(
    -32015,
    `Transaction version (${version}) is not supported by the requesting client. Please try the request again with the ` +
      `following configuration parameter: "maxSupportedTransactionVersion": ${version}`,
  );
export const contextSlotNotReached = (contextSlot: number) =>
  new RpcError(-32016, 'Minimum context slot has not been reached', { contextSlot });
