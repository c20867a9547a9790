// The alerts: who is told what, once for every change of state. Any job may raise and resolve; the quality job loads the
// desk from the record when it starts, and writes what changed: a row for each alert, an event for each change. Raising
// never waits: the webhook sends by itself, and the rows follow with the next run of the quality job.
// At the bound of ALERTS_MAX the alert that was resolved longest ago is forgotten here (its row stays); while none is
// to be forgotten a new one is refused and logged.
import type { NewEvent } from '@/lib/event-log/event';
import type { Clock } from '@/lib/units/time';
import type { Alert } from '@/server/quality/alert';
import { toAlertMessage } from '@/server/quality/alert-message';
import type { Webhook } from '@/server/quality/webhook';
import { cleanText } from '@/server/store/clean-text';
import type { StoreLog } from '@/server/store/store-log';

export type NewAlert = Pick<Alert, 'alertId' | 'severity' | 'title' | 'detail'>;
export type AlertChanges = { readonly alerts: readonly Alert[]; readonly events: readonly NewEvent[] };

export type AlertDesk = {
  /** Again for one that is raised: only its words and severity may change, and nobody is told again. */
  raise(alert: NewAlert): void;
  resolve(alertId: string): void;
  /** Raised ones first, newest change first. */
  alerts(): readonly Alert[];
  raised(): { readonly warning: number; readonly critical: number };
  find(alertId: string): Alert | null;
  /** What the record knows, before anything else. What was raised meanwhile is then taken up. */
  load(known: readonly Alert[]): void;
  isLoaded(): boolean;
  /** What is not yet in the record; `settled` says that it now is. */
  changes(): AlertChanges & { settled(): void };
};

export const ALERTS_MAX = 500;
/** Raised or resolved before the record was read; by alert, the newest counts. */
const HELD_MAX = 500;
/** Changes of state waiting for the record: what is more than this is in the rows, but not in the log. */
const EVENTS_MAX = 1_000;
const DETAIL_CHARS_MAX = 4_000;

export function createAlertDesk({
  webhook,
  clock,
  log,
}: {
  webhook: Pick<Webhook, 'send'> | null;
  clock: Clock;
  log: Pick<StoreLog, 'warn'>;
}): AlertDesk {
  const alerts = new Map<string, Alert>();
  const changed = new Set<string>();
  const held = new Map<string, () => void>();
  let events: NewEvent[] = [];
  let loaded = false;

  function put(alert: Alert): boolean {
    if (!alerts.has(alert.alertId) && alerts.size >= ALERTS_MAX && !forgetOne()) {
      log.warn({ alertId: alert.alertId }, `an alert was refused: ${ALERTS_MAX} are raised`);
      return false;
    }
    alerts.set(alert.alertId, alert);
    changed.add(alert.alertId);
    return true;
  }

  function forgetOne(): boolean {
    const resolved = [...alerts.values()].filter(({ alertId, state }) => state === 'resolved' && !changed.has(alertId));
    const oldest = resolved.sort((a, b) => a.updatedAt - b.updatedAt)[0];
    return oldest !== undefined && alerts.delete(oldest.alertId);
  }

  /** A change of state: put down, put in the log, told. */
  function announce(alert: Alert): void {
    if (!put(alert)) return;
    events.push(toEvent(alert));
    if (events.length > EVENTS_MAX) events.shift();
    tell(alert);
  }

  function tell(alert: Alert): void {
    webhook?.send(toAlertMessage(alert), () => {
      const now = alerts.get(alert.alertId);
      if (now?.state === alert.state && now.since === alert.since) put({ ...now, notifiedAt: clock() });
    });
  }

  function raise({ alertId, severity, title, detail }: NewAlert): void {
    const known = alerts.get(alertId);
    const now = clock();
    const words = { severity, title: cleanText(title), detail: cleanText(detail.slice(0, DETAIL_CHARS_MAX)) };
    if (known?.state !== 'raised') {
      announce({ alertId, ...words, state: 'raised', since: now, updatedAt: now, resolvedAt: null, notifiedAt: null });
    } else if (known.detail !== words.detail || known.title !== words.title || known.severity !== severity) {
      put({ ...known, ...words, updatedAt: now });
    }
  }

  function resolve(alertId: string): void {
    const known = alerts.get(alertId);
    if (known?.state !== 'raised') return;
    const now = clock();
    announce({ ...known, state: 'resolved', updatedAt: now, resolvedAt: now, notifiedAt: null });
  }

  /** Until the record is read nobody knows whether an alert is news. */
  function whenLoaded(alertId: string, act: () => void): void {
    if (loaded) return act();
    held.delete(alertId);
    if (held.size < HELD_MAX) held.set(alertId, act);
    else log.warn({ alertId }, `an alert was refused: ${HELD_MAX} wait for the record`);
  }

  return {
    raise: (alert) => whenLoaded(alert.alertId, () => raise(alert)),
    resolve: (alertId) => whenLoaded(alertId, () => resolve(alertId)),
    alerts: () => [...alerts.values()].sort(byImportance),
    raised() {
      const raised = [...alerts.values()].filter(({ state }) => state === 'raised');
      const critical = raised.filter(({ severity }) => severity === 'critical').length;
      return { warning: raised.length - critical, critical };
    },
    find: (alertId) => alerts.get(alertId) ?? null,
    isLoaded: () => loaded,
    load(known) {
      if (loaded) return;
      loaded = true;
      for (const alert of known.slice(0, ALERTS_MAX)) {
        alerts.set(alert.alertId, alert);
        // Raised, and the process ended before anybody was told.
        if (alert.state === 'raised' && alert.notifiedAt === null) tell(alert);
      }
      for (const act of held.values()) act();
      held.clear();
    },
    changes() {
      const told = [...changed].flatMap((alertId) => alerts.get(alertId) ?? []);
      const toldEvents = [...events];
      return {
        alerts: told,
        events: toldEvents,
        settled() {
          for (const alert of told) if (alerts.get(alert.alertId) === alert) changed.delete(alert.alertId);
          events = events.filter((event) => !toldEvents.includes(event));
        },
      };
    },
  };
}

function byImportance(a: Alert, b: Alert): number {
  if (a.state !== b.state) return a.state === 'raised' ? -1 : 1;
  if (a.severity !== b.severity && a.state === 'raised') return a.severity === 'critical' ? -1 : 1;
  return b.updatedAt - a.updatedAt || (a.alertId < b.alertId ? -1 : 1);
}

function toEvent({ alertId, state, severity, title, detail, updatedAt }: Alert): NewEvent {
  return {
    stream: `alert:${alertId}`,
    expectedVersion: 'any',
    type: state,
    payload: state === 'raised' ? { severity, title, detail } : { severity },
    occurredAt: updatedAt,
  };
}
