// The process that is killed: upstream, the real ingest, the real store. Says on standard output which game it has come to
// (`game 7`), up to which game everything is durable (`durable 3`), and `done` at the end. It runs ahead of what is durable by a few games only, as a live feed does by far less: a game lasts
// a minute, a batch 50 ms. So the feed's history of ten games covers what a kill can cost.
// Argument: JSON of ProcessOptions.
import { writeSync } from 'node:fs';
import { epochMs } from '@/lib/units/time';
import { createIngest } from '@/server/ingest/ingest';
import { createLeanUpstream } from '@/server/kill-tests/lean-upstream';
import { createStore } from '@/server/store/create-store';

export type ProcessOptions = {
  readonly databaseUrl: string;
  readonly dataDir: string;
  readonly seed: string;
  readonly games: number;
  /** The game that runs when this process connects, and its tick; null when it is about to be announced. */
  readonly game: number;
  readonly tick: number | null;
};

/** Games under way to the database; none in the first game, whose greeting may tell of games long ago. */
const AHEAD_GAMES_MAX = 4;
const FRAMES_PER_TURN = 50;
const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

const { databaseUrl, dataDir, seed, games, game: first, tick } = JSON.parse(process.argv[2]!) as ProcessOptions;
const store = await createStore({
  databaseUrl,
  dataDir,
  clock: () => epochMs(Date.now()),
  log: SILENT,
  source: 'simulator',
});
const upstream = createLeanUpstream(seed);
const ingest = createIngest({
  onFact: (fact) => store.write(fact),
  onDeadLetter(letter) {
    throw new Error(`dead letter: ${letter.reason} ${JSON.stringify(letter.part).slice(0, 500)}`);
  },
});
const underWay: Promise<void>[] = [];
const say = (words: string) => writeSync(1, `${words}\n`);

for (let game = first; game < games; game++) {
  if (game === first + 1 || underWay.length >= AHEAD_GAMES_MAX) await underWay.shift();
  say(`game ${game}`);
  await take(game === first && tick !== null ? upstream.join(game, tick) : upstream.play(game));
  underWay.push(store.flush().then(() => void say(`durable ${game}`)));
}
await take(upstream.close(games));
await store.flush();
await store.stop();
say('done');

async function take(frames: ReturnType<typeof upstream.play>): Promise<void> {
  let count = 0;
  for (const frame of frames) {
    ingest.take(frame);
    if (++count % FRAMES_PER_TURN > 0) continue;
    await new Promise((resolve) => setImmediate(resolve));
    await store.ready();
  }
}
