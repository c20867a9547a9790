// How many airdrops a wallet may still have within a day. The chain itself is the record: what it gave is read from it the
// first time a wallet asks, so that a restart and a deleted account forget nothing; from then on it is counted here. Bounded:
// at the bound the wallet read longest ago is read again.
import type { Clock, EpochMs } from '@/lib/units/time';
import { lamports, LAMPORTS_PER_SOL } from '@/lib/units/lamports';
import type { Address, Chain } from '@/server/chain/chain';

export type AirdropAllowance = {
  left(address: Address): Promise<number>;
  /** Takes one; null when there is none. */
  take(address: Address): Promise<TakenAirdrop | null>;
  /** Until the next one is free again. */
  waitMs(address: Address): Promise<number>;
};

export type TakenAirdrop = {
  readonly left: number;
  /** The airdrop did not come to be. */
  giveBack(): void;
};

export const AIRDROP_LAMPORTS = lamports(10n * LAMPORTS_PER_SOL);
export const AIRDROPS_A_DAY = 3;
const DAY_MS = 86_400_000;
const WALLETS_MAX = 10_000;

export function createAirdropAllowance({
  chain,
  clock,
}: {
  chain: Pick<Chain, 'signaturesOf' | 'transaction'>;
  clock: Clock;
}): AirdropAllowance {
  const wallets = new Map<Address, Promise<EpochMs[]>>();

  /** The times of one wallet's airdrops, oldest first: the same array for all who ask, those of a day in it. */
  async function timesOf(address: Address): Promise<EpochMs[]> {
    const known = wallets.get(address) ?? readAirdrops(chain, { address, now: clock() });
    if (!wallets.has(address)) {
      wallets.set(address, known);
      if (wallets.size > WALLETS_MAX) wallets.delete(wallets.keys().next().value!);
      known.catch(() => wallets.delete(address));
    }
    const times = await known;
    while (times[0] !== undefined && clock() - times[0] >= DAY_MS) times.shift();
    return times;
  }

  return {
    left: async (address) => Math.max(0, AIRDROPS_A_DAY - (await timesOf(address)).length),
    async take(address) {
      const times = await timesOf(address);
      if (times.length >= AIRDROPS_A_DAY) return null;
      const at = clock();
      times.push(at);
      const giveBack = () => void times.splice(times.indexOf(at), 1);
      return { left: AIRDROPS_A_DAY - times.length, giveBack };
    },
    waitMs: async (address) => Math.max(0, ((await timesOf(address))[0] ?? -Infinity) + DAY_MS - clock()),
  };
}

/** Stakes, payouts and refunds carry a memo; of what comes without one only so much is looked at. */
const LOOKED_AT_MAX = 50;

async function readAirdrops(
  chain: Pick<Chain, 'signaturesOf' | 'transaction'>,
  { address, now }: { address: Address; now: EpochMs },
): Promise<EpochMs[]> {
  const newestFirst = await chain.signaturesOf(address, { until: null, before: null });
  const times: EpochMs[] = [];
  for (const { signature } of newestFirst.filter(({ memos }) => memos.length === 0).slice(0, LOOKED_AT_MAX)) {
    const landed = await chain.transaction(signature);
    if (landed?.blockTime && now - landed.blockTime >= DAY_MS) break;
    if (landed?.blockTime && isAirdrop(landed, address)) times.unshift(landed.blockTime);
  }
  return times;
}

/** Somebody else paid for it, and it brought just as much as an airdrop does. */
function isAirdrop({ failed, feePayer, changes }: Landed, address: Address): boolean {
  return !failed && feePayer !== address && changes.get(address) === AIRDROP_LAMPORTS;
}

type Landed = NonNullable<Awaited<ReturnType<Chain['transaction']>>>;
