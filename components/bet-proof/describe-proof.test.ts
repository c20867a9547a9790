// The words of a proof against the rule itself, and every way a bet can end.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  agreementText,
  applyRuleInWords,
  moneyLines,
  ownConclusion,
  proofVerdict,
  ruleOf,
} from '@/components/bet-proof/describe-proof';
import { explorerLink, shortSignature } from '@/components/bet-proof/explorer-link';
import { checkRound } from '@/components/verify/check-round';
import { replayGame, hashServerSeed } from '@/lib/game/provably-fair';
import { sideBetWins } from '@/lib/game/rules';
import { BET_STATES } from '@/lib/bets/bet';
import type { BetProof } from '@/lib/protocol/sessions-api';

const BET_ID = 'betzzzzzzzzzzzzzzzzz1';
const GAME_ID = '20251207-1e01ac417e8043ca';
/** The known answer of game-facts: rug tick 92. */
const SEED = 'e2896666bec952ac4dbc65d73e1d08dcd5da597137dcf6255f23cd67db9dcd7c';

function proof(bet: Partial<BetProof['bet']>, parts: Partial<BetProof> = {}): BetProof {
  return {
    bet: {
      id: BET_ID,
      venue: 'practice',
      state: 'lost',
      strategyId: null,
      stakeLamports: '10000000',
      payout: 5,
      gameId: GAME_ID,
      preparedTick: 59,
      startTick: 60,
      endTick: 100,
      rugTick: 92,
      preparedAt: 0,
      submittedAt: 1,
      activeAt: 2,
      settledAt: 3,
      closedAt: 4,
      stakeFinal: true,
      paidLamports: null,
      reason: null,
      ...bet,
    },
    game: null,
    checks: null,
    rule: { outcome: null, agrees: null },
    path: { firstTick: 0, prices: [] },
    advice: null,
    events: [],
    cluster: 'practice',
    transactions: [],
    money: { payoutLamports: '50000000', netLamports: null },
    ...parts,
  };
}

describe('the rule in words', () => {
  it('comes to what the rule comes to, and is true in each step only when it is true in all', () => {
    fc.assert(
      fc.property(fc.nat({ max: 4_999 }), fc.nat({ max: 5_000 }), (startTick, rugTick) => {
        const { outcome, steps } = applyRuleInWords({ startTick, rugTick });
        expect(outcome === 'won').toBe(sideBetWins({ startTick, rugTick }));
        expect(steps.every(({ holds }) => holds)).toBe(outcome === 'won');
      }),
    );
    expect(applyRuleInWords({ startTick: 60, rugTick: 92 }).formula).toBe('60 < 92 ≤ 100');
  });

  it('is not applied where a tick is missing, and says nothing of agreement then', () => {
    expect(ruleOf(proof({}))).toBeNull();
    expect(agreementText(proof({}))).toBeNull();
    expect(agreementText(proof({}, { rule: { outcome: 'won', agrees: false } }))).toContain('That is a fault');
  });
});

describe('the settlement in words', () => {
  it('has a title, a sentence and money for every state a bet can be in', () => {
    for (const state of BET_STATES) {
      const one = proof({ state, paidLamports: state === 'paid' ? '50000000' : null });
      expect(proofVerdict(one).title, state).not.toBe('');
      expect(proofVerdict(one).sentence, state).not.toBe('');
      expect(moneyLines(one).length, state).toBeGreaterThanOrEqual(2);
    }
  });

  it('counts the payout with the stake in it, and the fee of the stake only', () => {
    const transaction = {
      attempt: 1,
      status: 'finalized',
      signature: 's',
      slot: 1,
      feeLamports: '5000',
      sentAt: 0,
      confirmedAt: 1,
      finalizedAt: 2,
      chain: null,
    } as const;
    const won = proof(
      { state: 'paid', paidLamports: '50000000' },
      {
        money: { payoutLamports: '50000000', netLamports: '40000000' },
        transactions: [
          { ...transaction, role: 'stake' },
          { ...transaction, role: 'payout' },
        ],
      },
    );
    expect(moneyLines(won).map(({ amount }) => amount)).toEqual(['0.01 SOL', '0.05 SOL', '+0.04 SOL', '0.000005 SOL']);
  });
});

describe('the conclusion of the reader’s own device', () => {
  const replayed = replayGame({ serverSeed: SEED, gameId: GAME_ID, version: 'v3' });
  const round = { serverSeed: SEED, gameId: GAME_ID, version: 'v3', serverSeedHash: hashServerSeed(SEED) } as const;
  const check = checkRound({ ...round, recorded: { prices: [...replayed.prices, 0.01], peak: replayed.peak } });

  it('agrees with a bet settled rightly, and objects to one that was not', () => {
    expect(check.verdict).toBe('verified');
    const rightly = ownConclusion({ check, bet: proof({ state: 'won' }).bet });
    expect(rightly).toEqual({
      outcome: 'ok',
      text: 'From the seed the game rugs at tick 92: 60 < 92 ≤ 100 holds, so the bet is won, as it was settled.',
    });
    expect(ownConclusion({ check, bet: proof({ state: 'lost' }).bet }).outcome).toBe('failed');
    expect(ownConclusion({ check, bet: proof({ state: 'lost', startTick: 10 }).bet }).outcome).toBe('ok');
  });

  it('claims nothing of a bet that never began or is void', () => {
    for (const bet of [{ startTick: null }, { state: 'refunded' as const }])
      expect(ownConclusion({ check, bet: proof(bet).bet }).outcome).toBe('open');
  });
});

describe('where a transaction can be looked up', () => {
  it('is an explorer of its cluster, our own page for the practice chain, or nowhere', () => {
    const of = (cluster: BetProof['cluster']) => explorerLink({ cluster, signature: 'sig', betId: BET_ID });
    expect(of('mainnet-beta')).toBe('https://explorer.solana.com/tx/sig');
    expect(of('devnet')).toBe('https://explorer.solana.com/tx/sig?cluster=devnet');
    expect(of('practice')).toBe(`/bets/${BET_ID}#transactions`);
    expect([of('unknown'), of(null)]).toEqual([null, null]);
    expect(shortSignature('abcdefghijklmnop')).toBe('abcd…mnop');
  });
});
