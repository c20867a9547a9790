// The process that is killed in the midst of bets: record, feed, live loop, chain, players and betting, opened as
// server/main.ts opens them, with messages from the test in place of HTTP. Whoever asks is known by an API key, as there.
// Its clock runs faster than the wall's, as the upstream's does, so that 30 s of a bet pass in two.
// Argument: JSON of BetsProcessOptions.
import { createDecisionRecorder } from '@/lib/decision/record-decisions';
import type { LedgerSummary } from '@/lib/protocol/ledger-api';
import type { BetProblem } from '@/lib/protocol/bet-problem';
import type { BetView, PlacedBet, PlaceBetRequest } from '@/lib/protocol/bets-api';
import type { Result } from '@/lib/units/result';
import { getLedgerSummary } from '@/server/bets/reconcile/get-ledger-summary';
import { openChain } from '@/server/chain/open-chain';
import { startPracticeChain } from '@/server/chain/practice/start-practice-chain';
import { parseConfig, sourceOf } from '@/server/config';
import { createEngine } from '@/server/engine';
import { openFeed } from '@/server/feed/open-feed';
import { createFastClock } from '@/server/kill-tests/fast-clock';
import { openDecisionLoop } from '@/server/learned/open-decision-loop';
import { openBetting } from '@/server/open-betting';
import { openPlayers } from '@/server/open-players';
import { createLog } from '@/server/ops/log';
import { openRecord } from '@/server/store/open-record';

export type BetsProcessOptions = {
  /** Settings as in the environment. */
  readonly settings: Readonly<Record<string, string>>;
  readonly clockFrom: number;
  readonly speed: number;
};

export type Command =
  | { readonly what: 'place'; readonly key: string; readonly request: PlaceBetRequest }
  | { readonly what: 'submit'; readonly key: string; readonly betId: string; readonly transaction: string }
  | { readonly what: 'cancel'; readonly key: string; readonly betId: string }
  | { readonly what: 'ledger' };

export type Answers = {
  readonly place: Result<PlacedBet, BetProblem>;
  readonly submit: Result<BetView, BetProblem>;
  readonly cancel: Result<BetView, BetProblem>;
  readonly ledger: LedgerSummary;
};

/** What the process says: that its modules are loaded, that it runs, answers, and its alerts. */
export type Said =
  | { readonly type: 'opening' }
  | { readonly type: 'ready'; readonly rpcUrl: string; readonly wsUrl: string }
  | { readonly type: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly type: 'alert'; readonly alertId: string; readonly detail: string };

const say = (said: Said) => void process.send!(said);
say({ type: 'opening' });
// Whoever is left alone by the test goes too.
process.once('disconnect', () => process.exit(1));

const { settings, clockFrom, speed } = JSON.parse(process.argv[2]!) as BetsProcessOptions;
const clock = createFastClock({ from: clockFrom, speed });
const config = parseConfig(settings);
const log = createLog(config.LOG_LEVEL);
const record = await openRecord({ config, log, source: sourceOf(config) });
const feed = await openFeed({ config, clock, random: Math.random });
const { loop } = await openDecisionLoop({ config, log });
const recorder = createDecisionRecorder({ loop, origin: 'live', now: clock });
const engine = createEngine({ source: feed.source, loop, recorder, store: record.store, clock, log });
// In this process, so that its clock is the chain's too, and both die at once.
const chain = await openChain({
  config,
  startPractice: (settings) => startPracticeChain({ ...settings, clock, random: Math.random }),
  log,
});
const { auth } = openPlayers({ config, port: config.PORT, cluster: chain.chain.cluster, record, clock });
const betting = await openBetting({
  config,
  record,
  chain,
  live: { game: () => engine.ingest.state().current, assessment: loop.current, feedStatus: engine.feedStatus },
  alerts: { raise: ({ alertId, detail }) => say({ type: 'alert', alertId, detail }), resolve() {} },
  clock,
  random: Math.random,
  log,
});
engine.start({ onFact: (fact) => betting.engine.take(fact), onFrame() {} });
betting.start();
process.on('message', ({ id, command }: { id: number; command: Command }) => {
  void answer(command).then((answered) => say({ type: 'answer', id, answer: answered }));
});
say({ type: 'ready', rpcUrl: chain.rpcUrl, wsUrl: chain.wsUrl });

async function answer(command: Command): Promise<Answers[Command['what']]> {
  if (command.what === 'ledger') return getLedgerSummary(betting.ledger, null);
  const admitted = await auth.admitSocket({ headers: {}, clientAddress: '127.0.0.1', key: command.key });
  if (!admitted.ok) return admitted;
  if (command.what === 'place') return betting.engine.place(admitted.value, command.request);
  if (command.what === 'cancel') return betting.engine.cancel(admitted.value, command.betId);
  return betting.engine.submit(admitted.value, command.betId, command.transaction);
}
