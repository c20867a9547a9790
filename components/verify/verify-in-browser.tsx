'use client';
// For a page about one game: a button that replays it here and now, or the reason why that cannot be done.
import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { CheckReport } from '@/components/verify/check-report';
import { checkRound, type RoundCheck } from '@/components/verify/check-round';
import { toRound, type VerifiableGame } from '@/components/verify/verifiable-game';
import { Button } from '@/components/ui/button';

/** Pass `key={gameId}`: an outcome belongs to its game. */
export function VerifyInBrowser({ game }: { game: VerifiableGame }) {
  const [check, setCheck] = useState<RoundCheck | null>(null);
  const round = toRound(game);
  if (!round.ok) {
    return (
      <p className="max-w-prose text-ink-soft" data-testid="cannot-verify">
        {round.error}
      </p>
    );
  }
  if (check) return <CheckReport check={check} />;
  return (
    <div className="flex flex-col items-start gap-2">
      <Button variant="solid" onClick={() => setCheck(checkRound(round.value))}>
        <ShieldCheck aria-hidden /> Verify in your browser
      </Button>
      <p className="max-w-prose text-caption text-ink-faint">
        Replays the published generator on this device, from the seed; nothing is asked of the server.
      </p>
    </div>
  );
}
