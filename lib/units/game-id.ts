// A game's id as the feed writes it: the UTC date and 16 hex digits, `20251207-1e01ac417e8043ca`.

declare const gameIdBrand: unique symbol;
export type GameId = string & { readonly [gameIdBrand]: true };

export const GAME_ID_PATTERN = /^20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-[0-9a-f]{16}$/;

export function isGameId(text: string): text is GameId {
  return GAME_ID_PATTERN.test(text);
}

/** For values a schema or the database has already checked. */
export function gameId(text: string): GameId {
  if (!isGameId(text)) throw new Error(`not a game id: ${text.slice(0, 40)}`);
  return text;
}
