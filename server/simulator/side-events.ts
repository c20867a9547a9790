// Events of the feed that Fortytick does not use, sent because the real one sends them: a reader must step over them.
import type { GameId } from '@/lib/units/game-id';
import type { SimulatedPlayer } from '@/server/simulator/crowd';
import { uuidFrom, type Random } from '@/server/simulator/random';

export type SideEvent = { readonly event: string; readonly payload: object; readonly traced: boolean };

/** Recorded every 15 s and every 60 s, and once to each client on connecting. */
export const GOLDEN_HOUR_EVERY_MS = 15_000;
export const BATTLE_EVERY_MS = 60_000;

const GOLDEN_EVENT = {
  id: 'admin-simulated',
  startTime: '2025-12-14T05:05:00.000Z',
  endTime: '2025-12-15T05:05:00.000Z',
  prepTimeMinutes: 0,
  levelRequired: 10,
  status: 'SCHEDULED',
  createdAt: '2025-12-14T05:01:15.318Z',
  createdBy: 'admin',
  prizeAmount: 0.05,
  maxEntries: 50,
  durationMinutes: 60,
};
const GOLDEN_ENTRANTS_MAX = 80;
const INACTIVE_EVENT = {
  status: 'INACTIVE',
  activeEventId: null,
  currentEvent: null,
  upcomingEvents: [],
  events: [],
  leaderboard: [],
  history: [],
  playerPosition: null,
  timeRemaining: null,
  finalRound: false,
  isInFinalRound: false,
  config: { prepTimeMinutes: 30, levelRequired: 1, prizeTiers: { '1': 1, '2': 0.5, '3': 0.25 } },
};

export function goldenHourUpdate(): SideEvent {
  const payload = {
    status: 'ACTIVE',
    activeEventId: GOLDEN_EVENT.id,
    currentEvent: GOLDEN_EVENT,
    upcomingEvents: [],
    events: [GOLDEN_EVENT],
    currentGameIsGolden: true,
  };
  return { event: 'goldenHourUpdate', payload, traced: true };
}

export function battleEventUpdate(): SideEvent {
  const payload = {
    status: 'SCHEDULED',
    startTime: null,
    endTime: null,
    nextEventStartTime: null,
    currentEvent: null,
    nextEvent: null,
    leaderboard: [],
    fullLeaderboardSize: 0,
    playerPosition: null,
    participantCount: 0,
    activeBattleCount: 0,
    lobbyCreationDisabled: false,
    queue: { active: false, queueSize: 0, availableLobbies: 0 },
    isShowingPreviousEvent: null,
    eventSchedule: [],
    config: { token: '0xPractice', startingBalance: 100, prepTimeMinutes: 30, levelRequired: 1 },
  };
  return { event: 'battleEventUpdate', payload, traced: true };
}

/** Told after each golden game: who had how many entries in its draw. */
export function goldenHourDrawing(
  gameId: GameId,
  { players, random, at }: { players: readonly SimulatedPlayer[]; random: Random; at: number },
): SideEvent {
  const drawn = players.filter((player) => player.level >= GOLDEN_EVENT.levelRequired).slice(0, GOLDEN_ENTRANTS_MAX);
  const counts = drawn.map(() => random.integer(1, GOLDEN_EVENT.maxEntries));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const entries = drawn.map((player, i) => ({
    playerId: player.id,
    username: player.username,
    entryCount: counts[i],
    entryPercentage: (100 * counts[i]!) / total,
  }));
  const winnerIndex = random.integer(0, Math.max(0, drawn.length - 1));
  const winnerPlayerId = drawn[winnerIndex]?.id ?? null;
  const { prizeAmount } = GOLDEN_EVENT;
  const payload = { id: uuidFrom(random), timestamp: at, gameId, entries, winnerIndex, prizeAmount, winnerPlayerId };
  return { event: 'goldenHourDrawing', payload, traced: true };
}

/** What follows the first frame on every connection, in the recorded order. */
export function connectEvents(): readonly SideEvent[] {
  return [
    goldenHourUpdate(),
    battleEventUpdate(),
    { event: 'rugRoyaleUpdate', payload: INACTIVE_EVENT, traced: false },
    { event: 'sidebetEventUpdate', payload: INACTIVE_EVENT, traced: true },
    battleEventUpdate(),
    { event: 'maintenanceUpdate', payload: { active: false, message: '', mega: false }, traced: true },
  ];
}
