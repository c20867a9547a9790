'use client';
// What is under way between the press and the server's word, and what went wrong on the way: each with what it means for
// the player's money and with the ways on.
import { CircleAlert, PenLine, WifiOff, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { BetDesk } from '@/components/bet/bet-desk';
import type { DeskState } from '@/components/bet/desk-state';
import { TicketRules } from '@/components/bet/ticket-rules';
import { useNow } from '@/components/time/use-now';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Figures } from '@/components/ui/figures';
import { useWalletSession } from '@/components/wallet/use-wallet-session';
import type { PlacedBet } from '@/lib/protocol/bets-api';
import { sol } from '@/lib/risk/words';
import type { WalletOutcome } from '@/lib/wallet/outcome';

type Actions = Pick<BetDesk, 'tryAgain' | 'dismiss'>;

export function DeskNotice({
  desk,
  actions,
  clockOffsetMs,
}: {
  desk: DeskState;
  actions: Actions;
  clockOffsetMs: number;
}) {
  switch (desk.step) {
    case 'idle':
    case 'asking':
      return null;
    case 'placing':
      return (
        <Frame title="Preparing the bet">
          <p>Fortytick checks it against your rules once more. Nothing has been paid.</p>
        </Frame>
      );
    case 'signing':
      return <Signing placed={desk.placed} onDismiss={actions.dismiss} />;
    case 'unsigned':
      return <Unsigned outcome={desk.outcome} actions={actions} />;
    case 'submitting':
      return desk.failure ? (
        <NotHandedOver message={desk.failure.message} kept={desk.kept} clockOffsetMs={clockOffsetMs} />
      ) : (
        <Frame title="Signed: handing it over" Icon={PenLine}>
          <p>Fortytick relays it to the chain. This tab keeps it until that is done.</p>
        </Frame>
      );
    case 'refused':
      return (
        <Frame title="Not placed" tone="danger" Icon={CircleAlert} testId="desk-refused" code={desk.failure.code}>
          <p>
            <Figures>{desk.failure.message}</Figures>
          </p>
          <TicketRules rules={desk.failure.rules.length > 1 ? desk.failure.rules : []} />
          <div className="flex flex-wrap gap-2">
            {desk.intent && <Button onClick={actions.tryAgain}>Try again</Button>}
            <Button variant="quiet" onClick={actions.dismiss}>
              Close
            </Button>
          </div>
        </Frame>
      );
  }
}

function Signing({ placed, onDismiss }: { placed: PlacedBet; onDismiss: () => void }) {
  const after = placed.balanceAfterLamports;
  return (
    <Frame title="Sign it in your wallet" Icon={PenLine} testId="desk-signing">
      <ul className="flex list-disc flex-col gap-1 pl-4" data-testid="sign-words">
        {placed.words.map((line) => (
          <li key={line}>
            <Figures>{line}</Figures>
          </li>
        ))}
      </ul>
      {after !== null && (
        <p>
          <Figures>{`You would hold ${sol(BigInt(after))} after it.`}</Figures>
        </p>
      )}
      <div>
        <Button onClick={onDismiss}>Take it back</Button>
      </div>
    </Frame>
  );
}

function Unsigned({ outcome, actions }: { outcome: WalletOutcome; actions: Actions }) {
  const { signIn } = useWalletSession();
  const needsWallet = outcome.wayOn === 'sign-in' || outcome.wayOn === 'choose-wallet';
  return (
    <Frame title={outcome.title} tone="warning" Icon={CircleAlert} testId="desk-unsigned" code={outcome.code}>
      <p>
        <Figures>{outcome.detail}</Figures>
      </p>
      <div className="flex flex-wrap gap-2">
        {needsWallet ? (
          <Button variant="solid" onClick={signIn}>
            Choose a wallet
          </Button>
        ) : (
          <Button variant="solid" onClick={actions.tryAgain}>
            Try again
          </Button>
        )}
        <Button onClick={actions.dismiss}>Take it back</Button>
      </div>
    </Frame>
  );
}

function NotHandedOver({
  message,
  kept: { stakeLamports, expiresAt },
  clockOffsetMs,
}: {
  message: string;
  kept: { readonly stakeLamports: string; readonly expiresAt: number };
  clockOffsetMs: number;
}) {
  const second = useNow(1_000);
  const leftMs = second === null ? null : expiresAt - second - clockOffsetMs;
  const left =
    leftMs !== null && leftMs > 0
      ? `If that takes more than ${Math.ceil(leftMs / 1_000)} s the bet expires instead, and nothing is paid.`
      : 'It is too late for this bet by now: Fortytick will say so, and nothing is paid.';
  return (
    <Frame title="Signed, but not handed over yet" tone="warning" Icon={WifiOff} testId="desk-kept">
      <p>
        <Figures>
          {`${message} Your signed bet of ${sol(BigInt(stakeLamports))} is kept in this tab and sent by itself as soon as the connection is back. Do not sign again. ${left}`}
        </Figures>
      </p>
    </Frame>
  );
}

function Frame({
  title,
  tone = 'plain',
  Icon,
  testId,
  code,
  children,
}: {
  title: string;
  tone?: 'plain' | 'warning' | 'danger';
  Icon?: LucideIcon;
  testId?: string;
  code?: string | null;
  children: ReactNode;
}) {
  return (
    <section
      role="status"
      data-testid={testId}
      data-code={code ?? undefined}
      className={cn(
        'flex flex-col gap-2 rounded-control border p-3 text-ink-soft',
        tone === 'plain' ? 'border-line-strong' : tone === 'warning' ? 'border-warning/60' : 'border-danger/60',
      )}
    >
      <strong className="flex items-center gap-2 font-semibold text-ink">
        {Icon && (
          <Icon
            aria-hidden
            className={cn('size-4 shrink-0', tone === 'warning' && 'text-warning', tone === 'danger' && 'text-danger')}
          />
        )}
        {title}
      </strong>
      {children}
    </section>
  );
}
