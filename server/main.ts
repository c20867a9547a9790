// The parts list of the one process: parse settings, build the parts, connect them, start. Nothing else in the tree
// connects, reads the environment or starts a timer on import.
import { createDecisionRecorder } from '@/lib/decision/record-decisions';
import { epochMs } from '@/lib/units/time';
import { startChainThread } from '@/server/chain/chain-thread';
import { openChain } from '@/server/chain/open-chain';
import { ConfigError, parseConfig, sourceOf } from '@/server/config';
import { createEngine } from '@/server/engine';
import { openFeed } from '@/server/feed/open-feed';
import { startHttp } from '@/server/http/start-http';
import { openDecisionLoop } from '@/server/learned/open-decision-loop';
import { createJobs } from '@/server/jobs/create-jobs';
import { createJobRunner } from '@/server/jobs/job-runner';
import { createLiveHub } from '@/server/live/live-hub';
import { createLiveState } from '@/server/live/live-state';
import { computeHealth } from '@/server/ops/health';
import { createLog } from '@/server/ops/log';
import { createReporter } from '@/server/ops/reporter';
import { createServiceWatch } from '@/server/ops/service-watch';
import { createShutdown, onStopSignal } from '@/server/ops/shutdown';
import { openBetting } from '@/server/open-betting';
import { openPlayers } from '@/server/open-players';
import { openQuality } from '@/server/quality/open-quality';
import { createServiceMeter } from '@/server/rollups/service-meter';
import { saveServiceMinutes } from '@/server/rollups/service-minutes-job';
import { setRuntime } from '@/server/runtime';
import { describeError } from '@/server/store/database-errors';
import { openRecord } from '@/server/store/open-record';

const clock = () => epochMs(Date.now());
const report = createReporter();
const shutdown = createShutdown();
const meter = createServiceMeter({ clock });

async function main(): Promise<void> {
  const config = parseConfig(process.env);
  const log = createLog(config.LOG_LEVEL, { onError: () => meter.error() });
  onStopSignal((reason) => shutdown.run({ log, reason }));
  const source = sourceOf(config);

  // The port is taken first: a second start must fail before it touches the first one's database.
  const http = await report.step('port', () => startHttp({ config, log }));
  shutdown.add('http', () => http.stop());
  const record = await report.step('database', () => openRecord({ config, log, source }));
  shutdown.add('record', () => record.stop());
  const { store, database, history } = record;
  const feed = await report.step('feed', () => openFeed({ config, clock, random: Math.random }));
  shutdown.add('simulator', () => feed.stop());

  const { loop, stop: stopLearning } = await openDecisionLoop({ config, log });
  shutdown.add('learned', stopLearning);
  const recorder = createDecisionRecorder({ loop, origin: config.FEED === 'replay' ? 'replay' : 'live', now: clock });
  const watch = createServiceWatch({ meter, nowMs: () => performance.now() });
  const engine = createEngine({
    source: watch.feed(feed.source),
    loop,
    recorder,
    store: watch.deadLetters(store),
    clock,
    log,
  });
  const { feedStatus, ingest } = engine;
  const quality = openQuality({ config, record, feedStatus, counts: ingest.counts, clock, random: Math.random, log });
  shutdown.add('quality', () => quality.stop());
  const chain = await report.step('chain', () => openChain({ config, startPractice: startChainThread, log }));
  shutdown.add('chain', () => chain.stop());
  const { cluster } = chain.chain;
  const { auth, accounts } = openPlayers({ config, port: http.port, cluster, record, clock });
  const betting = await openBetting({
    config,
    record,
    chain,
    live: { game: () => ingest.state().current, assessment: loop.current, feedStatus },
    alerts: quality.desk,
    clock,
    random: Math.random,
    log,
  });
  shutdown.add('bets', () => betting.stop());
  const live = createLiveState({ ingest, loop, feedStatus, clock });
  const hub = createLiveHub({
    io: http.io,
    live,
    ingest,
    feedStatus,
    storeHealth: store.health,
    raisedAlerts: quality.desk.raised,
    evidence: loop.evidence,
    players: { auth, bets: betting.engine, accounts, proxies: config.TRUST_PROXY },
    clock,
  });
  shutdown.add('hub', async () => hub.stop());
  shutdown.add('engine', () => engine.stop());
  shutdown.add('service minutes', async () => void (await saveServiceMinutes({ meter, database, source, all: true })));
  const jobs = createJobRunner({
    jobs: createJobs({ config, log, record, clock, quality, meter, source, auth }),
    clock,
    log,
  });
  shutdown.add('jobs', () => jobs.stop());
  setRuntime({
    live,
    games: history.games,
    exports: history.exports,
    analytics: history.analytics,
    sessions: history.sessions,
    betsExports: history.betsExports,
    bets: betting.engine,
    chain: chain.chain,
    ledger: betting.ledger,
    source,
    auth,
    accounts: accounts.context,
    quality: quality.view,
    onRecordFault: (error) => log.warn({ error: describeError(error) }, 'the record could not be asked'),
    health: () =>
      computeHealth({
        feed: feedStatus(),
        store: store.health(),
        ingest: ingest.counts(),
        live: { connections: hub.connections() },
      }),
  });
  engine.start({
    onFact(fact, assessment) {
      live.take(fact);
      betting.engine.take(fact);
      hub.publish(fact, assessment);
      if (fact.type === 'tick' && fact.live) watch.tickSent(assessment !== null);
    },
    onFrame: () => hub.endFrame(),
  });
  betting.start();
  jobs.start();
  await report.step('pages', () => http.ready());
  report.ready({ url: http.url, feed: config.FEED });
}

main().catch(async (error: unknown) => {
  report.failed(error instanceof ConfigError ? error.message : error);
  await shutdown.run({ log: createLog('warn'), reason: 'start failed', exitCode: 1 });
});
