// Chance for the network layer: one small generator for each (run, client, frame). A frame's fate then follows from the
// seed and the frame's number alone, whatever was sent or lost before it, so that a run with faults can be repeated.
import { randomFrom, type Random } from '@/server/simulator/random';

export type FrameDice = (frameNumber: number) => Random;

export function createFrameDice(seed: string): FrameDice {
  const base = hashText(seed);
  return (frameNumber) => randomFrom(mulberry32(mix(base ^ mix(frameNumber + 1))));
}

/** FNV-1a over UTF-16 units. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** MurmurHash3's finalizer: neighbouring numbers give unrelated seeds. */
function mix(value: number): number {
  let x = value >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

/** Mulberry32 (Tommy Ettinger, public domain): 32 bits of state are plenty for the dozen draws a frame takes. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 4_294_967_296;
  };
}
