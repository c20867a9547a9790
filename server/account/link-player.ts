// The player's id on the game's own site, for the assisted venue. Nothing proves that it is theirs, and the page says so: it
// only decides whose bets of the public feed are shown as theirs. The id is personal and stands in no event.
import type { AccountView } from '@/lib/protocol/account-api';
import { betProblem, type BetProblem } from '@/lib/protocol/bet-problem';
import { err, ok, type Result } from '@/lib/units/result';
import type { AccountContext } from '@/server/account/account-context';
import { changeAccount } from '@/server/account/change-account';

/** `playerId` null unlinks. Refused while a bet of that venue is open: its outcome is followed by the id. */
export function linkPlayer(
  ctx: AccountContext,
  { accountId, playerId }: { accountId: string; playerId: string | null },
): Promise<Result<AccountView, BetProblem>> {
  return changeAccount(ctx, accountId, async (sql) => {
    const [row] = await sql<{ player_id: string | null; open: boolean }[]>`
      select player_id, exists (
        select 1 from bets b where b.account_id = a.account_id and venue = 'assisted' and closed_at is null
      ) as open
      from accounts a where account_id = ${accountId}`;
    if (row?.player_id === playerId) return ok([]);
    if (row?.open) return err(OPEN_BET);
    await sql`update accounts set player_id = ${playerId} where account_id = ${accountId}`;
    return ok([{ type: playerId === null ? 'player-unlinked' : 'player-linked', payload: {} }]);
  });
}

const OPEN_BET = betProblem(
  'bet-open',
  'A bet on the game’s own site is still open, and is followed by the id you linked. Change the id once it has ended. Nothing has changed.',
);
