'use client';
// The player's id on the game's own site, for bets placed there. Linked on trust, and said so.
import { useState, type FormEvent } from 'react';
import { Problem } from '@/components/safety/safety-dialog';
import { useAccountChange } from '@/components/safety/use-account';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { PLAYER_ID_PATTERN, type AccountView } from '@/lib/protocol/account-api';

export function PlayerIdCard({ view, className }: { view: AccountView; className?: string }) {
  const { isBusy, problem, run } = useAccountChange();
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const { playerId } = view.account;
  const link = (next: string | null) => run({ method: 'PUT', path: 'player-id', body: { playerId: next } });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const id = text.trim();
    if (!PLAYER_ID_PATTERN.test(id)) return setWrong('An id looks like did:privy: followed by letters and digits.');
    setWrong(null);
    if (await link(id)) setText('');
  };
  return (
    <Card title="rugs.fun player id" className={className} data-testid="player-id">
      <p className="text-ink-soft">
        Bets you place on the game’s own site are public there. With your id they are followed here by themselves.
        Nothing proves that an id is yours: link your own only, since others’ bets would count as yours in your history
        and limits.
      </p>
      {playerId === null ? (
        <form onSubmit={(event) => void submit(event)} className="flex flex-wrap gap-2" aria-label="Link a player id">
          <input
            aria-label="Player id"
            value={text}
            maxLength={80}
            spellCheck={false}
            autoComplete="off"
            placeholder="did:privy:…"
            onChange={(event) => setText(event.target.value)}
            className="h-9 min-w-0 grow rounded-control border border-line-strong bg-raised px-3 font-mono text-ink max-sm:text-[1rem]"
          />
          <Button type="submit" disabled={isBusy || text.trim() === ''}>
            Link
          </Button>
        </form>
      ) : (
        <div className="flex flex-wrap items-center justify-between gap-2">
          <span className="min-w-0 font-mono break-all" data-testid="linked-player">
            {playerId}
          </span>
          <Button className="h-8 px-3" disabled={isBusy} onClick={() => void link(null)}>
            Unlink
          </Button>
        </div>
      )}
      <Problem text={wrong ?? problem} />
    </Card>
  );
}
