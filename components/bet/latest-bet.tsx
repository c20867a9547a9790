'use client';
import Link from 'next/link';
import { describeBet } from '@/components/bet/describe-bet';
import { VENUE_WORDS } from '@/components/bet/venue-words';
import { cn } from '@/components/ui/cn';
import { Figures } from '@/components/ui/figures';
import type { BetView } from '@/lib/protocol/bets-api';

const NOWHERE = { gameId: null, tick: null };
const TONES = { won: 'text-up', lost: 'text-down', void: 'text-warning', waiting: 'text-ink', running: 'text-ink' };

/** The newest result, with its money on its way or arrived. */
export function LatestBet({ bet }: { bet: BetView }) {
  const { headline, detail, tone } = describeBet(bet, NOWHERE);
  return (
    <section
      aria-label="Your last bet"
      data-testid="latest-bet"
      data-state={bet.state}
      data-bet-id={bet.id}
      className="border-t border-line pt-3 text-caption"
    >
      <p className="flex items-baseline justify-between gap-3">
        <strong className={cn('text-body font-semibold', TONES[tone])}>
          <Figures>{headline}</Figures>
        </strong>
        <Link
          href={`/bets/${bet.id}`}
          prefetch={false}
          className="whitespace-nowrap text-ink-faint underline underline-offset-2 hover:text-ink"
        >
          Proof
        </Link>
      </p>
      <p className="text-ink-faint">
        <Figures>{`${detail} ${VENUE_WORDS[bet.venue].mark}.`}</Figures>
      </p>
    </section>
  );
}
