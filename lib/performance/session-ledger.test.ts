import { describe, expect, it } from 'vitest';
import { computeSessionLedger, findSkipped, type AdvisedBet } from '@/lib/performance/session-ledger';
import { settledBets } from '@/lib/performance/session-bet';
import { sessionBet } from '@/lib/performance/test-kit/session-bets';
import { gameId } from '@/lib/units/game-id';
import { lamports } from '@/lib/units/lamports';

const GAME = gameId('20260101-0000000000000001');
const OTHER = gameId('20260101-0000000000000002');

function advised(parts: Partial<AdvisedBet>): AdvisedBet {
  const startTick = parts.startTick ?? (parts.tick ?? 20) + 1;
  const stake = { stakeLamports: lamports(100n), outcome: 'lost', netLamports: lamports(-100n) } as const;
  return { gameId: GAME, tick: 20, startTick, ...stake, ...parts };
}

describe('advice that was skipped', () => {
  it('is advice in a game without a bet of the player on the window', () => {
    const bet = sessionBet({ betId: 'b', gameId: GAME, startTick: 100 });
    const near = advised({ tick: 80 });
    const far = advised({ tick: 200 });
    const elsewhere = advised({ gameId: OTHER, tick: 100 });
    expect(findSkipped([near, far, elsewhere], [bet])).toEqual([far, elsewhere]);
  });

  it('counts a bet that never was as no bet, and one that is void as one', () => {
    const one = advised({ tick: 10 });
    expect(findSkipped([one], [sessionBet({ betId: 'b', state: 'expired', startTick: null })])).toEqual([one]);
    expect(findSkipped([one], [sessionBet({ betId: 'b', state: 'refunded', startTick: null })])).toEqual([]);
  });

  it('counts windows that overlap once: one bet at a time is the rule', () => {
    const [first, during, after] = [advised({ tick: 0 }), advised({ tick: 30 }), advised({ tick: 40 })];
    expect(findSkipped([after, during, first], [])).toEqual([first, after]);
  });
});

describe('the three-way ledger', () => {
  it('holds advised, taken and settled apart, with the result of each', () => {
    const stake = lamports(50n);
    const bets = [
      sessionBet({
        betId: 'a',
        state: 'paid',
        stance: 'followed',
        stakeLamports: stake,
        advisedLamports: lamports(60n),
      }),
      sessionBet({ betId: 'b', state: 'lost', stance: 'against', stakeLamports: stake }),
      sessionBet({ betId: 'c', state: 'refunded', stance: 'against', stakeLamports: stake }),
      sessionBet({ betId: 'd', state: 'lost', stance: null, stakeLamports: stake }),
    ];
    const won = advised({ gameId: OTHER, outcome: 'won', netLamports: lamports(400n) });
    const missed = advised({ gameId: OTHER, tick: 90, outcome: 'missed', netLamports: lamports(0n) });
    expect(computeSessionLedger({ bets, settled: settledBets(bets), skipped: [won, missed] })).toEqual([
      row('followed', { advisedLamports: 60n, takenLamports: 50n, won: 1, netLamports: 200n }),
      row('against', { bets: 2, takenLamports: 50n, lost: 1, uncounted: 1, netLamports: -50n }),
      row('unadvised', { takenLamports: 50n, lost: 1, netLamports: -50n }),
      row('skipped', { bets: 2, advisedLamports: 100n, won: 1, uncounted: 1, netLamports: 400n }),
    ]);
  });
});

function row(kind: string, parts: object) {
  const none = { advisedLamports: 0n, takenLamports: 0n, won: 0, lost: 0, uncounted: 0, netLamports: 0n };
  return { kind, bets: 1, ...none, ...parts };
}
