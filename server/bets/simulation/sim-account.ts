// A player's account in a simulated world: limits wide enough that most bets pass, so that what is tried out is the bets.
import type { Account } from '@/lib/account/account';
import { defaultSafety, defaultSettings } from '@/lib/account/default-account';
import { lamports, LAMPORTS_PER_SOL } from '@/lib/units/lamports';
import type { EpochMs } from '@/lib/units/time';

const WIDE = lamports(1_000n * LAMPORTS_PER_SOL);

export function createSimAccount(accountId: string, now: EpochMs): Account {
  const safety = defaultSafety(now);
  return {
    accountId,
    publicKey: walletOf(accountId),
    createdAt: now,
    oddsAcceptedAt: now,
    playerId: null,
    settings: defaultSettings(),
    safety: {
      ...safety,
      realityCheckMs: null,
      highRiskLamports: WIDE,
      limits: {
        ...safety.limits,
        bankrollLamports: WIDE,
        maxStakeFraction: 1,
        maxDrawdownFraction: 1,
        perGameLossLamports: WIDE,
        perSessionLossLamports: WIDE,
        perHourLossLamports: WIDE,
        perDayLossLamports: WIDE,
        maxConsecutiveLosses: 100,
        coolingOffMs: 0,
        minReliability: 0,
      },
    },
    version: 1,
  };
}

export function walletOf(accountId: string): string {
  return `wallet of ${accountId}`;
}
