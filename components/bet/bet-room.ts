// Everything of a signed-in player's betting in this tab, put together: the live channel and the store behind it, the
// account, and the desk. Opened when somebody signs in and emptied when they leave. One for each mounted ticket.
import { createBetDesk, type BetDesk } from '@/components/bet/bet-desk';
import { createPlayerAccount, type PlayerAccountStore } from '@/components/bet/player-account';
import { createStakeKeeper } from '@/components/bet/stake-keeper';
import { createBetsApi } from '@/components/bets-live/bets-api';
import { connectBets } from '@/components/bets-live/bets-socket';
import { isUnclosed } from '@/components/bets-live/keep-newest';
import { createBetsStore, type BetsStore } from '@/components/bets-live/bets-store';
import { accountStore } from '@/components/safety/account-store';
import type { WalletSession } from '@/components/wallet/wallet-session';
import { epochMs } from '@/lib/units/time';

export type BetRoom = {
  readonly bets: BetsStore;
  readonly desk: BetDesk;
  readonly account: PlayerAccountStore;
  enter(accountId: string): void;
  leave(): void;
};

/** How often open bets are asked for while the live channel is away. */
const LOOK_MS = 2_000;
/** Closed bets asked for on joining: the session's results, and what the hour and day limits count. */
const RECENT_BETS = 100;

export function createBetRoom({
  wallet,
  storage,
}: {
  wallet: Pick<WalletSession, 'signTransaction' | 'restore'>;
  storage: Storage | null;
}): BetRoom {
  const api = createBetsApi();
  const bets = createBetsStore();
  const accounts = accountStore();
  const account = createPlayerAccount(accounts);
  let here: string | null = null;
  let hangUp = () => {};
  const desk = createBetDesk({
    api,
    store: bets,
    sign: wallet.signTransaction,
    keeper: createStakeKeeper(storage),
    accountId: () => here,
    createKey: () => crypto.randomUUID(),
    // By the server's clock, since the bet expires by it.
    clock: () => epochMs(Date.now() + account.get().clockOffsetMs),
    painted,
  });
  desk.subscribe(() => {
    const state = desk.get();
    // The dialog of the reality check opens by the account, which may not know yet that it is due.
    if (state.step === 'refused' && state.failure.code === 'reality-check') void accounts.refresh();
  });
  let revision = 0;
  bets.subscribe(() => {
    const { accountRevision } = bets.get();
    if (accountRevision !== revision && accountRevision > 0) void accounts.refresh();
    revision = accountRevision;
  });
  bets.onChange(({ to }) => to.venue !== 'assisted' && account.refreshBalances());

  const learn = async (accountId: string) => {
    const listed = await api.list(RECENT_BETS);
    if (listed.ok && here === accountId) bets.learn(listed.value);
  };
  const look = () => {
    const { line, bets: known } = bets.get();
    if (here !== null && line === 'lost' && known.some(isUnclosed)) void learn(here);
  };

  const leave = () => {
    hangUp();
    hangUp = () => {};
    here = null;
    bets.clear();
    account.clear();
    desk.reset();
  };
  return {
    bets,
    desk,
    account,
    enter(accountId) {
      if (here === accountId) return;
      leave();
      here = accountId;
      account.refreshBalances();
      const looking = setInterval(look, LOOK_MS);
      const hangUpLine = connectBets({
        accountId,
        store: bets,
        onJoined() {
          void learn(accountId);
          if (!account.get().account) void accounts.refresh();
          desk.resume(accountId);
          desk.nudge();
        },
      });
      hangUp = () => {
        clearInterval(looking);
        hangUpLine();
      };
    },
    leave,
  };
}

/** Two frames: the first draws what was said, at the second it is on screen. A hidden tab draws none. */
function painted(): Promise<void> {
  if (document.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
  });
}
