'use client';
// What is asked and answered before a bet: venue, stake, figures, and every rule against it. While a bet is under way or
// runs, that stands in the place of the stake.
import type { ReactNode, Ref } from 'react';
import { AmountField } from '@/components/bet/amount-field';
import type { TicketView } from '@/components/bet/compute-ticket';
import { GetPracticeSol } from '@/components/bet/get-practice-sol';
import { LatestBet } from '@/components/bet/latest-bet';
import { TicketFigures } from '@/components/bet/ticket-figures';
import { SpokenRules, TicketRules } from '@/components/bet/ticket-rules';
import { VENUE_WORDS } from '@/components/bet/venue-words';
import { Button } from '@/components/ui/button';
import { Segmented } from '@/components/ui/segmented';
import { useWalletSession } from '@/components/wallet/use-wallet-session';
import type { VenueId } from '@/lib/bets/bet';
import type { BetView } from '@/lib/protocol/bets-api';

const VENUES = (['paper', 'practice', 'assisted'] as const).map((value) => ({
  value,
  text: VENUE_WORDS[value].name,
}));

export function TicketForm({
  notice,
  venue,
  onVenue,
  ticket,
  amountText,
  onAmount,
  amountRef,
  isSignedIn,
  running,
  latest,
  isHidden,
  onBalance,
}: {
  /** What is under way, or went wrong on the way. */
  notice: ReactNode;
  venue: VenueId;
  onVenue: (venue: VenueId) => void;
  ticket: TicketView;
  amountText: string;
  onAmount: (text: string) => void;
  amountRef: Ref<HTMLInputElement>;
  isSignedIn: boolean;
  running: ReactNode;
  latest: BetView | null;
  isHidden: boolean;
  /** What is held may have changed. */
  onBalance: () => void;
}) {
  const { mark, about, feeNote } = VENUE_WORDS[venue];
  return (
    <>
      <header className="flex items-center justify-between gap-3">
        <h2 className="text-body font-semibold text-ink">Ticket</h2>
        <Segmented label="Venue" value={venue} options={VENUES} onChange={onVenue} />
      </header>
      {notice}
      {running ?? (
        <div className="grid gap-4 @min-[44rem]:grid-cols-[20rem_1fr]" hidden={isHidden}>
          <div className="flex flex-col gap-3">
            {!isSignedIn && <p className="text-caption text-ink-faint">{about}</p>}
            <AmountField
              value={amountText}
              error={ticket.amountError}
              advisedLamports={ticket.advised?.stakeLamports ?? null}
              adviceSentence={ticket.adviceSentence}
              mark={mark}
              isDisabled={false}
              inputRef={amountRef}
              onChange={onAmount}
            />
            {!isSignedIn && venue !== 'paper' && <TryOnPaper onPaper={() => onVenue('paper')} />}
          </div>
          <div className="flex flex-col gap-3">
            {ticket.figures && <TicketFigures figures={ticket.figures} feeNote={feeNote} />}
            <div className="empty:hidden max-lg:order-first">
              <TicketRules rules={ticket.rules} />
            </div>
            <SpokenRules rules={ticket.rules} />
            {isSignedIn && venue === 'practice' && ticket.rules.some(({ rule }) => rule === 'insufficient-balance') && (
              <GetPracticeSol onChanged={onBalance} />
            )}
          </div>
        </div>
      )}
      {latest && !running && !isHidden && <LatestBet bet={latest} />}
    </>
  );
}

function TryOnPaper({ onPaper }: { onPaper: () => void }) {
  const { signIn } = useWalletSession();
  return (
    <Button
      data-testid="try-on-paper"
      onClick={() => {
        onPaper();
        signIn();
      }}
    >
      Try on paper, without money
    </Button>
  );
}
