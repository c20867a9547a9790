'use client';
// On every page: where this tab keeps a signed stake that could not be handed over, and its player is signed in, the code that
// sends it is loaded. All that is in the first load is the look into the tab's storage. The live page's ticket sends its own.
import { usePathname } from 'next/navigation';
import { useEffect, useState, type ComponentType } from 'react';
import { hasKeptStake } from '@/components/bet/has-kept-stake';
import { useWalletSession } from '@/components/wallet/use-wallet-session';

/** The connection that lost the stake may fail to load the code as well. */
const RETRY_MS = 3_000;

export function KeptStake() {
  const { accountId } = useWalletSession();
  const isWanted = usePathname() !== '/' && accountId !== null;
  const [Sender, setSender] = useState<ComponentType | null>(null);
  useEffect(() => {
    if (!isWanted) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = () => {
      if (!hasKeptStake()) return;
      import('@/components/bet/stake-sender').then(
        ({ StakeSender }) => setSender(() => StakeSender),
        () => (timer = setTimeout(load, RETRY_MS)),
      );
    };
    load();
    return () => clearTimeout(timer);
  }, [isWanted]);
  return isWanted && Sender ? <Sender /> : null;
}
