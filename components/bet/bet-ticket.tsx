'use client';
// The ticket: where a bet is weighed, placed and followed. On a wide screen a panel beside the verdict; on a phone a bar at
// the thumb that opens upward and stops below the verdict. Loaded after the page. Enter in the field, the key B, or a press
// places the bet; a second press does nothing.
import { ChevronUp } from 'lucide-react';
import { useRef, useState, type FormEvent } from 'react';
import { BetToasts } from '@/components/bet/bet-toasts';
import { DeskDialogs } from '@/components/bet/desk-dialogs';
import { DeskNotice } from '@/components/bet/desk-notice';
import { describeAction } from '@/components/bet/describe-action';
import { describeBet } from '@/components/bet/describe-bet';
import { RunningBet } from '@/components/bet/running-bet';
import { findOpenBet } from '@/components/bet/sum-bets';
import { TicketForm } from '@/components/bet/ticket-form';
import { useKeptFocus } from '@/components/bet/use-kept-focus';
import { useBetKey } from '@/components/bet/use-bet-key';
import { useBetRoom } from '@/components/bet/use-bet-room';
import { useBetSounds } from '@/components/bet/use-bet-sounds';
import { useTicket } from '@/components/bet/use-ticket';
import { FIRST_VENUE, VENUE_WORDS } from '@/components/bet/venue-words';
import { useVenueChoice } from '@/components/bet/use-venue-choice';
import { useVerdict } from '@/components/advice/advice-provider';
import { useLive } from '@/components/live/live-provider';
import { RealityCheckDialog } from '@/components/safety/reality-check';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { useWalletSession } from '@/components/wallet/use-wallet-session';
import type { BetView } from '@/lib/protocol/bets-api';

export function BetTicket({ className }: { className?: string }) {
  const view = useBetRoom();
  const { room, desk, bets, account } = view;
  const { status, signIn } = useWalletSession();
  const isSignedIn = status === 'signed-in';
  const [venue, chooseVenue] = useVenueChoice(account.account?.settings.venue ?? FIRST_VENUE, isSignedIn);
  const [amountText, setAmount] = useState('');
  const [isOpen, setOpen] = useState(false);
  const amount = useRef<HTMLInputElement>(null);
  const ticket = useTicket({ venue, amountText, view, isSignedIn });
  const openBet = isSignedIn ? findOpenBet(bets.bets, venue) : undefined;
  const isBusy = desk.step !== 'idle' && desk.step !== 'refused';
  const { home, onFocus, onBlur } = useKeptFocus(`${desk.step} ${openBet?.state ?? ''}`);
  useBetSounds(room.bets, account.account?.settings.soundVolume ?? 0);

  const act = () => {
    if (ticket.action.kind === 'connect') return signIn();
    if (ticket.action.kind !== 'place' || ticket.stakeLamports === null) return amount.current?.focus();
    room.desk.place({ venue, lamports: ticket.stakeLamports, strategyId: ticket.action.strategyId });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isOpen && isNarrow()) return open();
    act();
  };
  const open = () => {
    setOpen(true);
    // The verdict stays in view above the ticket.
    const isStill = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    window.scrollTo({ top: 0, behavior: isStill ? 'instant' : 'smooth' });
  };
  const key = useBetKey(() => {
    if (isNarrow() && !isOpen) open();
    act();
  });
  const words = describeAction({ ticket, venue, step: desk.step, hasKey: key.isOn });

  return (
    <>
      <form
        aria-label="Ticket"
        data-testid="ticket"
        data-venue={venue}
        data-step={desk.step}
        data-action={ticket.action.kind}
        data-line={isSignedIn ? bets.line : 'none'}
        noValidate
        onFocus={onFocus}
        onBlur={onBlur}
        onSubmit={submit}
        className={cn(
          '@container flex min-w-0 flex-col bg-surface max-lg:fixed max-lg:inset-x-0 max-lg:bottom-0 max-lg:z-30 max-lg:border-t max-lg:border-line-strong max-lg:shadow-float xl:h-[43rem]',
          className,
        )}
      >
        <div
          id="ticket-body"
          ref={home}
          tabIndex={-1}
          className={cn(
            'flex grow outline-none flex-col gap-4 p-4 max-lg:max-h-[48dvh] max-lg:overflow-y-auto max-lg:overscroll-contain lg:p-5 lg:pb-0 xl:overflow-y-auto',
            !isOpen && 'max-lg:hidden',
          )}
        >
          <TicketForm
            notice={<DeskNotice desk={desk} actions={room.desk} clockOffsetMs={account.clockOffsetMs} />}
            venue={venue}
            onVenue={chooseVenue}
            ticket={ticket}
            amountText={amountText}
            onAmount={setAmount}
            amountRef={amount}
            isSignedIn={isSignedIn}
            running={openBet && !(isBusy && openBet.state === 'prepared') ? <RunningBet bet={openBet} /> : null}
            isHidden={isBusy}
            onBalance={room.account.refreshBalances}
            latest={openBet ? null : latestOf(bets.bets)}
          />
        </div>
        <div className="flex items-stretch gap-2 p-3 max-lg:pb-[max(0.75rem,env(safe-area-inset-bottom))] lg:flex-col lg:p-5 lg:pt-4">
          <PhoneToggle
            isOpen={isOpen}
            bet={openBet}
            mark={VENUE_WORDS[venue].mark}
            onToggle={() => (isOpen ? setOpen(false) : open())}
          />
          <Button
            type="submit"
            variant="solid"
            data-testid="ticket-place"
            disabled={words.isDisabled && isOpen}
            aria-describedby="ticket-says"
            className={cn(
              'h-12 grow text-figure disabled:opacity-100',
              // Faded it could not be read, and what it says is why nothing can be placed.
              words.isDisabled && (isOpen ? CANNOT : CANNOT_WIDE),
            )}
          >
            {isOpen ? (
              words.text
            ) : (
              <>
                <span className="lg:hidden">Ticket</span>
                <span className="max-lg:hidden">{words.text}</span>
              </>
            )}
          </Button>
          <p id="ticket-says" className="text-center text-caption text-ink-faint max-lg:hidden">
            {words.note}
          </p>
          <button
            type="button"
            data-testid="bet-key"
            title="The key B places the bet from anywhere on this page."
            onClick={key.toggle}
            className="-mt-1 self-center rounded-small px-2 py-1 text-caption text-ink-faint underline decoration-dotted underline-offset-2 hover:text-ink max-lg:hidden"
          >
            {key.isOn ? 'Turn key B off' : 'Turn key B on'}
          </button>
        </div>
      </form>
      {isSignedIn && <RealityCheckDialog />}
      <DeskDialogs desk={desk} actions={room.desk} ticket={ticket} />
      <BetToasts bets={room.bets} />
      <div aria-hidden className="h-20 lg:hidden" />
    </>
  );
}

const CANNOT = 'bg-line text-ink-soft hover:bg-line';
/** On a phone the closed ticket's button opens it, whatever the ticket says. */
const CANNOT_WIDE = 'lg:bg-line lg:text-ink-soft lg:hover:bg-line';

/** What the thumb sees while the ticket is closed: where the bet stands, or the verdict. */
function PhoneToggle({
  isOpen,
  bet,
  mark,
  onToggle,
}: {
  isOpen: boolean;
  bet: BetView | undefined;
  mark: string;
  onToggle: () => void;
}) {
  const verdict = useVerdict();
  const gameId = useLive((state) => state.game?.gameId ?? null);
  const tick = useLive((state) => state.game?.tick ?? null);
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      aria-controls="ticket-body"
      data-testid="ticket-toggle"
      onClick={onToggle}
      className={cn('flex min-w-11 items-center gap-2 rounded-control px-1 text-left lg:hidden', !isOpen && 'flex-1')}
    >
      <ChevronUp
        aria-hidden
        className={cn('size-5 shrink-0 text-ink-faint transition-transform', isOpen && 'rotate-180')}
      />
      {isOpen && <span className="sr-only">Close the ticket</span>}
      <span className={cn('flex min-w-0 flex-col', isOpen && 'hidden')}>
        <span className="truncate font-semibold text-ink">
          {bet ? describeBet(bet, { gameId, tick }).headline : `Verdict: ${verdict.word}`}
        </span>
        <span className="truncate text-caption text-ink-faint">{mark}</span>
      </span>
    </button>
  );
}

/** Tailwind's `lg`: below it the ticket is a bar. */
function isNarrow(): boolean {
  return !window.matchMedia('(min-width: 64rem)').matches;
}

/** A result stays on the ticket until the next bet. */
function latestOf(bets: readonly BetView[]): BetView | null {
  return bets.find(({ state }) => state !== 'prepared' && state !== 'submitted' && state !== 'active') ?? null;
}
