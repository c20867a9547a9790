// Where a page of games ended: opaque to callers, and refused when it is not one of ours.
import { isGameId, type GameId } from '@/lib/units/game-id';
import { epochMs, type EpochMs } from '@/lib/units/time';

export type GamesCursor = { readonly listedAt: EpochMs; readonly gameId: GameId };

export function formatCursor({ listedAt, gameId }: GamesCursor): string {
  return Buffer.from(`${listedAt} ${gameId}`).toString('base64url');
}

/** Throws RangeError. */
export function parseCursor(text: string): GamesCursor {
  const [listedAt, gameId = '', ...rest] = Buffer.from(text, 'base64url').toString('latin1').split(' ');
  const cursor = { listedAt: epochMs(Number(listedAt)), gameId };
  if (isGameId(gameId) && rest.length === 0 && isInstant(cursor.listedAt)) {
    const parsed = { listedAt: cursor.listedAt, gameId };
    if (formatCursor(parsed) === text) return parsed;
  }
  throw new RangeError('not a cursor of a list of games');
}

/** What both JavaScript and PostgreSQL take for a time. */
function isInstant(at: number): boolean {
  return (
    Number.isInteger(at) && !Number.isNaN(new Date(at).getTime()) && Math.abs(new Date(at).getUTCFullYear()) < 9_999
  );
}
