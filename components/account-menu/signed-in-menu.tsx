'use client';
// Who is signed in, with what, and what to do about it: opened from the address in the header.
import { ChevronDown, LogOut, Wallet } from 'lucide-react';
import Link from 'next/link';
import { Popover } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import { AccountButton } from '@/components/account-menu/account-button';
import { Balances } from '@/components/account-menu/balances';
import { PracticeKeyPanel } from '@/components/account-menu/practice-key-panel';
import { StopSwitch } from '@/components/safety/stop-switch';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/verify/copy-button';
import { useWalletSession } from '@/components/wallet/use-wallet-session';
import type { WalletSessionState } from '@/components/wallet/wallet-session-state';
import { shortAddress } from '@/lib/wallet/short-address';

export type SignedInPlayer = Extract<WalletSessionState, { status: 'signed-in' }>;

export function SignedInMenu({ player }: { player: SignedInPlayer }) {
  const { signOut } = useWalletSession();
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <AccountButton
          data-status="signed-in"
          data-address={player.address}
          data-wallet={player.wallet}
          aria-label={`Signed in as ${shortAddress(player.address)}`}
        >
          <Wallet aria-hidden className="size-4 text-phase-active min-[22.5rem]:hidden" />
          <span className="text-caption max-[22.5rem]:hidden xl:text-body">{shortAddress(player.address)}</span>
          <ChevronDown aria-hidden className="size-3.5 shrink-0 max-sm:hidden" />
        </AccountButton>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={8}
          collisionPadding={12}
          data-testid="account-panel"
          aria-label="Your account"
          className="z-40 flex max-h-(--radix-popover-content-available-height) w-[min(20rem,calc(100vw-1.5rem))] flex-col divide-y divide-line overflow-y-auto rounded-panel border border-line-strong bg-surface text-ink shadow-float outline-none"
        >
          <Identity player={player} />
          {isOpen && <Balances />}
          <div className="p-4 empty:hidden">
            <StopSwitch />
          </div>
          <nav aria-label="Your pages" className="flex flex-col p-2">
            <MenuLink href="/sessions" onClick={close}>
              Sessions
            </MenuLink>
            <MenuLink href="/settings" onClick={close}>
              Settings
            </MenuLink>
          </nav>
          {player.isPractice && <PracticeKeyPanel onForgotten={close} />}
          <div className="p-2">
            <Button
              variant="quiet"
              className="w-full justify-start px-2"
              onClick={() => void signOut()}
              data-testid="sign-out"
            >
              <LogOut aria-hidden />
              Sign out
            </Button>
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Identity({ player }: { player: SignedInPlayer }) {
  return (
    <div className="flex flex-col gap-1.5 p-4">
      <div className="flex items-center justify-between gap-2">
        <span className="font-mono" title={player.address}>
          {shortAddress(player.address)}
        </span>
        <CopyButton text={player.address} what="your address" className="-my-1 -mr-2 h-8 px-2 text-caption" />
      </div>
      <p className="text-caption text-ink-soft">{describeWallet(player)}</p>
      {player.isPractice && (
        <Badge tone="phase" className="self-start">
          Practice wallet · no real money
        </Badge>
      )}
    </div>
  );
}

function describeWallet({ walletName, wallet }: SignedInPlayer): string {
  if (wallet === 'connected') return `${walletName}, connected`;
  return `${walletName ?? 'Your wallet'} is not connected; it is asked when there is something to sign.`;
}

function MenuLink({ href, onClick, children }: { href: string; onClick: () => void; children: ReactNode }) {
  return (
    <Link
      href={href}
      prefetch={false}
      onClick={onClick}
      className="rounded-control px-2 py-2 font-medium hover:bg-raised"
    >
      {children}
    </Link>
  );
}
