// What a reader pasted, read into a round or refused field by field, in words. Pure.
import type { RecordedPath, Round } from '@/components/verify/check-round';
import type { GeneratorVersion } from '@/lib/game/provably-fair';
import { isGameId } from '@/lib/units/game-id';
import { err, ok, type Result } from '@/lib/units/result';

export type RoundDraft = {
  readonly serverSeed: string;
  readonly gameId: string;
  readonly serverSeedHash: string;
  readonly version: GeneratorVersion;
};

export type DraftErrors = Partial<Record<keyof RoundDraft, string>>;

export const EMPTY_DRAFT: RoundDraft = { serverSeed: '', gameId: '', serverSeedHash: '', version: 'v3' };

/** SHA-256 in hex; seeds are as long. */
const HEX_DIGITS = 64;

/** `recordedOf`: the path on record of that game, when it is at hand. */
export function parseDraft(
  draft: RoundDraft,
  recordedOf: (gameId: string) => RecordedPath | null,
): Result<Round, DraftErrors> {
  const [serverSeed, gameId, hash] = [draft.serverSeed, draft.gameId, draft.serverSeedHash].map(tidy) as [
    string,
    string,
    string,
  ];
  const errors: DraftErrors = {
    ...withError('serverSeed', seedError(serverSeed)),
    ...withError('gameId', gameIdError(gameId)),
    ...withError('serverSeedHash', hash === '' ? null : hexError(hash, 'The hash')),
  };
  if (Object.keys(errors).length > 0) return err(errors);
  return ok({
    serverSeed,
    gameId,
    version: draft.version,
    serverSeedHash: hash === '' ? null : hash,
    recorded: recordedOf(gameId),
  });
}

/** Copying brings blanks and quotes along; seeds, hashes and ids are written in small letters. */
function tidy(text: string): string {
  return text
    .trim()
    .replace(/^["'`]|["'`,]+$/g, '')
    .trim()
    .toLowerCase();
}

function seedError(seed: string): string | null {
  if (seed === '') return 'Paste the server seed. The game reveals it after the rug.';
  return isGameId(seed) ? 'This is a game id; the server seed is 64 hex digits.' : hexError(seed, 'The seed');
}

function gameIdError(id: string): string | null {
  if (id === '') return 'Paste the id of the game: the same seed gives another game under another id.';
  if (isGameId(id)) return null;
  return 'This is no game id. One is a date and 16 hex digits, such as 20251207-1e01ac417e8043ca.';
}

function hexError(text: string, what: string): string | null {
  const stray = /[^0-9a-f]/.exec(text);
  if (stray) return `${what} is made of the digits 0–9 and a–f only; character ${stray.index + 1} is “${stray[0]}”.`;
  if (text.length === HEX_DIGITS) return null;
  return `${what} has ${HEX_DIGITS} hex digits; this has ${text.length}: ${text.length < HEX_DIGITS ? 'a part is missing' : 'there is too much'}.`;
}

function withError<K extends keyof RoundDraft>(field: K, words: string | null): DraftErrors {
  return words === null ? {} : ({ [field]: words } as DraftErrors);
}
