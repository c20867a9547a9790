// The ten finished games a run begins with, so that its very first frame has a history that verifies. Pure.
import { COOLDOWN_MS } from '@/lib/game/rules';
import { epochMs, type EpochMs } from '@/lib/units/time';
import type { SimulatedPlayer } from '@/server/simulator/crowd';
import { planGame, type GamePlan } from '@/server/simulator/plan-game';
import { closeGame, EMPTY_SESSION, HISTORY_GAMES, type Session } from '@/server/simulator/session';
import { createSideBetBook, type SideBetRow, type SideBet } from '@/server/simulator/side-bet-book';
import type { PlannedSideBet } from '@/server/simulator/plan-side-bets';

/** Room between two of them; only their timestamps show it. */
const MEAN_GAME_MS = 70_000;

export function openSession({
  seed,
  hazard,
  players,
  startedAt,
  speed,
}: {
  seed: string;
  hazard: number;
  players: readonly SimulatedPlayer[];
  startedAt: EpochMs;
  speed: number;
}): Session {
  let session = EMPTY_SESSION;
  for (let index = -HISTORY_GAMES; index < 0; index++) {
    const endedAt = epochMs(Math.round(startedAt + (index * MEAN_GAME_MS - COOLDOWN_MS) / speed));
    const plan = planGame({ seed, index, at: endedAt, hazard, players });
    session = closeGame(session, { plan, rows: playOut(plan, { endedAt, speed }), at: endedAt });
  }
  return session;
}

export function toSideBet(planned: PlannedSideBet, placedAt: EpochMs): SideBet {
  const { id, payoutId, player, stakeLamports, coinAddress, startTick, presaleLeftMs } = planned;
  return {
    id,
    payoutId,
    playerId: player.id,
    username: player.username,
    level: player.level,
    stakeLamports,
    coinAddress,
    startTick,
    placedAt,
    presale: presaleLeftMs !== null,
    owner: null,
  };
}

/** Places and settles a whole game's side bets as they would have come. */
function playOut(plan: GamePlan, { endedAt, speed }: { endedAt: EpochMs; speed: number }): readonly SideBetRow[] {
  const book = createSideBetBook(plan.gameId);
  const lengthMs = plan.tickOffsetsMs[plan.rugTick]!;
  let next = 0;
  for (let tick = 0; tick <= plan.rugTick; tick++) {
    const now = epochMs(Math.round(endedAt - (lengthMs - plan.tickOffsetsMs[tick]!) / speed));
    book.settle({ tick, rugPrice: tick === plan.rugTick ? plan.prices[tick]! : null, now });
    while (plan.sideBets[next]?.startTick === tick) book.place(toSideBet(plan.sideBets[next++]!, now));
  }
  return book.rows();
}
