// Bets of a session in any order and any state, for the tests of their figures.
import fc from 'fast-check';
import { BET_STATES } from '@/lib/bets/bet';
import { STANCES } from '@/lib/bets/bet-advice';
import { ZONES } from '@/lib/decision/zone';
import type { SessionBet } from '@/lib/performance/session-bet';
import { gameId } from '@/lib/units/game-id';
import { lamports } from '@/lib/units/lamports';
import { epochMs } from '@/lib/units/time';

const GAME_ID = gameId('20260101-0000000000000001');

export function sessionBet(parts: Partial<SessionBet> & Pick<SessionBet, 'betId'>): SessionBet {
  const isSettled = parts.state === undefined || ['won', 'paid', 'lost'].includes(parts.state);
  return {
    state: 'lost',
    stakeLamports: lamports(10_000_000n),
    payout: 5,
    gameId: GAME_ID,
    strategyId: null,
    preparedTick: 10,
    startTick: 12,
    settledAt: isSettled ? epochMs(1_000) : null,
    winProbability: 0.18,
    zone: 'negative',
    stance: 'against',
    advisedLamports: lamports(0n),
    ...parts,
  };
}

const amount = (min: bigint) => fc.bigInt({ min, max: 5_000_000_000n }).map(lamports);

export const sessionBets: fc.Arbitrary<SessionBet[]> = fc
  .array(
    fc.record({
      state: fc.constantFrom(...BET_STATES),
      stakeLamports: amount(1n),
      payout: fc.constantFrom(5, 5, 4.5, 2),
      strategyId: fc.constantFrom(null, 'flat-stake', 'zone-based'),
      settledAt: fc.nat({ max: 20 }).map(epochMs),
      winProbability: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { freq: 8 }),
      zone: fc.option(fc.constantFrom(...ZONES)),
      stance: fc.option(fc.constantFrom(...STANCES)),
      advisedLamports: amount(0n),
    }),
    { maxLength: 30 },
  )
  .map((bets) =>
    bets.map((bet, n) => {
      const settledAt = ['won', 'paid', 'lost', 'void', 'refunded'].includes(bet.state) ? bet.settledAt : null;
      return sessionBet({ ...bet, settledAt, betId: `bet-${n}` });
    }),
  );
