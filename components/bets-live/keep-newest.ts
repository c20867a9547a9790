// Joins what is known of bets with what is told of them. Pure: the order of tellings does not matter, and there are never
// more than `max`.
import type { BetView } from '@/lib/protocol/bets-api';

/** Newest first. At the bound the oldest closed bets go, and only then open ones. */
export function keepNewest(known: readonly BetView[], told: readonly BetView[], max: number): readonly BetView[] {
  const byId = new Map(known.map((bet) => [bet.id, bet]));
  let isNew = false;
  for (const bet of told) {
    const before = byId.get(bet.id);
    if (before && before.version >= bet.version) continue;
    byId.set(bet.id, bet);
    isNew = true;
  }
  if (!isNew) return known;
  const bets = [...byId.values()].sort(compareNewest);
  if (bets.length <= max) return bets;
  const kept = new Set([...bets.filter(isUnclosed), ...bets.filter((bet) => !isUnclosed(bet))].slice(0, max));
  return bets.filter((bet) => kept.has(bet));
}

export function isUnclosed({ closedAt }: Pick<BetView, 'closedAt'>): boolean {
  return closedAt === null;
}

function compareNewest(a: BetView, b: BetView): number {
  return b.preparedAt - a.preparedAt || (a.id < b.id ? 1 : -1);
}
