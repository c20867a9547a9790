// What every venue promises the engine, as tests: prepared, submitted, confirmed, final and paid back, told twice or after
// a restart, with the record away in between. A venue passes by giving a kit that plays its outside world.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Bet } from '@/lib/bets/bet';
import { lamports } from '@/lib/units/lamports';
import type { BetOwner, Venue } from '@/server/bets/venue';
import type { RecordingPort } from '@/server/bets/venues/test-kit/recording-port';

export type ContractKit = {
  venue(): Venue;
  port(): RecordingPort;
  readonly owner: BetOwner;
  /** A new bet on record, in the state `prepared`. */
  newBet(): Promise<Bet>;
  /** Prepared by the venue, and submitted the way the venue asks for. */
  submit(bet: Bet): Promise<void>;
  /** The outside world goes on until a stake that was submitted must be final. */
  takeStake(bet: Bet): Promise<void>;
  /** It goes on until a payment must be final. */
  takePayment(): Promise<void>;
  /** The process ends, and starts with what is on record. */
  restart(): Promise<void>;
  /** Times that money left the venue for this bet; null where none ever does. */
  paymentsOf(bet: Bet): number | null;
  close(): Promise<void>;
};

export function describeVenueContract(name: string, open: () => Promise<ContractKit>): void {
  describe(`the ${name} venue keeps the contract of venues`, () => {
    let kit: ContractKit;
    beforeEach(async () => void (kit = await open()));
    afterEach(() => kit.close());

    const won = (bet: Bet): Bet => ({ ...bet, state: 'won' });
    const payout = (bet: Bet) => lamports(bet.stakeLamports * 5n);

    it('takes a bet from prepared to paid, each step told once it is so', async () => {
      const bet = await kit.newBet();
      expect(kit.venue().problem()).toBeNull();
      await kit.submit(bet);
      await kit.takeStake(bet);
      expect(kit.port().of(bet.betId)).toEqual(['confirmed', 'finalized']);
      const [confirmed] = kit.port().find('confirmed');
      expect(confirmed).toMatchObject({ betId: bet.betId, stakeLamports: bet.stakeLamports });
      kit.venue().payBack(won(bet), kit.owner, payout(bet));
      await kit.takePayment();
      expect(kit.port().find('paid')).toMatchObject([{ betId: bet.betId, lamports: payout(bet) }]);
      expect(kit.paymentsOf(bet) ?? 1).toBe(1);
    });

    it('prepares in words, and with rules that leave room for a stake', async () => {
      const bet = await kit.newBet();
      const prepared = await kit.venue().prepare(bet, kit.owner);
      expect(prepared).toMatchObject({ ok: true });
      expect(prepared.ok && prepared.value.words.length).toBeGreaterThan(0);
      expect(prepared.ok && prepared.value.transaction !== undefined).toBe(kit.venue().submission === 'sign');
      expect(JSON.parse(JSON.stringify(prepared.ok && prepared.value.kept))).toEqual(
        prepared.ok && prepared.value.kept,
      );
      const { minStakeLamports, maxStakeLamports } = kit.venue().rules();
      expect(minStakeLamports).toBeGreaterThan(0n);
      expect(maxStakeLamports).toBeGreaterThanOrEqual(bet.stakeLamports);
    });

    it('is told to follow and to pay back many times, and does each once', async () => {
      const bet = await kit.newBet();
      await kit.submit(bet);
      for (let i = 0; i < 3; i++) kit.venue().follow(bet, kit.owner);
      await kit.takeStake(bet);
      kit.venue().payBack(won(bet), kit.owner, payout(bet));
      kit.venue().payBack(won(bet), kit.owner, payout(bet));
      await kit.takePayment();
      kit.venue().payBack(won(bet), kit.owner, payout(bet));
      await kit.takePayment();
      expect(kit.port().of(bet.betId)).toEqual(['confirmed', 'finalized', 'paid']);
      expect(kit.paymentsOf(bet) ?? 1).toBe(1);
    });

    it('goes on after a restart, told what stands open', async () => {
      const bet = await kit.newBet();
      await kit.submit(bet);
      await kit.restart();
      kit.venue().follow(bet, kit.owner);
      await kit.takeStake(bet);
      expect(kit.port().of(bet.betId)).toEqual(['confirmed', 'finalized']);
      kit.venue().payBack(won(bet), kit.owner, payout(bet));
      await kit.restart();
      kit.venue().payBack(won(bet), kit.owner, payout(bet));
      await kit.takePayment();
      expect(kit.port().of(bet.betId)).toContain('paid');
      expect(kit.paymentsOf(bet) ?? 1).toBe(1);
    });

    it('told after a restart to follow a bet that was taken: makes it final', async () => {
      const bet = await kit.newBet();
      await kit.submit(bet);
      await kit.takeStake(bet);
      const { told } = kit.port();
      await kit.restart();
      // What the record knows, the engine that is told knows too.
      kit.port().told.push(...told.filter(({ report }) => report === 'confirmed'));
      kit.venue().follow({ ...bet, state: 'active' }, kit.owner);
      await kit.takePayment();
      expect(kit.port().find('failed')).toEqual([]);
      if (kit.paymentsOf(bet) === null) expect(kit.port().of(bet.betId)).toEqual(['confirmed', 'finalized']);
    });

    it('tells again what the record could not take', async () => {
      const bet = await kit.newBet();
      await kit.submit(bet);
      kit.port().refusing = true;
      await kit.takeStake(bet);
      expect(kit.port().told).toEqual([]);
      kit.port().refusing = false;
      await kit.takeStake(bet);
      expect(kit.port().of(bet.betId)).toEqual(['confirmed', 'finalized']);
    });
  });
}
