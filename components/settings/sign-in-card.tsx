'use client';
// What an account is for, to whoever has none open here.
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { useWalletSession } from '@/components/wallet/use-wallet-session';

const NEEDS = [
  'limits on losses by game, session, hour and day',
  'the stop switch, cooling-off and self-exclusion',
  'the reality check, and the stake above which you are asked twice',
  'your rugs.fun player id, API keys and sign-ins',
  'taking your data along, or deleting it',
];

export function SignInCard({ className, isPending }: { className?: string; isPending: boolean }) {
  const { signIn } = useWalletSession();
  return (
    <Card title="Sign in to change your settings" className={className} data-testid="settings-signed-out">
      <p className="max-w-prose text-ink-soft">
        These belong to an account, which a wallet opens by signing a message. Nothing is paid and nothing is moved.
      </p>
      <ul className="flex list-disc flex-col gap-1 pl-5 text-ink-soft marker:text-ink-faint">
        {NEEDS.map((need) => (
          <li key={need}>{need}</li>
        ))}
      </ul>
      <Button variant="solid" className="mt-1 self-start" onClick={signIn} disabled={isPending}>
        {isPending ? 'Signing in' : 'Connect a wallet'}
      </Button>
      <p className="text-caption text-ink-faint">
        Without an account the dashboard works as it is; your bankroll and limits for its advice are kept in this
        browser.
      </p>
    </Card>
  );
}
