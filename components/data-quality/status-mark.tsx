import { CircleAlert, CircleCheck, CircleHelp, CircleX, type LucideIcon } from 'lucide-react';
import { STATUS_WORDS } from '@/components/data-quality/describe-check';
import { cn } from '@/components/ui/cn';
import type { CheckStatus } from '@/lib/quality/expectation';

const LOOKS: Record<CheckStatus, { Icon: LucideIcon; tone: string }> = {
  good: { Icon: CircleCheck, tone: 'text-up' },
  unknown: { Icon: CircleHelp, tone: 'text-ink-faint' },
  warning: { Icon: CircleAlert, tone: 'text-warning' },
  bad: { Icon: CircleX, tone: 'text-danger' },
};

/** A check's judgement, by shape, word and colour. */
export function StatusMark({ status, className }: { status: CheckStatus; className?: string }) {
  const { Icon, tone } = LOOKS[status];
  return (
    <span className={cn('inline-flex items-center gap-1.5 font-medium whitespace-nowrap', tone, className)}>
      <Icon aria-hidden className="size-4 shrink-0" />
      {STATUS_WORDS[status]}
    </span>
  );
}
