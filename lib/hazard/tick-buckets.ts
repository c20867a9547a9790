// The tick ranges within which learning models take the hazard to be constant. Finer where games are many and a player
// decides most, coarser where few games remain, so that each bucket fills at a comparable rate.

/** First tick of each bucket; a bucket ends before the next one starts, the last has no end. */
export const BUCKET_STARTS: readonly number[] = [
  1, 10, 20, 40, 80, 120, 160, 200, 240, 320, 400, 500, 700, 1_000, 1_500,
];

export const BUCKET_COUNT = BUCKET_STARTS.length;

/** Ticks from here on are all in the last bucket, so the table need not reach further. */
const LAST_START = BUCKET_STARTS[BUCKET_COUNT - 1]!;

const BUCKET_BY_TICK = new Uint8Array(LAST_START + 1);
for (let tick = 1, bucket = 0; tick <= LAST_START; tick++) {
  if (tick === BUCKET_STARTS[bucket + 1]) bucket++;
  BUCKET_BY_TICK[tick] = bucket;
}

/** `tick` is one at which a game can rug: 1 or later. */
export function bucketOf(tick: number): number {
  return tick >= LAST_START ? BUCKET_COUNT - 1 : BUCKET_BY_TICK[tick]!;
}
