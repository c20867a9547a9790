// The practice venue's wheel: at every slot one round of watching, relaying and paying, one at a time. Whatever fails stands
// as far as it came, and the next round goes on; while the chain or the record is away, rounds come with growing, jittered
// pauses. Called by practice-venue.
import type { BetOwner, CheckedStake, VenuePort } from '@/server/bets/venue';
import type { Bet } from '@/lib/bets/bet';
import { lamports, type Lamports } from '@/lib/units/lamports';
import type { Signature } from '@/server/chain/chain';
import type { House } from '@/server/bets/venues/practice/house';
import { createPayBacks } from '@/server/bets/venues/practice/pay-back';
import type { PracticeVenueParts } from '@/server/bets/venues/practice/venue-parts';
import { createRelay, type Outgoing } from '@/server/bets/venues/practice/relay';
import { readTransactions } from '@/server/bets/venues/practice/venue-store';
import { createVenueWatch, type Round } from '@/server/bets/venues/practice/watch-venue';
import { computeBackoffMs } from '@/server/feed/backoff';

/** What stands after a round: the moment at which ledger and chain can be compared. */
export type AfterRound = {
  readonly newest: Signature | null;
  /** Everything that was read is on record. */
  readonly complete: boolean;
  /** Balance of the address minus what the ledger says of it, as far as it is known why. */
  readonly unbookedLamports: bigint;
};

export type VenueLoop = {
  start(): void;
  stop(): Promise<void>;
  follow(bet: Bet, checked: CheckedStake | null): void;
  payBack(bet: Bet, owner: BetOwner, amount: Lamports): void;
  /** A round succeeded a moment ago. */
  isFresh(): boolean;
  isOtherChain(): boolean;
  fundingLamports(): bigint;
  idle(): Promise<void>;
};

/** Twelve slots without a round: the chain or the record is away. */
const FRESH_MS = 5_000;
/** Rounds come with slots; this often it is looked whether one is overdue. */
const OVERDUE_EVERY_MS = 1_000;
/** A blockhash that we did not hand out lives at most this many blocks from now. */
const BLOCKHASH_BLOCKS = 150;
const FOLLOWED_MAX = 20_000;
const NONE = lamports(0n);

export function createVenueLoop({
  chain,
  database,
  venueKey,
  faucet,
  clock,
  random,
  log,
  port,
  house,
  listeners,
}: PracticeVenueParts & {
  port: VenuePort;
  house: House;
  listeners: readonly ((round: AfterRound) => Promise<void>)[];
}): VenueLoop {
  const relay = createRelay({
    chain,
    clock,
    random,
    onRejected: ({ betId, role }, error) => log.warn({ betId, role, logs: error.logs }, 'the chain refused it for now'),
  });
  const payBacks = createPayBacks({
    chain,
    database,
    venueKey,
    relay,
    port,
    clock,
    onFull: (betId) => log.error({ betId }, 'too many payments at once: this one waits for the next start'),
  });
  const watch = createVenueWatch({
    chain,
    database,
    address: venueKey.address,
    faucet,
    port,
    payBacks,
    clock,
    onReportFault: (error) => log.warn({ error: String(error) }, 'a report of the practice venue is told again'),
  });
  /** Followed without their bytes at hand: read in the next round. */
  const followed = new Map<string, Bet>();
  /** Dead, and not yet told. */
  const deaths = new Map<Signature, Outgoing>();
  /** Void bets of which nothing had been taken. */
  const untaken = new Set<string>();
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  let failures = 0;
  let nextAt = 0;
  let freshAt = -Infinity;
  let stopSlots = () => {};
  let timer: NodeJS.Timeout | undefined;

  async function takeUpFollowed(): Promise<void> {
    if (followed.size === 0) return;
    const asked = [...followed.values()];
    const betIds = asked.map(({ betId }) => betId);
    const stored = await database.use((sql) => readTransactions(sql, { signatures: [], betIds }));
    for (const { signature, betId, role, status, bytes, lastValidBlockHeight } of stored) {
      if (role !== 'stake' || (status !== 'sent' && status !== 'confirmed')) continue;
      const wasConfirmed = status === 'confirmed';
      const lastValid = lastValidBlockHeight ?? (await lastValidFromNow());
      relay.add(
        { signature, betId, role, bytes, lastValidBlockHeight: lastValid, wasConfirmed },
        { sendNow: !wasConfirmed },
      );
    }
    for (const { betId } of asked) followed.delete(betId);
  }

  async function lastValidFromNow(): Promise<number> {
    return (await chain.blockHeight('confirmed')) + BLOCKHASH_BLOCKS;
  }

  /** Stakes the chain took back: sent again while they can land. */
  async function takeUpGone({ gone }: Round): Promise<void> {
    const unknown = gone.filter(({ signature }) => !relay.has(signature) && !deaths.has(signature));
    if (unknown.length === 0) return;
    const signatures = unknown.map(({ signature }) => signature);
    const stored = await database.use((sql) => readTransactions(sql, { signatures, betIds: [] }));
    for (const { signature, betId } of unknown) {
      const row = stored.find((one) => one.signature === signature);
      const lastValidBlockHeight = row?.lastValidBlockHeight ?? (await lastValidFromNow());
      const bytes = row?.bytes ?? null;
      log.warn({ betId }, 'the chain took a stake back: it is sent again');
      relay.add(
        { signature, betId, role: 'stake', bytes, lastValidBlockHeight, wasConfirmed: true },
        { sendNow: true },
      );
    }
  }

  async function tellDeaths(dead: readonly Outgoing[]): Promise<void> {
    for (const one of dead) deaths.set(one.signature, one);
    for (const { signature, betId, role, wasConfirmed } of [...deaths.values()]) {
      if (role !== 'stake') await payBacks.dead(signature, betId);
      else if (wasConfirmed || watch.wasConfirmed(signature)) {
        await port.vanished({ betId, signature });
        watch.forget(signature);
      } else await port.failed({ betId, reason: 'never-landed', feeLamports: NONE, signature });
      deaths.delete(signature);
    }
  }

  async function turn(): Promise<void> {
    const round = await watch.round();
    await takeUpFollowed();
    await takeUpGone(round);
    await tellDeaths(await relay.step(round));
    for (const betId of untaken) {
      await port.paid({ betId, signature: null, lamports: NONE, feeLamports: NONE });
      untaken.delete(betId);
    }
    await payBacks.step();
    await house.refresh();
    freshAt = clock();
    const { newest, complete } = round;
    const after = { newest, complete, unbookedLamports: watch.unbookedLamports() };
    for (const listener of listeners) await listener(after);
  }

  async function run(): Promise<void> {
    do {
      again = false;
      try {
        await turn();
        failures = 0;
      } catch (error) {
        failures++;
        nextAt = clock() + computeBackoffMs(failures, random);
        if (!stopped) log.warn({ error: String(error) }, 'the practice venue could not read the chain');
      }
    } while (again && failures === 0 && !stopped);
    running = null;
  }

  function onSlot(): void {
    // Known only once the cluster has answered, which may be after the start.
    if (chain.cluster === 'mainnet-beta') return;
    if (stopped || (failures > 0 && clock() < nextAt)) return;
    if (running) again = true;
    else running = run();
  }

  return {
    start() {
      stopSlots = chain.onSlot(onSlot);
      timer = setInterval(onSlot, OVERDUE_EVERY_MS);
      timer.unref();
      onSlot();
    },
    async stop() {
      stopped = true;
      stopSlots();
      clearInterval(timer);
      await running;
    },
    follow(bet, checked) {
      const kept = checked ?? null;
      if (kept) {
        const { signature, bytes, lastValidBlockHeight } = kept;
        const added = relay.add(
          { signature, betId: bet.betId, role: 'stake', bytes, lastValidBlockHeight, wasConfirmed: false },
          { sendNow: true },
        );
        if (!added) log.error({ betId: bet.betId }, 'too many transactions at once: this one waits for the next start');
      } else if (followed.size < FOLLOWED_MAX) followed.set(bet.betId, bet);
    },
    payBack(bet, owner, amount) {
      if (amount > 0n) return payBacks.add({ bet, owner, lamports: amount });
      // Nothing had been taken, so nothing is sent: only told, until it is on record.
      untaken.add(bet.betId);
      onSlot();
    },
    isFresh: () => clock() - freshAt < FRESH_MS,
    isOtherChain: () => watch.isOtherChain(),
    fundingLamports: () => watch.fundingLamports(),
    async idle() {
      while (running) await running;
    },
  };
}
