// Writes the sounds of a bet: a bet that runs, one that won, one that lost. Nothing but sums of sine waves with a soft
// beginning and end; the same every time. Run with Node from anywhere.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const RATE = 16_000;
const ATTACK_S = 0.008;

/** Each note: pitch in Hz, when it begins and how long it rings, in seconds. */
const SOUNDS = {
  active: [{ hz: 660, at: 0, lasts: 0.12 }],
  won: [
    { hz: 523.25, at: 0, lasts: 0.14 },
    { hz: 659.25, at: 0.1, lasts: 0.14 },
    { hz: 783.99, at: 0.2, lasts: 0.3 },
  ],
  lost: [
    { hz: 293.66, at: 0, lasts: 0.16 },
    { hz: 220, at: 0.13, lasts: 0.26 },
  ],
};

for (const [name, notes] of Object.entries(SOUNDS)) {
  writeFileSync(fileURLToPath(new URL(`../../../public/sounds/${name}.wav`, import.meta.url)), toWav(render(notes)));
}

function render(notes) {
  const seconds = Math.max(...notes.map(({ at, lasts }) => at + lasts)) + 0.02;
  return Float64Array.from({ length: Math.ceil(seconds * RATE) }, (_, n) => {
    const t = n / RATE;
    let sum = 0;
    for (const { hz, at, lasts } of notes) {
      const into = t - at;
      if (into < 0 || into > lasts) continue;
      const swell = Math.min(1, into / ATTACK_S) * (1 - into / lasts) ** 2;
      sum += 0.4 * swell * (Math.sin(2 * Math.PI * hz * into) + 0.25 * Math.sin(4 * Math.PI * hz * into));
    }
    return sum;
  });
}

/** Mono, 8 bits: these few tones need no more, and each file stays below 10 kB. */
function toWav(samples) {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(RATE, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.length, 40);
  const bytes = Buffer.alloc(samples.length);
  samples.forEach((sample, n) => (bytes[n] = Math.max(0, Math.min(255, Math.round(128 + 127 * sample)))));
  return Buffer.concat([header, bytes]);
}
