// What the player signs for a bet of the practice venue, in bytes and in words. Pure: the blockhash comes in. Called by the
// venue's `prepare`; check-stake.ts holds what comes back against exactly this.
import { sol } from '@/lib/risk/words';
import type { Lamports } from '@/lib/units/lamports';
import type { Address, Blockhash } from '@/server/chain/chain';
import { toMemo } from '@/server/bets/venues/practice/memo';
import { buildTransferMessage, toTransactionBytes } from '@/server/bets/venues/practice/transfer-message';
import { z } from 'zod';

export type StakeTerms = {
  readonly betId: string;
  readonly player: Address;
  readonly venue: Address;
  readonly stakeLamports: Lamports;
  readonly feeLamports: Lamports;
};

/** Kept with the bet as plain JSON, and all that is needed to check and relay what the player signs. */
export const keptStakeSchema = z.object({
  message: z.string().max(2_000),
  venue: z.string(),
  lastValidBlockHeight: z.int().min(0),
  feeLamports: z.string().regex(/^\d+$/),
});
export type KeptStake = z.infer<typeof keptStakeSchema>;

export type StakeTransaction = {
  readonly bytes: Uint8Array;
  readonly kept: KeptStake;
  readonly words: readonly string[];
};

export function prepareStake(terms: StakeTerms, { blockhash, lastValidBlockHeight }: Blockhash): StakeTransaction {
  const message = buildTransferMessage({
    from: terms.player,
    to: terms.venue,
    lamports: terms.stakeLamports,
    memo: toMemo('bet', terms.betId),
    blockhash,
  });
  return {
    bytes: toTransactionBytes(message),
    kept: {
      message: Buffer.from(message).toString('base64'),
      venue: terms.venue,
      lastValidBlockHeight,
      feeLamports: terms.feeLamports.toString(),
    },
    words: describeStake(terms),
  };
}

/** One sentence a line, and nothing left out. */
export function describeStake({
  stakeLamports,
  feeLamports,
}: Pick<StakeTerms, 'stakeLamports' | 'feeLamports'>): string[] {
  return [
    `Pay ${sol(stakeLamports)} from your wallet to the practice venue.`,
    `Pay the network fee of ${sol(feeLamports)}.`,
    'Nothing else.',
  ];
}
