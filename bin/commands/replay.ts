// npm run replay: drives a capture through ingest, game, assessment and store, without a server. The same parts as live;
// only the source of frames and the clock differ.
import { parseCommandLine, runCommand, UsageError } from '@/bin/commands/cli';
import { createEvidence } from '@/lib/decision/create-evidence';
import { createDecisionLoop } from '@/lib/decision/loop';
import type { GameFact } from '@/lib/game/events';
import { createModelSet } from '@/lib/hazard/model-set';
import { parseConfig } from '@/server/config';
import { playCapture } from '@/server/import/play-capture';
import { createIngest, type IngestCounts } from '@/server/ingest/ingest';
import { openRecord, type Record } from '@/server/store/open-record';
import { createLog } from '@/server/ops/log';
import { percentile, round } from '@/lib/math/percentile';

const HELP = `
Usage: npm run -s replay -- FILE [--speed max|N] [--json] [--no-store]

Drives a capture (.jsonl or .jsonl.gz) through ingest, game, assessment and store.

  --speed S    max (the default), or a factor of the recorded pace
  --json       one JSON object instead of a table
  --no-store   do not write to the database
  -h, --help   this text

The database is DATABASE_URL, else the embedded one in DATA_DIR; it may be the one of a running Fortytick.
`;

type FinishedFact = Extract<GameFact, { type: 'game-finished' }>;

void runCommand(async () => {
  const { values, positionals } = parseCommandLine(HELP, {
    speed: { type: 'string', default: 'max' },
    json: { type: 'boolean', default: false },
    'no-store': { type: 'boolean', default: false },
  });
  const [file] = positionals;
  if (!file || positionals.length > 1) throw new UsageError(HELP.trim());
  const speed = values.speed === 'max' ? 'max' : Number(values.speed);
  if (speed !== 'max' && !(speed > 0)) throw new UsageError(`--speed is "${values.speed}": it takes max or a factor.`);

  const config = parseConfig(process.env);
  const record = values['no-store']
    ? null
    : await openRecord({ config, log: createLog(config.LOG_LEVEL), shared: true });
  try {
    const report = await replay({ file, speed, record });
    await record?.store.flush();
    process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : toText(file, report));
    return 0;
  } finally {
    await record?.stop();
  }
});

type Report = Awaited<ReturnType<typeof replay>>;

async function replay({ file, speed, record }: { file: string; speed: 'max' | number; record: Record | null }) {
  const loop = createDecisionLoop({ models: createModelSet(), evidence: createEvidence() });
  const games = new Map<string, FinishedFact>();
  const assessUs: number[] = [];
  const ingest = createIngest({
    onFact(fact) {
      if (fact.type === 'game-finished') games.set(fact.game.gameId, fact);
      const start = performance.now();
      const assessment = loop.take(fact);
      if (assessment) assessUs.push((performance.now() - start) * 1000);
      record?.store.write(fact);
    },
    onDeadLetter: (letter) => record?.store.writeDeadLetter(letter),
  });
  const started = performance.now();
  await playCapture({ file, ingest, speed, ready: async () => record?.store.ready() });
  const seconds = (performance.now() - started) / 1000;
  return toReport({ counts: ingest.counts(), games: [...games.values()], assessUs, seconds });
}

function toReport({
  counts,
  games,
  assessUs,
  seconds,
}: {
  counts: Readonly<IngestCounts>;
  games: readonly FinishedFact[];
  assessUs: readonly number[];
  seconds: number;
}) {
  return {
    frames: counts.frames,
    events: counts.events,
    ignored: counts.ignored,
    unknown: counts.unknown,
    deadLetters: counts.deadLetters,
    duplicates: counts.duplicates,
    reordered: counts.reordered,
    ticksRepaired: counts.ticksRepaired,
    ticksCorrected: counts.ticksCorrected,
    games: games.map(({ game, rugTick, verification, watched }) => ({
      gameId: game.gameId,
      rugTick,
      peak: verification.peak,
      ticks: game.prices.length,
      complete: game.prices.every((price) => price !== null),
      verified: verification.status === 'verified',
      watched,
    })),
    assess: { p50us: round(percentile(assessUs, 0.5)), p99us: round(percentile(assessUs, 0.99)) },
    framesPerSecond: round(counts.frames / seconds, 0),
  };
}

function toText(file: string, report: Report): string {
  const { games, assess, ...counts } = report;
  const lines = [
    file,
    ...Object.entries(counts).map(([name, value]) => `  ${name.padEnd(16)} ${value}`),
    `  ${'assess'.padEnd(16)} p50 ${assess.p50us} µs, p99 ${assess.p99us} µs`,
    '',
    ...games.map(
      (game) =>
        `  ${game.gameId}  rug at ${String(game.rugTick).padStart(4)}  peak ${game.peak.toFixed(4)}×  ` +
        `${game.verified ? 'verified' : 'NOT VERIFIED'}${game.watched ? '' : '  (from history)'}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}
