// Laws: whatever the bets, every settled one is in each table exactly once, money adds up to the lamport, void, open and
// expired bets move nothing, and no figure is told that has no meaning.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settledBets } from '@/lib/performance/session-bet';
import { computeSessionReport } from '@/lib/performance/session-report';
import { sessionBet, sessionBets } from '@/lib/performance/test-kit/session-bets';
import { epochMs } from '@/lib/units/time';
import { lamports } from '@/lib/units/lamports';

const sumOf = (amounts: readonly bigint[]) => amounts.reduce((sum, one) => sum + one, 0n);

describe('the report of a session', () => {
  it('counts every bet once, and every settled one once in each table', () => {
    fc.assert(
      fc.property(sessionBets, (bets) => {
        const { counts, byStrategy, byZone, ledger, equity, stakedLamports } = computeSessionReport(bets, []);
        expect(counts.open + counts.won + counts.lost + counts.void + counts.expired).toBe(bets.length);
        const settled = counts.won + counts.lost;
        expect(equity.points).toHaveLength(settled);
        for (const groups of [byStrategy, byZone]) {
          expect(groups.reduce((sum, group) => sum + group.bets, 0)).toBe(settled);
          expect(groups.reduce((sum, group) => sum + group.won, 0)).toBe(counts.won);
          expect(sumOf(groups.map((group) => group.netLamports))).toBe(equity.netLamports);
          expect(sumOf(groups.map((group) => group.stakedLamports))).toBe(stakedLamports);
        }
        expect(ledger.reduce((sum, row) => sum + row.bets, 0)).toBe(bets.length);
        expect(ledger.reduce((sum, row) => sum + row.won + row.lost, 0)).toBe(settled);
        expect(sumOf(ledger.map((row) => row.takenLamports))).toBe(stakedLamports);
        expect(sumOf(ledger.map((row) => row.netLamports))).toBe(equity.netLamports);
      }),
    );
  });

  it('is changed by open, void and expired bets in their counts alone', () => {
    fc.assert(
      fc.property(sessionBets, (bets) => {
        const settled = computeSessionReport(settledBets(bets), []);
        const all = computeSessionReport(bets, []);
        for (const part of ['equity', 'luck', 'roi', 'sharpe', 'streak', 'byStrategy', 'byZone'] as const)
          expect(all[part]).toEqual(settled[part]);
      }),
    );
  });

  it('does not depend on the order in which bets are read', () => {
    fc.assert(
      fc.property(
        sessionBets.chain((bets) => fc.tuple(fc.constant(bets), fc.shuffledSubarray(bets, { minLength: bets.length }))),
        ([bets, shuffled]) => {
          const [one, other] = [computeSessionReport(bets, []), computeSessionReport(shuffled, [])];
          expect(other.equity).toEqual(one.equity);
          expect(other.ledger).toEqual(one.ledger);
          expect(other.streak.longest).toBe(one.streak.longest);
        },
      ),
    );
  });

  it('keeps each figure inside what it can be, or says none', () => {
    fc.assert(
      fc.property(sessionBets, (bets) => {
        const { equity, luck, roi, sharpe, streak, counts } = computeSessionReport(bets, []);
        expect(equity.drawdownLamports >= equity.currentDrawdownLamports).toBe(true);
        expect(equity.currentDrawdownLamports >= 0n).toBe(true);
        expect(equity.peakLamports - equity.currentDrawdownLamports).toBe(equity.netLamports);
        if (roi) {
          expect(roi.lower).toBeLessThanOrEqual(roi.value + 1e-12);
          expect(roi.upper).toBeGreaterThanOrEqual(roi.value - 1e-12);
          expect(roi.lower).toBeGreaterThanOrEqual(-1 - 1e-12);
        } else expect(counts.won + counts.lost).toBe(0);
        if (sharpe) expect(Number.isFinite(sharpe.value) && sharpe.lower < sharpe.upper).toBe(true);
        if (luck) {
          expect(luck.atLeast + luck.atMost).toBeGreaterThanOrEqual(1 - 1e-9);
          expect(luck.verdict === 'more' && luck.won < luck.expectedWins).toBe(false);
          expect(luck.verdict === 'fewer' && luck.won > luck.expectedWins).toBe(false);
        }
        expect(streak.longest).toBeLessThanOrEqual(counts.lost);
        if (streak.expected !== null) expect(streak.expected).toBeLessThanOrEqual(counts.won + counts.lost + 1e-9);
      }),
    );
  });

  it('draws the curve of a known session: down two stakes, up four, down one', () => {
    const stake = lamports(10n);
    const outcomes = ['lost', 'lost', 'paid', 'refunded', 'lost'] as const;
    const bets = outcomes.map((state, n) =>
      sessionBet({ betId: `b${n}`, state, stakeLamports: stake, settledAt: epochMs(n) }),
    );
    const { equity, streak } = computeSessionReport(bets, []);
    expect(equity.points.map(({ netLamports }) => netLamports)).toEqual([-10n, -20n, 20n, 10n]);
    expect(equity).toMatchObject({ peakLamports: 20n, drawdownLamports: 20n, currentDrawdownLamports: 10n });
    expect(streak.longest).toBe(2);
  });
});
