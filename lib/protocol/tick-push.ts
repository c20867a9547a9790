// Packs an assessment into the compact tick message and unpacks it again. What changes only between games, the terms'
// evidence, comes from the evidence message and is joined on unpacking.
import type { Assessment } from '@/lib/decision/assess';
import type { EvidenceView } from '@/lib/decision/evidence';
import { packAssessment, unpackAssessment } from '@/lib/protocol/compact-assessment';
import type { GameView, TickPush } from '@/lib/protocol/push';

export function toTickPush(game: GameView, assessment: Assessment, at: number): TickPush {
  return {
    type: 'tick',
    g: game.gameId,
    t: assessment.tick,
    p: game.price ?? 0,
    k: game.peak,
    at,
    c: game.connectedPlayers,
    n: game.tradeCount,
    ...packAssessment(assessment),
  };
}

/** `known` is the newest evidence message; without it the terms' own evidence reads as none. */
export function fromTickPush(push: TickPush, known: EvidenceView | null = null): Assessment {
  return unpackAssessment(push, { tick: push.t, known });
}
