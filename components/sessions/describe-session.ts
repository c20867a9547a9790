// Sessions and their bets in words: one wording for the list, the page of a session and the tests. Sober on purpose: a best
// session is no achievement and a worst one no fault while luck explains both. Pure.
import type { BetView } from '@/lib/protocol/bets-api';
import type { LedgerRowView, SessionDetail, SessionSummary } from '@/lib/protocol/sessions-api';
import { count } from '@/lib/risk/words';
import { formatNumber, formatPercent, formatSigned } from '@/lib/units/format';
import { VENUE_WORDS } from '@/components/bet/venue-words';
import { solSigned } from '@/components/games/sol';

/** "4 of 15, expected 2.7" */
export function winsText({ won, lost, expectedWins, saidBets }: SessionSummary): string {
  const settled = won + lost;
  if (settled === 0) return 'none settled';
  const expected = saidBets === settled ? `, expected ${formatNumber(expectedWins, 1)}` : '';
  return `${won} of ${settled}${expected}`;
}

/** What did not count, or null: "1 void, 2 expired, 1 open". */
export function uncountedText({ void: voided, expired, open }: SessionSummary): string | null {
  const parts = [
    voided > 0 ? `${voided} void` : null,
    expired > 0 ? `${expired} expired` : null,
    open > 0 ? `${open} open` : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}

/** One sentence on sessions of one venue; null where there is nothing to compare. */
export function extremesText(sessions: readonly SessionSummary[]): string | null {
  const settled = sessions.filter(({ won, lost }) => won + lost > 0);
  const [first] = settled;
  if (settled.length < 2 || !first) return null;
  const nets = settled.map(({ netLamports }) => BigInt(netLamports));
  const best = nets.reduce((most, net) => (net > most ? net : most));
  const worst = nets.reduce((least, net) => (net < least ? net : least));
  const up = nets.filter((net) => net > 0n).length;
  const bets = settled.reduce((sum, { won, lost }) => sum + won + lost, 0);
  return (
    `${VENUE_WORDS[first.venue].name}: of these ${settled.length} sessions ${up === 0 ? 'none' : up} ended up. Best ${solSigned(String(best))}, worst ${solSigned(String(worst))}: ` +
    `at ${formatNumber(bets / settled.length, 0)} bets a session, mostly luck either way.`
  );
}

export function durationText({ openedAt, lastBetAt }: Pick<SessionSummary, 'openedAt' | 'lastBetAt'>): string {
  const minutes = Math.round((lastBetAt - openedAt) / 60_000);
  if (minutes < 1) return 'under a minute';
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export const LEDGER_WORDS: Record<LedgerRowView['kind'], { readonly name: string; readonly about: string }> = {
  followed: { name: 'Followed', about: 'The advice was to bet, and you bet no more than advised.' },
  against: { name: 'Against advice', about: 'The advice was not to bet, or to bet less.' },
  unadvised: { name: 'Without advice', about: 'Nothing could be said when you bet.' },
  skipped: { name: 'Skipped', about: 'The advice was to bet, and you did not. Stakes are the reference player’s.' },
};

/** What the ledger comes to. */
export function ledgerReading(rows: readonly LedgerRowView[]): string {
  const of = (kind: LedgerRowView['kind']) => rows.find((row) => row.kind === kind);
  const against = of('against');
  const skipped = of('skipped');
  const settled = (against?.won ?? 0) + (against?.lost ?? 0);
  const first =
    settled > 0
      ? `Betting against the advice came to ${solSigned(against!.netLamports)} over ${count(settled, 'settled bet')}.`
      : 'No settled bet went against the advice.';
  const second =
    skipped && skipped.bets > 0
      ? `${count(skipped.bets, 'advised bet')} went untaken; settled by the game, they would have come to ${solSigned(skipped.netLamports)}.`
      : 'No advised bet went untaken: there was none, or you took it.';
  return `${first} ${second}`;
}

type Outcome = { readonly word: string; readonly tone: 'up' | 'down' | 'faint' };

export function outcomeOf({ state }: Pick<BetView, 'state'>): Outcome {
  return OUTCOMES[state];
}

const OUTCOMES: Record<BetView['state'], Outcome> = {
  prepared: { word: 'not signed yet', tone: 'faint' },
  submitted: { word: 'submitted', tone: 'faint' },
  active: { word: 'active', tone: 'faint' },
  won: { word: 'won', tone: 'up' },
  paid: { word: 'won, paid', tone: 'up' },
  lost: { word: 'lost', tone: 'down' },
  void: { word: 'void', tone: 'faint' },
  refunded: { word: 'void, refunded', tone: 'faint' },
  expired: { word: 'expired', tone: 'faint' },
};

/** "−61 to +42 %" */
export function intervalSigned({ lower, upper }: { lower: number; upper: number }): string {
  return `${formatSigned(lower * 100, 0)} to ${formatSigned(upper * 100, 0)} %`;
}

export function percentSigned(share: number): string {
  return `${formatSigned(share * 100, 1)} %`;
}

export function streakNote(
  { longest, expected, atLeast }: SessionDetail['figures']['streak'],
  { unsaidBets }: { readonly unsaidBets: number },
): string {
  if (longest === 0) return 'no bet was lost';
  if (expected === null || atLeast === null) {
    return unsaidBets > 0
      ? 'no expectation: at some of these bets nothing was said'
      : 'too many bets to work out what luck makes';
  }
  return `luck makes ${formatNumber(expected, 1)}; as long or longer in ${formatPercent(atLeast, atLeast < 0.01 ? 2 : 0)} of such sessions`;
}
