import { describe, expect, it } from 'vitest';
import { placeBet, settleBet, startGame } from '@/lib/risk/play-session';
import { aProfile, NOW, sol } from '@/lib/strategy/test-kit/cases';

const BET = { stakeLamports: sol('0.1'), startTick: 40, endTick: 80 };

describe("the player's session", () => {
  it('counts a loss, its streak and its time, and takes it from the bankroll', () => {
    const lost = settleBet(placeBet(aProfile(), BET), { won: false, payout: 5, at: NOW });
    expect(lost.bankrollLamports).toBe(sol('1.9'));
    expect(lost.session).toMatchObject({
      bets: 1,
      wins: 0,
      netLamports: -sol('0.1'),
      peakNetLamports: 0n,
      gameNetLamports: -sol('0.1'),
      consecutiveLosses: 1,
      streakLossLamports: sol('0.1'),
      lastLossAt: NOW,
      openBet: null,
    });
  });

  it('ends the streak with a win, which pays four stakes at payout 5', () => {
    const lost = settleBet(placeBet(aProfile({ balanceLamports: sol('3') }), BET), { won: false, payout: 5, at: NOW });
    const won = settleBet(placeBet(lost, BET), { won: true, payout: 5, at: NOW });
    expect(won.bankrollLamports).toBe(sol('2.3'));
    expect(won.balanceLamports).toBe(sol('3.3'));
    expect(won.session).toMatchObject({ wins: 1, netLamports: sol('0.3'), peakNetLamports: sol('0.3') });
    expect(won.session).toMatchObject({ consecutiveLosses: 0, streakLossLamports: 0n, lastLossAt: NOW });
  });

  it('keeps the session across games and starts each game from nothing', () => {
    const lost = settleBet(placeBet(aProfile(), BET), { won: false, payout: 5, at: NOW });
    const next = startGame(lost);
    expect(next.session.gameNetLamports).toBe(0n);
    expect(next.session.netLamports).toBe(-sol('0.1'));
  });

  it('changes nothing when there is no bet to settle', () => {
    const profile = aProfile();
    expect(settleBet(profile, { won: true, payout: 5, at: NOW })).toBe(profile);
  });
});
