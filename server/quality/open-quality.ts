// The parts of data quality, put together for server/main: the desk that any job may raise alerts at, the webhook behind
// it, the job, and what pages may ask.
import type { FeedStatus } from '@/lib/protocol/push';
import type { Clock } from '@/lib/units/time';
import { sourceOf, type Config } from '@/server/config';
import type { IngestCounts } from '@/server/ingest/ingest';
import { createAlertDesk, type AlertDesk } from '@/server/quality/alert-desk';
import { createFeedMeter } from '@/server/quality/feed-meter';
import type { QualityView } from '@/server/quality/get-data-quality';
import { createRecordMeter } from '@/server/quality/measure-record';
import { createQualityHistory } from '@/server/quality/quality-history';
import { createQualityJob, type QualityJob } from '@/server/quality/quality-job';
import { createWebhook } from '@/server/quality/webhook';
import type { Record } from '@/server/store/open-record';
import type { StoreLog } from '@/server/store/store-log';

export type Quality = {
  readonly desk: AlertDesk;
  readonly job: QualityJob;
  readonly view: QualityView;
  stop(): Promise<void>;
};

type QualityConfig = Pick<Config, 'FEED' | 'SIM_SPEED' | 'REPLAY_SPEED' | 'ALERT_WEBHOOK_URL'>;

export function openQuality({
  config,
  record,
  feedStatus,
  counts,
  clock,
  random,
  log,
}: {
  config: QualityConfig;
  record: Pick<Record, 'database' | 'store' | 'history'>;
  feedStatus: () => FeedStatus;
  counts: () => Pick<IngestCounts, 'frames' | 'deadLetters' | 'duplicates'>;
  clock: Clock;
  random: () => number;
  log: StoreLog;
}): Quality {
  const { database, store } = record;
  const startedAt = clock();
  const speed = speedOf(config);
  const source = sourceOf(config);
  const webhook = config.ALERT_WEBHOOK_URL ? createWebhook({ url: config.ALERT_WEBHOOK_URL, random, log }) : null;
  const desk = createAlertDesk({ webhook, clock, log });
  const feedMeter = createFeedMeter({ feedStatus, counts, speed });
  const history = createQualityHistory({ read: record.history.read, clock });
  const job = createQualityJob({
    database,
    recordMeter: createRecordMeter({ database, scope: { source, feed: config.FEED, speed, startedAt } }),
    measureFeed: () => feedMeter.measure(),
    storeHealth: store.health,
    desk,
    clock,
    startedAt,
    log,
    keepWarm: () => history.keepWarm(source),
  });
  return {
    desk,
    job,
    view: {
      source,
      now: clock,
      latest: job.latest,
      measured: job.measured,
      store: store.health,
      alerts: desk.alerts,
      webhook: () => webhook?.state() ?? null,
      history,
    },
    stop: async () => webhook?.stop(),
  };
}

/** How many times faster than the game the feed runs; null when it keeps no pace. */
function speedOf({ FEED, SIM_SPEED, REPLAY_SPEED }: QualityConfig): number | null {
  if (FEED === 'live') return 1;
  if (FEED === 'simulator') return SIM_SPEED;
  return REPLAY_SPEED === 'max' ? null : REPLAY_SPEED;
}
