'use client';
// What the server asks before it takes a bet: a second yes to a high stake, and the odds at first use.
import { useRef } from 'react';
import type { BetDesk } from '@/components/bet/bet-desk';
import type { DeskState } from '@/components/bet/desk-state';
import { ticketLines } from '@/components/bet/ticket-words';
import type { TicketView } from '@/components/bet/compute-ticket';
import { VENUE_WORDS } from '@/components/bet/venue-words';
import { OddsDialog } from '@/components/safety/odds-dialog';
import { SafetyDialog } from '@/components/safety/safety-dialog';
import { Button } from '@/components/ui/button';
import { Figures } from '@/components/ui/figures';
import { sol } from '@/lib/risk/words';

type Actions = Pick<BetDesk, 'confirm' | 'dismiss'>;

export function DeskDialogs({ desk, actions, ticket }: { desk: DeskState; actions: Actions; ticket: TicketView }) {
  if (desk.step !== 'asking') return null;
  switch (desk.question) {
    case 'high-risk':
      return <ConfirmStake desk={desk} actions={actions} ticket={ticket} />;
    case 'odds':
      return <Odds actions={actions} />;
  }
}

/** Accepted, the bet that was asked for is placed: that is what the player pressed. */
function Odds({ actions }: { actions: Actions }) {
  const isAccepted = useRef(false);
  return (
    <OddsDialog
      isOpen
      onAccepted={() => {
        isAccepted.current = true;
        actions.confirm();
      }}
      onClose={() => !isAccepted.current && actions.dismiss()}
    />
  );
}

/** The answer under the finger is no: placing takes a move. */
function ConfirmStake({
  desk: { intent, message },
  actions,
  ticket,
}: {
  desk: Extract<DeskState, { step: 'asking' }>;
  actions: Actions;
  ticket: TicketView;
}) {
  const { mark, feeNote } = VENUE_WORDS[intent.venue];
  const lines = ticket.figures ? ticketLines(ticket.figures, feeNote) : [];
  const shown = lines.filter(({ id, value }) => value !== null && (id === 'win' || id === 'lose' || id === 'average'));
  return (
    <SafetyDialog
      isOpen
      title={`Place ${sol(intent.lamports)}?`}
      testId="confirm-stake"
      onClose={actions.dismiss}
      description={
        <Figures>{`${message.split(' Place it again')[0]!.replace(' Nothing was placed.', '')} ${mark}.`}</Figures>
      }
    >
      <dl className="grid grid-cols-3 gap-3">
        {shown.map(({ id, label, value }) => (
          <div key={id} className="flex flex-col">
            <dt className="text-caption text-ink-faint">{label}</dt>
            <dd className="font-semibold whitespace-nowrap">{value}</dd>
          </div>
        ))}
      </dl>
      <div className="flex flex-wrap gap-2">
        <Button variant="solid" onClick={actions.dismiss} className="h-12 grow" data-testid="confirm-no" autoFocus>
          Do not place it
        </Button>
        <Button onClick={actions.confirm} className="h-12 grow" data-testid="confirm-yes">
          {`Place ${sol(intent.lamports)}`}
        </Button>
      </div>
    </SafetyDialog>
  );
}
