// An alert's change of state as a message for people, in Slack's form. Pure.
import type { Alert } from '@/server/quality/alert';
import type { WebhookMessage } from '@/server/quality/webhook';

/** Slack cuts a section at 3,000 characters and refuses longer ones. */
const DETAIL_CHARS_MAX = 2_000;

export function toAlertMessage(alert: Alert): WebhookMessage {
  const head = headOf(alert);
  const detail = escape(alert.detail.slice(0, DETAIL_CHARS_MAX));
  const since = `Since ${new Date(alert.since).toISOString()}`;
  return {
    text: `${head}: ${detail}`,
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: `*${head}*\n${detail}` } },
      { type: 'context', elements: [{ type: 'plain_text', text: `${since} · ${alert.alertId}` }] },
    ],
  };
}

function headOf({ state, severity, title }: Alert): string {
  const word = state === 'resolved' ? 'Resolved' : severity === 'critical' ? 'Critical' : 'Warning';
  return `${word}: ${escape(title)}`;
}

/** The three characters with which Slack's markup begins; names and texts from the feed must not ping anybody. */
function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
