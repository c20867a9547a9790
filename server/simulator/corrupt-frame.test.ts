import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { corruptArgs } from '@/server/simulator/corrupt-frame';
import { createFrameDice } from '@/server/simulator/frame-dice';

const payload = fc.dictionary(
  fc.string({ minLength: 1 }).filter((key) => key !== '__proto__'),
  fc.jsonValue(),
  { minKeys: 1, noNullPrototype: true },
);

describe('a corrupted frame', () => {
  it('survives JSON, and leaves the original as it was', () => {
    fc.assert(
      fc.property(payload, fc.nat(), (body, frameNumber) => {
        const args = [{ __trace: true, traceparent: '00-a-b-01' }, body];
        const before = JSON.stringify(args);
        const corrupted = corruptArgs(args, createFrameDice('corrupt')(frameNumber));
        expect(JSON.stringify(args)).toBe(before);
        expect(corrupted).toHaveLength(2);
        expect(() => JSON.stringify(corrupted)).not.toThrow();
      }),
    );
  });

  it('almost always differs from the original', () => {
    const dice = createFrameDice('differs');
    const args = [{ gameId: '20251214-00112233445566aa', tickCount: 12, price: 1.25, prices: [1, 1.1, 1.25] }];
    let same = 0;
    for (let frame = 0; frame < 1_000; frame++) {
      if (JSON.stringify(corruptArgs(args, dice(frame))) === JSON.stringify(args)) same++;
    }
    // A flipped character may by chance be the one that was there.
    expect(same).toBeLessThan(60);
  });

  it('comes in every announced kind', () => {
    const dice = createFrameDice('kinds');
    const args = [{ tickCount: 12, hash: 'abcdef', prices: [1, 2, 3, 4] }];
    const seen = Array.from({ length: 2_000 }, (_, frame) => JSON.stringify(corruptArgs(args, dice(frame))[0]));
    const some = (pattern: RegExp) => expect(seen.some((text) => pattern.test(text))).toBe(true);
    some(/^(null|-1|"garbage"|\[\])$/); // garbage payload
    some(/"tickCount":"/); // wrong type
    some(/"tickCount":null/); // NaN on the wire
    some(/"tickCount":-12/); // negative
    some(/^\{"hash":"abcdef"/); // missing field
    some(/"hash":"ab[^c]def"/); // flipped character
    some(/"prices":\[1,2\]/); // truncated
    some(/x{1000}/); // huge
  });
});
