import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLine, encodeLine } from '@/server/store/spool-line';
import type { StoreItem } from '@/server/store/store-item';
import { arbitraryGame } from '@/server/store/test-kit/facts';

const items = arbitraryGame(1).map((game): StoreItem[] => [
  ...game.facts,
  {
    type: 'dead-letter',
    letter: { at: 0 as never, event: 'e', reason: '{"$bigint":"1"}', part: '{"$bigint":"x"}', partCut: false },
  },
]);

describe('a line of the spool', () => {
  it('gives back exactly what went in: doubles, lamports, any text', () => {
    fc.assert(
      fc.property(items, (facts) => {
        for (const fact of facts) {
          const line = encodeLine(fact);
          expect(line.indexOf('\n')).toBe(line.length - 1);
          expect(decodeLine(line.slice(0, -1))).toEqual(fact);
        }
      }),
    );
  });

  it('is not taken for good when it was cut or changed', () => {
    const cases = items
      .chain((facts) => fc.constantFrom(...facts))
      .map((fact) => encodeLine(fact).slice(0, -1))
      .chain((line) => fc.tuple(fc.constant(line), fc.nat({ max: line.length - 1 }), fc.constantFrom('cut', 'change')));
    fc.assert(
      fc.property(cases, ([line, at, how]) => {
        const rest = line.slice(at + 1);
        const damaged = how === 'cut' ? line.slice(0, at) : line.slice(0, at) + (line[at] === '0' ? '1' : '0') + rest;
        expect(decodeLine(damaged)).toBeNull();
      }),
      { numRuns: 300 },
    );
  });
});
