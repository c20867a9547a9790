'use client';
// The first thing about a session: whether it says anything at all. Then its figures, each with what it rests on.
import type { ReactNode } from 'react';
import { sol } from '@/components/games/sol';
import { intervalSigned, percentSigned, streakNote } from '@/components/sessions/describe-session';
import { Result } from '@/components/sessions/result';
import { Figures } from '@/components/ui/figures';
import { cn } from '@/components/ui/cn';
import { Stat, Unknown } from '@/components/ui/stat';
import { luckCaveat, luckSentence } from '@/lib/performance/session-luck';
import { count } from '@/lib/risk/words';
import type { SessionDetail } from '@/lib/protocol/sessions-api';
import { formatNumber, formatSigned } from '@/lib/units/format';

export function LuckPanel({ detail, className }: { detail: SessionDetail; className?: string }) {
  const { luck } = detail.figures;
  const caveat = luck && luckCaveat(luck);
  const unsaid = unsaidBetsOf(detail);
  return (
    <section
      aria-label="Luck or edge"
      data-testid="luck"
      data-verdict={luck?.verdict ?? 'none'}
      className={cn('flex flex-col gap-5 bg-surface p-4 lg:p-5', className)}
    >
      <div className="flex flex-col gap-1.5">
        <p className="max-w-prose text-figure leading-snug font-semibold text-ink" data-testid="luck-sentence">
          <Figures>{luck ? luckSentence(luck) : withoutLuck(detail)}</Figures>
        </p>
        {caveat && <p className="max-w-prose text-ink-soft">{caveat}</p>}
        {luck && unsaid > 0 && (
          <p className="max-w-prose text-caption text-ink-faint" data-testid="unsaid">
            {count(unsaid, 'settled bet')} more, at which no win probability was told, {unsaid === 1 ? 'is' : 'are'}{' '}
            left out of this.
          </p>
        )}
      </div>
      <SessionFigures detail={detail} />
    </section>
  );
}

/** Settled bets at which no win probability was told. */
function unsaidBetsOf({ session, figures }: Pick<SessionDetail, 'session' | 'figures'>): number {
  return session.won + session.lost - (figures.luck?.bets ?? 0);
}

function withoutLuck({ session }: SessionDetail): string {
  return session.won + session.lost === 0
    ? 'No bet is settled yet: there is nothing to tell luck from.'
    : 'No win probability was told at these bets: luck cannot be told from anything else.';
}

function SessionFigures({ detail: { session, figures } }: { detail: SessionDetail }) {
  const { roi, sharpe, streak } = figures;
  const settled = session.won + session.lost;
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-3 lg:grid-cols-6">
      <Figure label="Result" note={`on ${sol(session.stakedLamports)} staked`}>
        <Result lamports={settled === 0 ? null : session.netLamports} />
      </Figure>
      <Figure
        label="Return on stakes"
        note={
          roi &&
          `95 %: ${intervalSigned(roi)}${roi.expected === null ? '' : `; expected ${percentSigned(roi.expected)}`}`
        }
      >
        {roi ? percentSigned(roi.value) : <Unknown because="no settled bet" />}
      </Figure>
      <Figure label="Largest drawdown" note={`now ${sol(figures.currentDrawdownLamports)} below its best`}>
        {sol(figures.drawdownLamports)}
      </Figure>
      <Figure
        label="Sharpe, per bet"
        note={
          sharpe
            ? `95 %: ${formatSigned(sharpe.lower, 2)} to ${formatSigned(sharpe.upper, 2)}, of ${sharpe.bets} bets`
            : 'needs two bets with different returns'
        }
      >
        {sharpe ? formatNumber(sharpe.value, 2) : <Unknown because="not defined for these bets" />}
      </Figure>
      <Figure
        label="Longest losing run"
        note={settled === 0 ? null : streakNote(streak, { unsaidBets: unsaidBetsOf({ session, figures }) })}
      >
        {settled === 0 ? <Unknown because="no settled bet" /> : streak.longest}
      </Figure>
      <Figure label="Best it stood" note="above its beginning">
        {sol(figures.peakLamports)}
      </Figure>
    </dl>
  );
}

function Figure({ label, note, children }: { label: string; note: string | null; children: ReactNode }) {
  return (
    <Stat label={label} {...(note !== null && { note: <Figures>{note}</Figures> })}>
      <dd className="text-figure font-semibold">{children}</dd>
    </Stat>
  );
}
