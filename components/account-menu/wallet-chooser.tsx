'use client';
// The choice of a wallet, in words for somebody who has none. Choosing one connects and signs in; while the wallet is asked,
// the same dialog says what it waits for, and afterwards what came of it.
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Disclosure } from '@/components/advice/disclosure';
import { OutcomeWords } from '@/components/account-menu/outcome-words';
import { PhoneWay } from '@/components/account-menu/phone-way';
import { WalletDialog } from '@/components/account-menu/wallet-dialog';
import { InstallRow, WalletRow } from '@/components/account-menu/wallet-row';
import { Button } from '@/components/ui/button';
import { openWalletSession } from '@/components/wallet/open-wallet-session';
import { useChooserOpen, useWalletSession } from '@/components/wallet/use-wallet-session';
import { isPhone } from '@/components/wallet/ports/mobile-place';
import { PHANTOM, PHONE_WALLET, type WalletPort } from '@/components/wallet/wallet-port';
import { setChooserOpen } from '@/components/wallet/wallet-session-state';

export function WalletChooser() {
  const isOpen = useChooserOpen();
  const { state, outcome, status } = useWalletSession();
  const here = openWalletSession();
  const waitingFor = state.status === 'connecting' || state.status === 'signing-in' ? state.walletName : null;
  const isWaiting = waitingFor !== null;
  useEffect(() => {
    if (status === 'signed-in') setChooserOpen(false);
  }, [status]);
  const close = () => {
    here.giveUp();
    here.dismissOutcome();
    setChooserOpen(false);
  };
  return (
    <WalletDialog
      isOpen={isOpen && status !== 'signed-in'}
      onClose={close}
      testId="wallet-chooser"
      title={isWaiting ? `Waiting for ${waitingFor}` : 'Sign in with a wallet'}
      description={
        isWaiting ? waitingWords() : 'Signing in shows that the wallet is yours. It moves no money and costs nothing.'
      }
    >
      {outcome && !isWaiting && <OutcomeWords outcome={outcome} />}
      {isWaiting ? <Button onClick={() => here.giveUp()}>Stop waiting</Button> : <Choices />}
    </WalletDialog>
  );
}

function waitingWords(): string {
  return isPhone(navigator)
    ? 'Approve the request in the wallet’s app, then come back to this page. If no app opened, stop waiting and choose another way.'
    : 'Approve the request in its window. If you see none, click the wallet’s icon beside the address bar: it may be locked or behind this page.';
}

function Choices() {
  const here = openWalletSession();
  const wallets = useSyncExternalStore(here.wallets.subscribe, here.wallets.get, here.wallets.get);
  const [hasPracticeFailed, setPracticeFailed] = useState(false);
  const choose = (port: WalletPort) => void here.signInWith(port);
  const choosePractice = () => {
    here.findPracticeWallet().then(
      (port) => port && choose(port),
      () => setPracticeFailed(true),
    );
  };
  const installed = wallets.filter((port) => !port.isPractice);
  return (
    <>
      <ul className="flex flex-col gap-2">
        {!installed.some(({ name }) => name === PHANTOM) && <InstallRow />}
        {installed.map((port) => (
          <WalletRow
            key={port.name}
            name={port.name}
            icon={port.icon}
            hint={port.name === PHONE_WALLET ? 'if you have one' : 'found here'}
            {...(port.name === PHONE_WALLET && { about: 'Any Solana wallet on this phone.' })}
            onClick={() => choose(port)}
          />
        ))}
        <WalletRow
          name="Practice wallet"
          icon={null}
          hint="no real money"
          about="Nothing to install: bets with play money, on a practice chain."
          onClick={choosePractice}
        />
      </ul>
      {hasPracticeFailed && (
        <p role="alert">The practice wallet could not be loaded. Check your connection and try again.</p>
      )}
      {!isPhone(navigator) && <PhoneWay />}
      <Disclosure summary="What is a wallet?">
        <p className="pt-2 text-caption text-ink-soft">
          A program that keeps the key to your SOL and asks you before anything is signed with it. Fortytick never sees
          the key and can take nothing by itself. You need none to watch the games and read the advice.
        </p>
      </Disclosure>
    </>
  );
}
