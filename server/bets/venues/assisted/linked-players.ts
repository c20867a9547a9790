// Which account has linked which player id of the game's own site. Kept in memory, read again every few seconds: the feed
// shows 200 players, and none of their bets may wait for the database.
import type { RecordDatabase } from '@/server/store/record-database';

export type LinkedPlayers = {
  /** The accounts that say they are this player; two may, and each gets its bets. */
  accountsOf(playerId: string): readonly string[];
  refresh(): Promise<void>;
};

/** Accounts beyond this many are not matched: the newest ones of a server far larger than one process serves. */
const LINKED_MAX = 10_000;

export function createLinkedPlayers({ database }: { database: RecordDatabase }): LinkedPlayers {
  let byPlayer: ReadonlyMap<string, readonly string[]> = new Map();
  return {
    accountsOf: (playerId) => byPlayer.get(playerId) ?? [],
    async refresh() {
      const rows = await database.use(
        (sql) => sql`
          select player_id, account_id from accounts
          where player_id is not null and deleted_at is null order by created_at limit ${LINKED_MAX}`,
      );
      const next = new Map<string, string[]>();
      for (const { player_id, account_id } of rows) next.set(player_id, [...(next.get(player_id) ?? []), account_id]);
      byPlayer = next;
    },
  };
}
