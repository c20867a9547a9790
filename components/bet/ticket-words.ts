// The ticket's figures as text, with units and in the fewest words a tired reader needs. Pure.
import type { TicketFigures } from '@/components/bet/compute-figures';
import { sol, solAbout } from '@/lib/risk/words';
import { formatNumber, formatPercent, formatPercentPair, formatSigned } from '@/lib/units/format';
import type { Lamports } from '@/lib/units/lamports';

export type TicketLine = {
  readonly id: 'win' | 'lose' | 'average' | 'break-even' | 'window' | 'accepted' | 'fee';
  readonly label: string;
  /** Null: not known now. */
  readonly value: string | null;
  readonly note?: string;
};

export function ticketLines(
  { money, moment, feeLamports, payout }: TicketFigures,
  feeNote: string,
): readonly TicketLine[] {
  const win = moment?.winProbability ?? null;
  const [wins, needs] = win === null ? [null, null] : formatPercentPair(win, money?.breakEven ?? 1 / payout);
  return [
    {
      id: 'win',
      label: win === null ? 'If it wins' : `Wins ${wins}`,
      value: money && `+${sol(money.winLamports)}`,
      ...(money && { note: `${sol(money.returnLamports)} back` }),
    },
    {
      id: 'lose',
      label: win === null ? 'If it loses' : `Loses ${formatPercent(1 - win)}`,
      value: money && `−${sol(money.loseLamports)}`,
      note: 'the whole stake',
    },
    {
      id: 'average',
      label: 'On average',
      value: money?.expected ? signedAbout(money.expected.lamports) : null,
      ...(money?.expected && {
        note: `${formatSigned(money.expected.share * 100, 1)} %${feeLamports > 0n ? ', fee included' : ''}`,
      }),
    },
    {
      id: 'break-even',
      label: 'Breaks even at',
      value: needs ?? formatPercent(money?.breakEven ?? 1 / payout),
      ...(wins !== null && { note: `it wins ${wins}` }),
    },
    {
      id: 'window',
      label: moment?.isFromStart ? 'Runs from the start' : 'Would run ticks',
      value: moment && `${moment.isFromStart ? '' : '≈ '}${moment.startTick + 1}–${moment.endTick}`,
      ...(moment && { note: `40 ticks, ≈ ${formatNumber(moment.windowMs / 1_000, 1)} s` }),
    },
    {
      id: 'accepted',
      label: 'Accepted in time',
      value: moment && formatAlmostSure(moment.acceptProbability),
      note: 'before a rug',
    },
    { id: 'fee', label: 'Network fee', value: feeLamports === 0n ? 'none' : sol(feeLamports), note: feeNote },
  ];
}

/** An average is an estimate: three digits, with its sign. */
function signedAbout(amount: Lamports): string {
  return `${amount > 0n ? '+' : ''}${solAbout(amount)}`;
}

/** Nearly sure does not read as certain. */
function formatAlmostSure(share: number): string {
  return share > 0.9995 && share < 1 ? '>99.9 %' : formatPercent(share);
}
