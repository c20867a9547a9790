'use client';
// The bet's transactions on the chain. On the practice chain, which has no explorer, this is where its word stands.
import { explorerLink } from '@/components/bet-proof/explorer-link';
import { sol } from '@/components/games/sol';
import { Time } from '@/components/time/time';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import type { BetProof, ProofTransaction } from '@/lib/protocol/sessions-api';

export function TransactionsCard({ proof, className }: { proof: BetProof; className?: string }) {
  const { transactions, bet, cluster } = proof;
  return (
    <Card title="Transactions" id="transactions" className={className} data-testid="proof-transactions">
      {transactions.length === 0 ? (
        <p className="max-w-prose text-ink-faint">{NONE[bet.venue]}</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {transactions.map((one) => (
            <Transaction key={one.signature} transaction={one} cluster={cluster} betId={bet.id} />
          ))}
        </ul>
      )}
    </Card>
  );
}

const NONE: Record<BetProof['bet']['venue'], string> = {
  practice: 'None: nothing of this bet reached the chain.',
  paper: 'A paper bet has none: it is kept in the books only.',
  assisted: 'None of ours: the bet was placed on the game’s own site.',
};

const ROLES: Record<ProofTransaction['role'], string> = { stake: 'Stake', payout: 'Payout', refund: 'Refund' };

const STATUSES: Record<ProofTransaction['status'], string> = {
  sent: 'sent, not confirmed yet',
  confirmed: 'confirmed',
  finalized: 'final: nothing can undo it',
  failed: 'failed on the chain: only its fee was taken',
  dead: 'never landed, and never can any more',
};

function Transaction({
  transaction,
  cluster,
  betId,
}: {
  transaction: ProofTransaction;
  cluster: BetProof['cluster'];
  betId: string;
}) {
  const { role, attempt, status, signature, slot, feeLamports, finalizedAt, confirmedAt, sentAt } = transaction;
  const href = cluster === 'practice' ? null : explorerLink({ cluster, signature, betId });
  return (
    <li data-testid="proof-transaction" data-role={role} className="flex flex-col gap-1 py-3 first:pt-0">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-medium">
          {ROLES[role]}
          {attempt > 1 && `, attempt ${attempt}`}
        </span>
        <Badge>{status}</Badge>
        <span className="text-caption text-ink-faint">{STATUSES[status]}</span>
      </p>
      <p className="font-mono text-caption break-all text-ink-soft">
        {href ? (
          <a href={href} target="_blank" rel="noreferrer noopener" className="underline underline-offset-2">
            {signature}
          </a>
        ) : (
          signature
        )}
      </p>
      <p className="flex flex-wrap gap-x-3 text-caption text-ink-faint">
        <span>
          since <Time at={finalizedAt ?? confirmedAt ?? sentAt} form="seconds" />
        </span>
        {slot !== null && <span>slot {slot}</span>}
        {feeLamports !== null && <span>fee {sol(feeLamports)}</span>}
      </p>
      <ChainWord transaction={transaction} cluster={cluster} />
    </li>
  );
}

function ChainWord({
  transaction: { chain },
  cluster,
}: {
  transaction: ProofTransaction;
  cluster: BetProof['cluster'];
}) {
  if (cluster !== 'practice') return null;
  return (
    <p className="max-w-prose text-caption text-ink-soft" data-testid="chain-word">
      {chain
        ? `The practice chain says now: ${chain.failed ? 'failed' : `moved ${sol(chain.movedLamports)}`} in slot ${chain.slot}${chain.memos.length > 0 ? `, memo “${chain.memos.join('”, “')}”` : ''}.`
        : 'The practice chain does not have it, or does not answer now.'}
    </p>
  );
}
