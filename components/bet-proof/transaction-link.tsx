import { explorerLink, shortSignature } from '@/components/bet-proof/explorer-link';
import type { BetProof } from '@/lib/protocol/sessions-api';

export function TransactionLink({
  cluster,
  signature,
  betId,
  children,
}: {
  cluster: BetProof['cluster'];
  signature: string;
  betId: string;
  /** The signature, shortened, unless given. */
  children?: string;
}) {
  const href = explorerLink({ cluster, signature, betId });
  const text = children ?? shortSignature(signature);
  const look = children ? 'text-ink-soft' : 'font-mono text-caption text-ink-soft';
  if (href === null) {
    return (
      <span className={look} title={signature}>
        {text}
      </span>
    );
  }
  const isOutside = href.startsWith('https:');
  return (
    <a
      href={href}
      title={signature}
      className={`${look} underline underline-offset-2 hover:text-ink`}
      {...(isOutside && { target: '_blank', rel: 'noreferrer noopener' })}
    >
      {text}
    </a>
  );
}
