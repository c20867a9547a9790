// What every RPC method is given, and how its answer names the slot it is true of.
import type { Commitment } from '@/server/chain/chain';
import type { PracticeFaults } from '@/server/chain/practice/faults';
import type { PracticeChain } from '@/server/chain/practice/core/practice-chain';
import type { Config, Params } from '@/server/chain/practice/rpc/params';
import { contextSlotNotReached, invalidParams } from '@/server/chain/practice/rpc/rpc-error';

export type RpcContext = {
  readonly chain: PracticeChain;
  readonly faults: PracticeFaults;
  /** False while blocks cannot be saved: nothing more is taken in then. */
  readonly isHealthy: () => boolean;
  readonly random: () => number;
};

export type Method = (context: RpcContext, params: Params) => unknown;
export type Methods = Readonly<Record<string, Method>>;

export function commitmentOf({ commitment }: Config): Commitment {
  return commitment ?? 'finalized';
}

export function atLeastConfirmed(config: Config): Commitment {
  const commitment = commitmentOf(config);
  if (commitment === 'processed') throw invalidParams('Method does not support commitment below `confirmed`');
  return commitment;
}

/** Also checks that the chain has come as far as the caller has seen it. */
export function slotOf({ chain }: RpcContext, config: Config): number {
  const slot = chain.ledger.slot(commitmentOf(config));
  if (config.minContextSlot && slot < config.minContextSlot) throw contextSlotNotReached(slot);
  return slot;
}

export function withContext(context: RpcContext, config: Config, value: unknown) {
  return { context: { apiVersion: API_VERSION, slot: slotOf(context, config) }, value };
}

/** Of the validator whose answers are imitated. */
export const API_VERSION = '2.3.0';
