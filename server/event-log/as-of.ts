// Time travel: games as the record knew them at an instant, folded from the events recorded by then. For the history's
// `?at=`. Being written; these are the signatures (`db` is what Reader.read gives):
//
//   getGameAsOf(db, { gameId, at }): Promise<GameRow | null>        null: the record did not know the game yet
//   listGamesAsOf(db, { source, at, limit, before?: GamesCursor, keep?: (game: GameRow) => boolean })
//     : Promise<{ games: GameRow[]; next: GamesCursor | null }>
//
// Newest first, by the time the list orders games by today. Work per page is bounded: a page may hold fewer games than
// asked for, or none, and still have a next one.
export {};
