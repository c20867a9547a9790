'use client';
// The practice wallet's key: shown to whoever asks twice, forgotten by whoever asks twice.
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/verify/copy-button';
import { openWalletSession } from '@/components/wallet/open-wallet-session';
import { useWalletSession } from '@/components/wallet/use-wallet-session';

export function PracticeKeyPanel({ onForgotten }: { onForgotten: () => void }) {
  const { signOut } = useWalletSession();
  const [step, setStep] = useState<'closed' | 'export' | 'forget'>('closed');
  const practice = openWalletSession().practice();
  const text = practice?.practiceKeys.get()?.exportText() ?? null;
  const forget = () => {
    onForgotten();
    void signOut().then(() => practice?.practiceWallet.forget());
  };
  if (text === null) return null;
  return (
    <div className="flex flex-col gap-2 p-2">
      {step === 'closed' && (
        <div className="flex">
          <Button variant="quiet" className="px-2" onClick={() => setStep('export')}>
            Export key
          </Button>
          <Button variant="quiet" className="px-2" onClick={() => setStep('forget')}>
            Forget key
          </Button>
        </div>
      )}
      {step === 'export' && (
        <div className="flex flex-col gap-2 p-2">
          <p className="text-caption text-ink-soft">
            Whoever has this key can sign for this wallet. It is meant for play money: never send real SOL to its
            address.
          </p>
          <code
            data-testid="practice-key"
            className="rounded-control border border-line bg-ground p-2 text-caption break-all"
          >
            {text}
          </code>
          <div className="flex gap-2">
            <CopyButton text={text} what="the practice key" />
            <Button variant="quiet" onClick={() => setStep('closed')}>
              Hide
            </Button>
          </div>
        </div>
      )}
      {step === 'forget' && (
        <div className="flex flex-col gap-2 p-2">
          <p className="text-caption text-ink-soft">
            Without its key nobody can sign in to this account again: its practice SOL, bets and settings are out of
            reach. Export the key first if you may want them back.
          </p>
          <div className="flex gap-2">
            <Button onClick={forget} className="border-danger/60 text-danger" data-testid="forget-key">
              Forget it
            </Button>
            <Button variant="quiet" onClick={() => setStep('closed')}>
              Keep it
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}
