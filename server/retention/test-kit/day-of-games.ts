// A day of small finished games on record, with ticks, trades, side bets and assessments, written by the store itself.
import { gameId, type GameId } from '@/lib/units/game-id';
import { lamports } from '@/lib/units/lamports';
import { epochMs } from '@/lib/units/time';
import type { RawSql } from '@/db/connect';
import type { StoredFact } from '@/server/store/store-item';
import type { TestStore } from '@/server/store/test-kit/store';

const TICKS = 6;

export function idOfDay(day: string, n: number): GameId {
  return gameId(`${day.replaceAll('-', '')}-${n.toString(16).padStart(16, '0')}`);
}

export function gameFacts(day: string, n: number, { finished = true }: { finished?: boolean } = {}): StoredFact[] {
  const id = idOfDay(day, n);
  const start = Date.parse(`${day}T12:00:00Z`) + n * 60_000;
  const prices = Array.from({ length: TICKS }, (_, tick) => 1 + tick / 3 + n / 7);
  const rugTick = TICKS - 1;
  const at = (tick: number) => epochMs(start + tick * 250);
  const facts: StoredFact[] = prices.map((price, tick) => ({
    type: 'tick',
    gameId: id,
    tick,
    price,
    at: at(tick),
    source: 'frame',
    live: true,
    assessment: {
      x: 5,
      m: 'published@1',
      a: [0.18168, 0.18168, 0.18168, -1, 0.005, 1, 250 + tick, 0.98, 10_000, 9_900, 11_000, 0.996],
      e: tick % 2 === 0 ? [0.1, 0.25] : null,
      d: null,
      s: 0,
    },
  }));
  for (const [i, kind] of (['buy', 'sell'] as const).entries()) {
    facts.push({
      type: 'trade',
      at: at(i),
      trade: {
        id: `${id} ${i} "\\\n`,
        gameId: id,
        playerId: `player ${i}`,
        username: 'käfer 🎲',
        type: kind,
        amount: lamports(9_007_199_254_740_993n + BigInt(n)),
        qty: 1 / 3,
        price: prices[i]!,
        tickIndex: i,
        coin: null,
        leverage: null,
      },
    } as StoredFact);
  }
  if (finished) facts.push(finishedFact({ id, prices, rugTick, at: at(rugTick) }));
  return facts;
}

function finishedFact({ id, prices, rugTick, at }: { id: GameId; prices: number[]; rugTick: number; at: number }) {
  const peak = Math.max(...prices.slice(0, -1));
  return {
    type: 'game-finished',
    game: {
      gameId: id,
      endedAt: epochMs(at),
      prices,
      peak,
      version: 'v3',
      serverSeed: `seed of ${id}`,
      serverSeedHash: 'a'.repeat(64),
      sideBets: [],
    },
    at: epochMs(at + 5_000),
    rugTick,
    verification: { status: 'verified', hashOk: true, pathOk: true, peakOk: true, rugTick, peak, maxDifference: 0 },
    commitmentKept: true,
    watched: true,
    ticksRepaired: 0,
    ticksCorrected: 0,
  } as StoredFact;
}

export async function writeDay(store: TestStore, day: string, games: number): Promise<void> {
  for (let n = 0; n < games; n++) for (const fact of gameFacts(day, n)) store.write(fact);
  await store.flush();
}

/** The day's rows of a kind as text, in the order of their key. */
export async function rowsOfDay(sql: RawSql, kind: string, day: string): Promise<string[]> {
  const from = day.replaceAll('-', '');
  const rows = await sql.unsafe(`
    select row_to_json(r)::text as row from ${kind} r
    where game_id >= '${from}' and game_id < '${from}.' order by row_to_json(r)::text collate "C"`);
  return rows.map(({ row }) => row as string);
}
