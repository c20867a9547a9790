// The practice venue: the stake is a transaction that the player signs, the venue watches its address, and pays back from
// it. This file puts the parts together and turns the wheel: at every slot one round of watching, relaying and paying, one
// at a time, with growing pauses while the chain or the record is away. docs/venues.md tells the whole.
import type { BetOwner, CheckedStake, Preparation, Venue, VenuePort } from '@/server/bets/venue';
import type { Bet } from '@/lib/bets/bet';
import { betProblem, type BetProblem } from '@/lib/protocol/bet-problem';
import type { Lamports } from '@/lib/units/lamports';
import { err, ok, type Result } from '@/lib/units/result';
import type { Address, Blockhash } from '@/server/chain/chain';
import { checkStake } from '@/server/bets/venues/practice/check-stake';
import { createHouse } from '@/server/bets/venues/practice/house';
import { TRANSACTION_FEE_LAMPORTS } from '@/server/bets/venues/practice/movement';
import { prepareStake } from '@/server/bets/venues/practice/stake-transaction';
import { checkWallet, explainSimulation } from '@/server/bets/venues/practice/try-stake';
import { createVenueLoop, type AfterRound, type VenueLoop } from '@/server/bets/venues/practice/venue-loop';
import type { PracticeVenueParts } from '@/server/bets/venues/practice/venue-parts';

export type PracticeVenue = Venue & {
  readonly address: Address;
  /** Called after every round; see AfterRound. */
  onRound(listener: (round: AfterRound) => Promise<void>): void;
  /** Resolves when no round is under way. */
  idle(): Promise<void>;
};

/** A blockhash lives for 150 blocks; one this old serves as well as a new one. */
const BLOCKHASH_FRESH_MS = 400;
/** Checked and not yet followed: between two steps of the engine. */
const CHECKED_MAX = 2_000;

export function createPracticeVenue(parts: PracticeVenueParts): PracticeVenue {
  const { chain, database, venueKey, clock, log } = parts;
  const listeners: ((round: AfterRound) => Promise<void>)[] = [];
  const checked = new Map<string, CheckedStake>();
  let loop: VenueLoop | null = null;
  let blockhash: { readonly at: number; readonly value: Promise<Blockhash> } | null = null;
  let least: Promise<Lamports> | null = null;
  const house = createHouse({
    chain,
    database,
    address: venueKey.address,
    funding: parts.funding,
    fundingUnderWay: () => loop?.fundingLamports() ?? 0n,
    clock,
    onFundingFault: (error) => log.warn({ error: String(error) }, 'the house could not be funded'),
  });

  function freshBlockhash(): Promise<Blockhash> {
    if (blockhash && clock() - blockhash.at < BLOCKHASH_FRESH_MS) return blockhash.value;
    const value = chain.latestBlockhash();
    blockhash = { at: clock(), value };
    value.catch(() => (blockhash = null));
    return value;
  }

  function leastBalance(): Promise<Lamports> {
    least ??= chain.rentExemptLamports();
    least.catch(() => (least = null));
    return least;
  }

  async function prepare(
    bet: Bet,
    owner: BetOwner,
    known?: { readonly balanceLamports: Lamports | null },
  ): Promise<Result<Preparation, BetProblem>> {
    const { cluster } = chain;
    if (cluster === 'unknown' || cluster === 'mainnet-beta') return err(notForPractice(cluster));
    if (!house.reserve(bet)) return err(houseIsShort());
    try {
      const [hash, balanceLamports, leastLamports] = await Promise.all([
        freshBlockhash(),
        known?.balanceLamports ?? chain.balance(owner.publicKey, 'confirmed'),
        leastBalance(),
      ]);
      const terms = {
        betId: bet.betId,
        player: owner.publicKey,
        venue: venueKey.address,
        stakeLamports: bet.stakeLamports,
        feeLamports: TRANSACTION_FEE_LAMPORTS,
      };
      const wallet = checkWallet({ ...terms, balanceLamports, leastLamports });
      if (!wallet.ok) return wallet;
      const stake = prepareStake(terms, hash);
      const problem = explainSimulation(await chain.simulate(stake.bytes));
      if (problem) return err(problem);
      return ok({
        transaction: Buffer.from(stake.bytes).toString('base64'),
        words: [...stake.words, 'A trial run of it succeeds.'],
        feeLamports: TRANSACTION_FEE_LAMPORTS,
        balanceAfterLamports: wallet.value.balanceAfterLamports,
        kept: stake.kept,
      });
    } catch (error) {
      log.warn({ error: String(error) }, 'the practice chain could not be asked');
      return err(chainIsAway());
    }
  }

  return {
    id: 'practice',
    name: 'Practice chain',
    address: venueKey.address,
    submission: 'sign',
    rules: house.rules,
    problem() {
      if (chain.cluster === 'unknown' || chain.cluster === 'mainnet-beta') return notForPractice(chain.cluster);
      if (!loop || !loop.isFresh()) return loop?.isOtherChain() ? otherChain() : chainIsAway();
      return house.isShort() ? houseIsShort() : null;
    },
    async balance({ publicKey }) {
      // Asked before a bet is prepared, which needs a blockhash next: both are on their way at once.
      freshBlockhash().catch(() => {});
      try {
        return ok(await chain.balance(publicKey, 'confirmed'));
      } catch {
        return err(chainIsAway());
      }
    },
    prepare,
    check({ bet, owner, kept, transaction }) {
      const stake = checkStake({ bet, player: owner.publicKey, kept, transaction });
      if (stake.ok) {
        checked.set(bet.betId, stake.value);
        if (checked.size > CHECKED_MAX) checked.delete(checked.keys().next().value!);
      }
      return stake;
    },
    follow(bet) {
      const stake = checked.get(bet.betId);
      checked.delete(bet.betId);
      loop?.follow(bet, stake ?? null);
    },
    payBack: (bet, owner, amount) => loop?.payBack(bet, owner, amount),
    onRound: (listener) => void listeners.push(listener),
    idle: () => loop?.idle() ?? Promise.resolve(),
    async start(port: VenuePort) {
      if (loop) return;
      loop = createVenueLoop({ ...parts, port, house, listeners });
      loop.start();
    },
    async stop() {
      await loop?.stop();
    },
  };
}

function chainIsAway(): BetProblem {
  return betProblem(
    'venue-unavailable',
    'The practice chain does not answer right now. Nothing moved; bets go on by themselves once it is back.',
    { retryAfterMs: 2_000 },
  );
}

function otherChain(): BetProblem {
  return betProblem(
    'venue-unavailable',
    'The chain is not the one this record was kept with: it does not know what was read from it last. No bets until whoever runs Fortytick has looked into it.',
  );
}

/** A cluster that was away at the start may turn out to be the real one: not a lamport is taken there. */
function notForPractice(cluster: 'unknown' | 'mainnet-beta'): BetProblem {
  const message =
    cluster === 'unknown'
      ? 'The cluster has not said yet which one it is. No bets until it has.'
      : 'The cluster is mainnet-beta, and the practice venue takes no real money. Nothing moved.';
  return betProblem('venue-unavailable', message);
}

function houseIsShort(): BetProblem {
  return betProblem(
    'venue-unavailable',
    'The house could not pay this bet five times over if it won, so it is not taken. Stake less, or try again in a moment.',
    { retryAfterMs: 5_000 },
  );
}
