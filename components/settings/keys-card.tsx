'use client';
// API keys for the player's own programs: what each may do, from where, until when, and when it was last used. A new one is
// shown once.
import { useState } from 'react';
import { CopyButton } from '@/components/verify/copy-button';
import { KeyForm } from '@/components/settings/key-form';
import { useList } from '@/components/settings/use-list';
import { Problem } from '@/components/safety/safety-dialog';
import { Time } from '@/components/time/time';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Skeleton } from '@/components/ui/skeleton';
import { apiKeysSchema, createdKeySchema, type ApiKeyView, type CreateKeyRequest } from '@/lib/protocol/auth-api';

const MAY: Record<ApiKeyView['permissions'][number], string> = {
  read: 'read',
  'bet-paper': 'bet on paper',
  bet: 'bet',
};

export function KeysCard({ className }: { className?: string }) {
  const list = useList('/api/keys', apiKeysSchema);
  const [isMaking, setMaking] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  const create = async (request: CreateKeyRequest) => {
    const made = await list.ask({ method: 'POST', path: '/api/keys', body: request, schema: createdKeySchema });
    if (!made) return;
    setShown(made.key);
    setMaking(false);
    await list.reload();
  };
  return (
    <Card
      title="API keys"
      className={className}
      data-testid="keys"
      aside={
        !isMaking && (
          <Button className="-my-2 h-8 px-3" onClick={() => setMaking(true)}>
            New key
          </Button>
        )
      }
    >
      <p className="max-w-prose text-ink-soft">
        For your own programs. A key is held to your limits and pauses like yourself, and can never change them.
      </p>
      {shown && <NewKey text={shown} onDone={() => setShown(null)} />}
      {isMaking && (
        <KeyForm isBusy={list.isBusy} onCreate={(request) => void create(request)} onCancel={() => setMaking(false)} />
      )}
      <Problem text={list.problem} />
      {list.data === null ? (
        list.problem === null && <Skeleton className="h-4 w-1/2" />
      ) : list.data.keys.length === 0 ? (
        <p className="text-caption text-ink-faint">You have no keys.</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {list.data.keys.map((key) => (
            <KeyRow
              key={key.id}
              apiKey={key}
              isBusy={list.isBusy}
              onRevoke={() => void list.replace({ method: 'DELETE', path: `/api/keys/${encodeURIComponent(key.id)}` })}
            />
          ))}
        </ul>
      )}
    </Card>
  );
}

function NewKey({ text, onDone }: { text: string; onDone: () => void }) {
  return (
    <div role="status" className="flex flex-col gap-2 rounded-control border border-line-strong bg-raised p-3">
      <p className="font-medium">This is the key. It is shown once: copy it now.</p>
      <code data-testid="new-key" className="font-mono break-all select-all">
        {text}
      </code>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={text} what="the key" className="h-8 px-2" />
        <Button className="h-8 px-3" onClick={onDone}>
          I have it
        </Button>
      </div>
    </div>
  );
}

function KeyRow({ apiKey, isBusy, onRevoke }: { apiKey: ApiKeyView; isBusy: boolean; onRevoke: () => void }) {
  const [isAsked, setAsked] = useState(false);
  const { name, prefix, permissions, allowedIps, createdAt, expiresAt, revokedAt, lastUsedAt } = apiKey;
  return (
    <li
      data-testid="api-key"
      data-revoked={revokedAt !== null}
      className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3"
    >
      <div className="flex min-w-0 flex-col gap-0.5">
        <span className={revokedAt === null ? 'font-medium' : 'font-medium text-ink-faint line-through'}>
          {name} <span className="font-mono text-caption font-normal text-ink-faint">{prefix}…</span>
        </span>
        <span className="text-caption text-ink-faint">
          {`May ${permissions.map((one) => MAY[one]).join(', ')}; ${allowedIps.length === 0 ? 'from anywhere' : `from ${allowedIps.join(', ')}`}.`}
        </span>
        <span className="text-caption text-ink-faint">
          Created <Time at={createdAt} />,{' '}
          {lastUsedAt === null ? (
            'never used'
          ) : (
            <>
              last used <Time at={lastUsedAt} />
            </>
          )}
          {revokedAt !== null ? (
            <>
              , revoked <Time at={revokedAt} />
            </>
          ) : (
            expiresAt !== null && (
              <>
                , until <Time at={expiresAt} />
              </>
            )
          )}
        </span>
      </div>
      {revokedAt === null && (
        <Button
          className={isAsked ? 'h-8 border-danger/60 px-3 text-danger' : 'h-8 px-3'}
          disabled={isBusy}
          aria-label={`${isAsked ? 'Revoke for good' : 'Revoke'} ${name}`}
          onClick={() => (isAsked ? onRevoke() : setAsked(true))}
          onBlur={() => setAsked(false)}
        >
          {isAsked ? 'Revoke for good' : 'Revoke'}
        </Button>
      )}
    </li>
  );
}
