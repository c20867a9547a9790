// Everything a finished game must satisfy, checked on what the record holds of it: one result for each check, in a fixed
// order. Pure: no database, no clock. Called by server/integrity, which keeps the results, and by the bench.
import { checkLengthAndPeak, checkTickSequence } from '@/lib/integrity/check-path';
import { checkSideBets, checkTrades } from '@/lib/integrity/check-market';
import { checkPredictions } from '@/lib/integrity/check-predictions';
import { checkCommitment, checkProvablyFair } from '@/lib/integrity/check-provably-fair';
import { overallStatus, type CheckResult, type CheckStatus } from '@/lib/integrity/check-result';
import type { GameOnRecord } from '@/lib/integrity/game-on-record';

export type CheckedGame = { readonly status: CheckStatus; readonly results: readonly CheckResult[] };

export function checkGame(game: GameOnRecord): CheckedGame {
  const results = [
    checkProvablyFair(game),
    checkCommitment(game),
    checkTickSequence(game),
    checkLengthAndPeak(game),
    checkTrades(game),
    checkSideBets(game),
    checkPredictions(game),
  ];
  return { status: overallStatus(results), results };
}
