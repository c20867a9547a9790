'use client';
// Every browser that is signed in to this account; one or all of them can be ended here.
import { z } from 'zod';
import { useList } from '@/components/settings/use-list';
import { Problem } from '@/components/safety/safety-dialog';
import { Time } from '@/components/time/time';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Skeleton } from '@/components/ui/skeleton';
import { walletSession } from '@/components/wallet/wallet-session';
import { signInsSchema } from '@/lib/protocol/auth-api';

const anything = z.unknown();

export function SignInsCard({ className }: { className?: string }) {
  const list = useList('/api/auth/sign-ins', signInsSchema);
  const endAll = async () => {
    const ended = await list.ask({ method: 'POST', path: '/api/auth/logout-everywhere', body: {}, schema: anything });
    if (ended !== null) await walletSession.restore();
  };
  return (
    <Card title="Sign-ins" className={className} data-testid="sign-ins">
      <p className="max-w-prose text-ink-soft">
        Browsers that are signed in with your wallet. One you do not know: end it, and look at your keys too, which go
        on working until you revoke them.
      </p>
      <Problem text={list.problem} />
      {list.data === null ? (
        list.problem === null && <Skeleton className="h-4 w-1/2" />
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {list.data.signIns.map(({ id, createdAt, lastUsedAt, current }) => (
            <li
              key={id}
              data-testid="sign-in"
              className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2.5"
            >
              <span className="flex flex-wrap items-center gap-x-2">
                <span>
                  Since <Time at={createdAt} />
                </span>
                {current ? (
                  <Badge>This browser</Badge>
                ) : (
                  <span className="text-caption text-ink-faint">
                    last seen <Time at={lastUsedAt} />
                  </span>
                )}
              </span>
              {!current && (
                <Button
                  className="h-8 px-3"
                  disabled={list.isBusy}
                  onClick={() =>
                    void list.replace({ method: 'DELETE', path: `/api/auth/sign-ins/${encodeURIComponent(id)}` })
                  }
                >
                  End
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <Button className="self-start" disabled={list.isBusy} onClick={() => void endAll()} data-testid="end-all">
        Sign out everywhere
      </Button>
    </Card>
  );
}
