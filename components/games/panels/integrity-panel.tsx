'use client';
// What the record's own checks found in the game, each in words.
import { CircleCheck, CircleDashed, CircleX, type LucideIcon } from 'lucide-react';
import { Time } from '@/components/time/time';
import { Card } from '@/components/ui/card';
import { CHECK_TITLES, type CheckStatus } from '@/lib/integrity/check-result';
import type { GameChecks, GameDetail } from '@/lib/protocol/games-api';

const STATUS: Record<CheckStatus, { Icon: LucideIcon; word: string; tone: string }> = {
  passed: { Icon: CircleCheck, word: 'passed', tone: 'text-up' },
  failed: { Icon: CircleX, word: 'failed', tone: 'text-danger' },
  unverifiable: { Icon: CircleDashed, word: 'cannot be checked', tone: 'text-ink-faint' },
};

export function IntegrityPanel({ detail, className }: { detail: GameDetail; className?: string }) {
  const { checks, game } = detail;
  return (
    <Card
      title="Checks of the record"
      className={className}
      data-testid="integrity"
      data-status={checks?.status ?? 'none'}
    >
      {checks ? <Results checks={checks} isCurrent={game.checks !== null} /> : <Pending detail={detail} />}
    </Card>
  );
}

function Pending({ detail: { game } }: { detail: GameDetail }) {
  return (
    <p className="text-ink-faint">
      {game.confirmedAt === null
        ? 'A game is checked once the history has confirmed it and its seed is revealed, a few seconds after the rug.'
        : 'Confirmed and waiting for its checks; they run within a minute.'}
    </p>
  );
}

function Results({ checks, isCurrent }: { checks: GameChecks; isCurrent: boolean }) {
  const failed = checks.checks.filter(({ status }) => status === 'failed').length;
  return (
    <>
      <p className="text-ink-soft">
        {failed > 0
          ? `${failed} of ${checks.checks.length} checks failed.`
          : `None of ${checks.checks.length} checks failed.`}{' '}
        Checked <Time at={checks.checkedAt} form="seconds" />
        {!isCurrent && '; the game has changed since and will be checked again'}.
      </p>
      <ul className="flex flex-col divide-y divide-line/60">
        {checks.checks.map(({ check, status, detail }) => {
          const { Icon, word, tone } = STATUS[status];
          return (
            <li key={check} data-testid="check" data-check={check} data-status={status} className="flex gap-2.5 py-2">
              <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${tone}`} />
              <div className="min-w-0">
                <p className="font-medium text-ink">
                  {titleOf(check)} <span className={`text-caption font-normal ${tone}`}>{word}</span>
                </p>
                {detail && <p className="text-caption wrap-break-word text-ink-faint">{detail}</p>}
              </div>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function titleOf(check: string): string {
  return Object.hasOwn(CHECK_TITLES, check) ? CHECK_TITLES[check as keyof typeof CHECK_TITLES] : check;
}
