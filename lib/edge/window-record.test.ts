import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GameSpan } from '@/lib/edge/affected-ranges';
import { createWindowRecord, EVIDENCE_BUCKET_STARTS } from '@/lib/edge/window-record';

const span: fc.Arbitrary<GameSpan> = fc
  .record({ first: fc.constantFrom(1, 1, 1, 30), length: fc.integer({ min: 0, max: 500 }), rugged: fc.boolean() })
  .map(({ first, length, rugged }) => ({ first, last: first + length, rugged }));
const spans = fc.array(span, { maxLength: 30 });

function record(games: readonly GameSpan[]) {
  const made = createWindowRecord();
  for (const game of games) made.observe(game);
  return made;
}

describe('the window record', () => {
  it('counts the windows of every game seen from its start', () => {
    fc.assert(
      fc.property(spans, fc.integer({ min: 0, max: 600 }), (games, tick) => {
        const fromStart = games.filter((game) => game.first === 1);
        const alive = fromStart.filter((game) => (game.rugged ? game.last > tick : game.last >= tick));
        const won = alive.filter((game) => game.rugged && game.last <= tick + 40);
        const open = alive.filter((game) => !game.rugged && game.last < tick + 40);
        expect(record(games).windows(tick, false)).toEqual({ successes: won.length, trials: alive.length });
        expect(record(games).windows(tick, true).successes).toBe(won.length + open.length);
      }),
    );
  });

  it('counts every tick seen once, in all and by bucket', () => {
    fc.assert(
      fc.property(spans, (games) => {
        const made = record(games);
        expect(made.ticks()).toEqual({
          trials: games.reduce((sum, game) => sum + game.last - game.first + 1, 0),
          successes: games.filter((game) => game.rugged).length,
        });
        const inSecond = (tick: number) => tick >= EVIDENCE_BUCKET_STARTS[1] && tick < EVIDENCE_BUCKET_STARTS[2];
        const ticks = games.flatMap((game) =>
          Array.from({ length: game.last - game.first + 1 }, (_, i) => game.first + i),
        );
        expect(made.bucket(1).trials).toBe(ticks.filter(inSecond).length);
        expect(made.bucket(1).successes).toBe(games.filter((game) => game.rugged && inSecond(game.last)).length);
      }),
    );
  });

  it('continues from its state', () => {
    fc.assert(
      fc.property(spans, spans, (first, second) => {
        const resumed = createWindowRecord(JSON.parse(JSON.stringify(record(first).serialize())));
        for (const game of second) resumed.observe(game);
        const whole = record([...first, ...second]);
        expect(resumed.serialize()).toEqual(whole.serialize());
        for (const tick of [0, 25, 300]) expect(resumed.windows(tick, true)).toEqual(whole.windows(tick, true));
      }),
    );
  });
});
