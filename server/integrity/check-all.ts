// Checks games until there are none left: those that are due, or all of them, in bounded batches. Called by the
// check-integrity command; the job does the same a batch at a time.
import { BATCH_GAMES } from '@/server/integrity/integrity-job';
import { checkBatch, type IntegrityParts } from '@/server/integrity/check-batch';
import type { GameId } from '@/lib/units/game-id';

/** Returns how many games were checked. */
export async function checkAll(
  parts: IntegrityParts,
  {
    which,
    signal,
    onGames = () => {},
  }: { which: 'due' | 'all'; signal: AbortSignal; onGames?: (checked: number) => void },
): Promise<number> {
  let checked = 0;
  let after: GameId | null = null;
  while (!signal.aborted) {
    const batch = await checkBatch(parts, {
      which: which === 'due' ? { kind: 'due' } : { kind: 'all', after },
      limit: BATCH_GAMES,
    });
    checked += batch.checked;
    onGames(checked);
    after = batch.lastGameId ?? after;
    // A game that changed while it was checked is due again.
    const isDone = batch.read < BATCH_GAMES && (which === 'all' || batch.checked === batch.read);
    if (isDone) return checked;
  }
  return checked;
}
