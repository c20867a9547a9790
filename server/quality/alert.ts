// An alert as it is kept and shown; the alert desk raises and resolves it.
import type { AlertSeverity } from '@/lib/quality/expectation';
import type { EpochMs } from '@/lib/units/time';

export type Alert = {
  readonly alertId: string;
  readonly severity: AlertSeverity;
  readonly state: 'raised' | 'resolved';
  readonly title: string;
  readonly detail: string;
  readonly since: EpochMs;
  readonly updatedAt: EpochMs;
  readonly resolvedAt: EpochMs | null;
  /** When the webhook took the newest change of state. */
  readonly notifiedAt: EpochMs | null;
};
