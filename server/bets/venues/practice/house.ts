// What the house can pay: its balance in the ledger, less what it would owe if every open bet won. No stake is taken that
// it could not pay five times. On the practice chain the house is funded by airdrop. Called by practice-venue.
import { DEFAULT_PAYOUT_MULTIPLE, STAKE_MAX_LAMPORTS, STAKE_MIN_LAMPORTS } from '@/lib/game/rules';
import { STAKE_STEP_LAMPORTS, type VenueRules } from '@/lib/risk/venue';
import { lamports, LAMPORTS_PER_SOL, type Lamports } from '@/lib/units/lamports';
import type { Clock } from '@/lib/units/time';
import type { Address, Chain } from '@/server/chain/chain';
import { readHouse } from '@/server/bets/venues/practice/venue-store';
import type { RecordDatabase } from '@/server/store/record-database';

export type House = {
  rules(): VenueRules;
  /** False when the house could not pay this bet too. Holds its share until the record shows it. */
  reserve(bet: { betId: string; stakeLamports: Lamports; payout: number }): boolean;
  /** True while not even the smallest stake can be taken. */
  isShort(): boolean;
  /** Reads the record again when that is due, and asks for funding. Throws what the record did. */
  refresh(): Promise<void>;
};

export type Funding = { readonly belowLamports: Lamports; readonly toLamports: Lamports };

/** 2,000 players with the largest stake; a house below half of it is filled up again. */
export const PRACTICE_FUNDING: Funding = {
  belowLamports: lamports(20_000n * LAMPORTS_PER_SOL),
  toLamports: lamports(40_000n * LAMPORTS_PER_SOL),
};

const REFRESH_MS = 1_000;
/** Longer than a bet can take from its preparation to its row, and the row to the next reading. */
const RESERVED_MS = 10_000;
const RESERVED_MAX = 10_000;
/** Longer than an airdrop takes to be final and booked, so that none is asked for twice. */
const FUNDING_EVERY_MS = 60_000;
/** Kept back for the fees of payments. */
const FEES_KEPT_LAMPORTS = LAMPORTS_PER_SOL / 100n;

export function createHouse({
  chain,
  database,
  address,
  funding,
  fundingUnderWay,
  clock,
  onFundingFault,
}: {
  chain: Pick<Chain, 'airdrop'>;
  database: RecordDatabase;
  address: Address;
  funding: Funding | null;
  /** Arrived, and not booked yet. */
  fundingUnderWay: () => bigint;
  clock: Clock;
  onFundingFault: (error: unknown) => void;
}): House {
  const reserved = new Map<string, { readonly lamports: bigint; readonly at: number }>();
  let held = 0n;
  let free = 0n;
  let readAt = -Infinity;
  let fundedAt = -Infinity;

  function room(): bigint {
    const oldest = clock() - RESERVED_MS;
    // Oldest first. A bet is counted twice until then, here and by its row: the house is never taken to have more.
    for (const [betId, { lamports: amount, at }] of reserved) {
      if (at >= oldest) break;
      reserved.delete(betId);
      held -= amount;
    }
    return free + fundingUnderWay() - held - FEES_KEPT_LAMPORTS;
  }

  async function fund(houseLamports: Lamports): Promise<void> {
    const have = houseLamports + fundingUnderWay();
    if (!funding || have >= funding.belowLamports || clock() - fundedAt < FUNDING_EVERY_MS) return;
    fundedAt = clock();
    try {
      await chain.airdrop(address, lamports(funding.toLamports - have));
    } catch (error) {
      onFundingFault(error);
    }
  }

  function maxStake(): bigint {
    const most = room() / BigInt(DEFAULT_PAYOUT_MULTIPLE - 1);
    const bounded = most < STAKE_MAX_LAMPORTS ? most : STAKE_MAX_LAMPORTS;
    return bounded - (bounded % STAKE_STEP_LAMPORTS);
  }

  return {
    rules() {
      const most = maxStake();
      return {
        minStakeLamports: lamports(STAKE_MIN_LAMPORTS),
        maxStakeLamports: lamports(most > STAKE_MIN_LAMPORTS ? most : STAKE_MIN_LAMPORTS),
        stakeStepLamports: STAKE_STEP_LAMPORTS,
      };
    },
    reserve({ betId, stakeLamports, payout }) {
      const owed = computeOwed(stakeLamports, payout);
      if (reserved.has(betId)) return true;
      if (owed > room() || reserved.size >= RESERVED_MAX) return false;
      reserved.set(betId, { lamports: owed, at: clock() });
      held += owed;
      return true;
    },
    isShort: () => maxStake() < STAKE_MIN_LAMPORTS,
    async refresh() {
      if (clock() - readAt < REFRESH_MS) return;
      const { houseLamports, owedLamports } = await database.use(readHouse);
      readAt = clock();
      free = houseLamports - owedLamports;
      await fund(houseLamports);
    },
  };
}

/** What a win takes from the house beside the stake itself; a payout is a multiple with at most a few decimals. */
function computeOwed(stakeLamports: Lamports, payout: number): bigint {
  const SCALE = 1_000_000;
  return (stakeLamports * BigInt(Math.ceil((payout - 1) * SCALE))) / BigInt(SCALE) + 1n;
}
