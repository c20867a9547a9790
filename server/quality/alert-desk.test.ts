import { describe, expect, it } from 'vitest';
import { epochMs } from '@/lib/units/time';
import type { Alert } from '@/server/quality/alert';
import { ALERTS_MAX, createAlertDesk } from '@/server/quality/alert-desk';
import type { WebhookMessage } from '@/server/quality/webhook';

const FEED = { alertId: 'frame-age', severity: 'critical', title: 'The feed is silent', detail: 'For 2 min.' } as const;

function open({ load = true }: { load?: boolean } = {}) {
  let now = 1_000;
  const sent: { message: WebhookMessage; delivered: () => void }[] = [];
  const logged: string[] = [];
  const desk = createAlertDesk({
    webhook: { send: (message, delivered) => void sent.push({ message, delivered: delivered ?? (() => {}) }) },
    clock: () => epochMs(now),
    log: { warn: (_details, message) => void logged.push(message) },
  });
  if (load) desk.load([]);
  const pass = (ms: number) => (now += ms);
  return { desk, sent, logged, pass };
}

const known = (changes: Partial<Alert>): Alert => ({
  ...FEED,
  state: 'raised',
  since: epochMs(1),
  updatedAt: epochMs(1),
  resolvedAt: null,
  notifiedAt: epochMs(2),
  ...changes,
});

describe('the alert desk', () => {
  it('tells of each change of state once, and keeps an event of it', () => {
    const { desk, sent, pass } = open();
    desk.raise(FEED);
    pass(60_000);
    desk.raise({ ...FEED, detail: 'For 3 min.' });
    pass(60_000);
    desk.resolve('frame-age');
    desk.resolve('frame-age');
    expect(sent.map(({ message }) => message.text)).toEqual([
      'Critical: The feed is silent: For 2 min.',
      'Resolved: The feed is silent: For 3 min.',
    ]);
    const { events, alerts } = desk.changes();
    expect(events).toMatchObject([
      { stream: 'alert:frame-age', type: 'raised', payload: { detail: 'For 2 min.' }, occurredAt: 1_000 },
      { stream: 'alert:frame-age', type: 'resolved', occurredAt: 121_000 },
    ]);
    expect(alerts).toMatchObject([{ state: 'resolved', since: 1_000, resolvedAt: 121_000 }]);
  });

  it('gives out what is not yet on record, and again what changed while it was being written', () => {
    const { desk } = open();
    desk.raise(FEED);
    const first = desk.changes();
    desk.resolve('frame-age');
    first.settled();
    const second = desk.changes();
    expect(second.events.map(({ type }) => type)).toEqual(['resolved']);
    expect(second.alerts).toMatchObject([{ state: 'resolved' }]);
    second.settled();
    expect(desk.changes()).toMatchObject({ events: [], alerts: [] });
  });

  it('notes that somebody was told, unless the state has changed since', () => {
    const { desk, sent, pass } = open();
    desk.raise(FEED);
    pass(500);
    sent[0]!.delivered();
    expect(desk.find('frame-age')!.notifiedAt).toBe(1_500);
    desk.resolve('frame-age');
    desk.raise(FEED);
    sent[1]!.delivered();
    expect(desk.find('frame-age')).toMatchObject({ state: 'raised', notifiedAt: null });
  });

  it('takes up where the process before it stopped: what it told is not told again, what it could not is', () => {
    const { desk, sent } = open({ load: false });
    desk.raise(FEED);
    desk.resolve('other');
    expect(desk.alerts()).toEqual([]);
    desk.load([known({}), known({ alertId: 'untold', notifiedAt: null }), known({ alertId: 'other' })]);
    expect(sent.map(({ message }) => message.text.split(':')[0])).toEqual(['Critical', 'Resolved']);
    expect(desk.alerts().map(({ alertId, state }) => [alertId, state])).toEqual([
      ['frame-age', 'raised'],
      ['untold', 'raised'],
      ['other', 'resolved'],
    ]);
    expect(desk.find('frame-age')!.since).toBe(1);
  });

  it('counts and orders: raised before resolved, critical before warning', () => {
    const { desk } = open();
    desk.raise({ ...FEED, alertId: 'a', severity: 'warning' });
    desk.raise({ ...FEED, alertId: 'b' });
    desk.raise({ ...FEED, alertId: 'c' });
    desk.resolve('c');
    expect(desk.alerts().map(({ alertId }) => alertId)).toEqual(['b', 'a', 'c']);
    expect(desk.raised()).toEqual({ warning: 1, critical: 1 });
  });

  it('forgets the alert resolved longest ago when it is full, and refuses a new one when all are raised', () => {
    const { desk, logged } = open();
    for (let i = 0; i < ALERTS_MAX; i++) desk.raise({ ...FEED, alertId: `a${i}` });
    desk.raise({ ...FEED, alertId: 'one too many' });
    expect(desk.find('one too many')).toBeNull();
    expect(logged).toEqual([`an alert was refused: ${ALERTS_MAX} are raised`]);
    desk.resolve('a7');
    desk.changes().settled();
    desk.raise({ ...FEED, alertId: 'one more' });
    expect(desk.find('one more')).not.toBeNull();
    expect(desk.find('a7')).toBeNull();
  });

  it('pings nobody and cuts what is long', () => {
    const { desk, sent } = open();
    desk.raise({ ...FEED, title: '<!channel> & co', detail: 'x'.repeat(9_000) });
    const { message } = sent[0]!;
    expect(message.text).toMatch(/^Critical: &lt;!channel&gt; &amp; co: x+$/);
    expect(message.text.length).toBeLessThan(2_100);
    expect(JSON.stringify(message.blocks)).not.toContain('<');
    expect(desk.find('frame-age')!.detail).toHaveLength(4_000);
  });
});
