// A stake that arrives for a bet which has its stake already: paid twice, or sent again long after the bet was over. It
// becomes a bet of its own that is void from the start, so that it goes back as every void bet's stake does: held in escrow,
// refunded once by a payment on record before it is sent, followed over restarts and forks. Pure.
import bs58 from 'bs58';
import { createHash } from 'node:crypto';
import type { Bet } from '@/lib/bets/bet';
import type { BetEvent } from '@/lib/bets/bet-event';
import { stakeTaken } from '@/lib/ledger/postings';
import type { EpochMs } from '@/lib/units/time';
import { UNADVISED } from '@/server/bets/advise-placement';
import { stakeRow } from '@/server/bets/stake-row';
import type { Changes, StoredBet } from '@/server/bets/store/bet-store';
import type { VenuePort } from '@/server/bets/venue';

const ID_BYTES = 16;

/** The bet a second stake becomes: the same for the same transaction, and no way back from it to the signature. */
export function secondStakeId(signature: string): string {
  return bs58.encode(createHash('sha256').update(`second stake ${signature}`).digest().subarray(0, ID_BYTES));
}

export function takeSecondStake(
  first: StoredBet,
  { signature, stakeLamports, feeLamports }: Parameters<VenuePort['confirmed']>[0] & { readonly signature: string },
  now: EpochMs,
): Changes {
  const betId = secondStakeId(signature);
  const { accountId, venue, sessionId, payout, gameId, preparedTick } = first.bet;
  const bet: Pick<Bet, 'betId' | 'accountId' | 'venue'> = { betId, accountId, venue };
  const prepared: BetEvent = {
    type: 'prepared',
    occurredAt: now,
    payload: {
      accountId,
      venue,
      // No client key of a request looks like this.
      clientKey: `second:${betId}`,
      sessionId,
      strategyId: null,
      stakeLamports: String(stakeLamports),
      payout,
      gameId,
      tick: preparedTick,
      expiresAt: now,
      advice: UNADVISED,
    },
  };
  const events: BetEvent[] = [
    prepared,
    { type: 'submitted', payload: {}, occurredAt: now },
    { type: 'voided', payload: { reason: 'second-stake' }, occurredAt: now },
  ];
  // The transaction may stand under the first bet, when it was submitted and another one landed before it.
  const transactions = stakeRow(first, { signature, now, status: 'confirmed', feeLamports });
  return {
    events: events.map((event) => ({ betId, event })),
    postings: [stakeTaken(bet, { lamports: stakeLamports, signature, feeLamports })],
    transactions: transactions.map((row) => ({ ...row, betId })),
  };
}
