/** `live`: the real game, seen or imported. `simulator`: a game that never was. They never share a statistic. */
export type GameSource = 'live' | 'simulator';
