// A signed stake that the server does not have yet, kept by the tab so that neither a lost connection nor a reload loses
// it. It moves nothing by itself: only the server relays it. One at a time, as there is one open bet at a time.
import { z } from 'zod';
import { KEPT_STAKE_KEY } from '@/components/bet/has-kept-stake';
import { BET_ID_PATTERN, lamportsText } from '@/lib/protocol/bets-api';

const keptSchema = z.object({
  betId: z.string().regex(BET_ID_PATTERN),
  accountId: z.string().max(100),
  transaction: z.string().max(4_000),
  stakeLamports: lamportsText,
  expiresAt: z.number(),
});
export type KeptStake = z.infer<typeof keptSchema>;

export type StakeKeeper = {
  keep(stake: KeptStake): void;
  kept(): KeptStake | null;
  forget(): void;
};

/** `storage` is null where the browser refuses it: the stake then lasts as long as the page. */
export function createStakeKeeper(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null): StakeKeeper {
  let held: KeptStake | null = null;
  return {
    keep(stake) {
      held = stake;
      attempt(() => storage?.setItem(KEPT_STAKE_KEY, JSON.stringify(stake)));
    },
    kept() {
      if (held) return held;
      const text = attempt(() => storage?.getItem(KEPT_STAKE_KEY)) ?? null;
      if (text === null) return null;
      const parsed = keptSchema.safeParse(attempt(() => JSON.parse(text) as unknown));
      return parsed.success ? parsed.data : null;
    },
    forget() {
      held = null;
      attempt(() => storage?.removeItem(KEPT_STAKE_KEY));
    },
  };
}

/** Storage may be missing, full or forbidden, and what is in it anything at all. */
function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
