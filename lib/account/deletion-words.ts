// What goes and what stays when a player deletes their data, told before and after in the same words. Pure.
import { FOR_GOOD } from '@/lib/safety/pauses';
import { when } from '@/lib/safety/words';
import { count } from '@/lib/risk/words';
import { epochMs, type EpochMs } from '@/lib/units/time';

export type AccountContents = {
  readonly bets: number;
  readonly transactions: number;
  readonly sessions: number;
  readonly signIns: number;
  readonly keys: number;
  readonly ledgerLines: number;
  readonly hasPlayerId: boolean;
  /** When the newest bet of the last 24 hours was placed: what was lost in them is forgotten with the bets. */
  readonly lastBetAt: EpochMs | null;
};

/** As far back as the limit on losses of a day reaches. */
const DAY_MS = 86_400_000;

/** Deleting the account must not make the day's limit begin anew: a wallet that comes back waits the day out. */
export function pauseAfterDeletion({ lastBetAt }: Pick<AccountContents, 'lastBetAt'>, now: EpochMs): EpochMs | null {
  return lastBetAt !== null && lastBetAt + DAY_MS > now ? epochMs(lastBetAt + DAY_MS) : null;
}

export function whatGoes(contents: AccountContents): readonly string[] {
  return [
    'your wallet’s address, settings and preferred strategies',
    ...(contents.hasPlayerId ? ['the rugs.fun player id you linked'] : []),
    ...(contents.bets > 0
      ? [
          `${count(contents.bets, 'bet')} with the assessment of each, ${count(contents.transactions, 'stored transaction')} and ${count(contents.sessions, 'betting session')}`,
        ]
      : []),
    `${count(contents.signIns, 'sign-in')} and ${count(contents.keys, 'API key')}: you are signed out everywhere`,
  ];
}

export function whatStays({
  contents,
  retainedUntil,
  now,
}: {
  contents: AccountContents;
  retainedUntil: EpochMs;
  now: EpochMs;
}): readonly string[] {
  const pausedUntil = pauseAfterDeletion(contents, now);
  const until = retainedUntil >= FOR_GOOD ? 'for good' : `until ${when(retainedUntil)}`;
  return [
    'Events of your bets and of your limits in the append-only log. They carry a random account number, and nothing leads from it to you once the account is gone.',
    ...(contents.ledgerLines > 0
      ? [
          `${count(contents.ledgerLines, 'line')} of the ledger, with amounts and signatures of chain transactions. The ledger is only ever added to. Whoever looks a signature up on the chain finds the wallet that signed it: that is the chain’s own record, and nobody can delete it.`,
        ]
      : []),
    `A keyed hash of your wallet’s address with your limits and any cooling-off or exclusion, ${until}: so that deleting the account is no way around them.`,
    ...(pausedUntil === null
      ? []
      : [
          `You bet within the last 24 hours, and what you lost in them is forgotten with your bets: an account of the same wallet pauses until ${when(pausedUntil)}, so that the day’s limit holds.`,
        ]),
  ];
}
