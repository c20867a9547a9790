// A process to be killed: writes ticks of one game as fast as it can and tells, a number a line, how many are durable or
// spooled. Arguments: database address, data folder, game id, `durable` or `spooled`.
import { gameId } from '@/lib/units/game-id';
import { epochMs } from '@/lib/units/time';
import { createStore } from '@/server/store/create-store';

const [databaseUrl, dataDir, id, what] = process.argv.slice(2) as [string, string, string, string];
const BURST = 7;
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

let onChange = () => {};
const store = await createStore({
  databaseUrl,
  dataDir,
  clock: () => epochMs(Date.now()),
  log,
  onChange: () => onChange(),
});
let tick = 0;

function writeBurst(): void {
  for (let i = 0; i < BURST; i++, tick++) {
    const at = epochMs(tick * 250);
    store.write({ type: 'tick', gameId: gameId(id), tick, price: tick / 3, at, source: 'frame', live: true });
  }
}

if (what === 'durable') {
  for (;;) {
    writeBurst();
    await store.flush();
    process.stdout.write(`${tick}\n`);
  }
} else {
  onChange = () => {
    process.stdout.write(`${store.health().spooled}\n`);
    writeBurst();
  };
  writeBurst();
}
