import { moneyLines } from '@/components/bet-proof/describe-proof';
import { Card } from '@/components/ui/card';
import type { BetProof } from '@/lib/protocol/sessions-api';

export function MoneyCard({ proof, className }: { proof: BetProof; className?: string }) {
  return (
    <Card title="The money" className={className} data-testid="proof-money">
      <dl className="flex flex-col divide-y divide-line">
        {moneyLines(proof).map(({ label, amount, note }) => (
          <div key={label} className="flex items-baseline justify-between gap-4 py-2">
            <dt className="text-ink-soft">
              {label}
              {note && <span className="block text-caption text-ink-faint">{note}</span>}
            </dt>
            <dd className="font-semibold whitespace-nowrap">{amount}</dd>
          </div>
        ))}
      </dl>
      {proof.bet.venue === 'paper' && <p className="text-caption text-ink-faint">Paper SOL is no money.</p>}
      {proof.bet.venue === 'practice' && (
        <p className="text-caption text-ink-faint">Practice SOL is worth nothing; its transactions are real ones.</p>
      )}
    </Card>
  );
}
