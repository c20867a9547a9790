'use client';
// The player's betting in a component: opens the room when somebody signs in, empties it when they leave, and gives its
// parts as state.
import { useEffect, useState, useSyncExternalStore } from 'react';
import { createBetRoom, type BetRoom } from '@/components/bet/bet-room';
import type { DeskState } from '@/components/bet/desk-state';
import type { PlayerAccount } from '@/components/bet/player-account';
import { setOwnBetMarks } from '@/components/bets-live/own-bet-marks';
import { toOwnBetMarks } from '@/components/bets-live/to-own-bet-marks';
import type { BetsState } from '@/components/bets-live/bets-store';
import { walletSession } from '@/components/wallet/wallet-session';

export type BetRoomView = {
  readonly room: BetRoom;
  readonly desk: DeskState;
  readonly bets: BetsState;
  readonly account: PlayerAccount;
};

export function useBetRoom(): BetRoomView {
  const [room] = useState(() => createBetRoom({ wallet: walletSession, storage: findSessionStorage() }));
  useEffect(() => {
    const follow = () => {
      const state = walletSession.get();
      if (state.status === 'signed-in') room.enter(state.accountId);
      else if (state.status === 'signed-out') room.leave();
    };
    const online = () => room.desk.nudge();
    const mark = () => setOwnBetMarks(toOwnBetMarks(room.bets.get().bets));
    follow();
    const leaveSession = walletSession.subscribe(follow);
    const leaveBets = room.bets.subscribe(mark);
    window.addEventListener('online', online);
    return () => {
      leaveSession();
      leaveBets();
      window.removeEventListener('online', online);
      setOwnBetMarks(null);
      room.leave();
    };
  }, [room]);
  return {
    room,
    desk: useSyncExternalStore(room.desk.subscribe, room.desk.get, room.desk.get),
    bets: useSyncExternalStore(room.bets.subscribe, room.bets.get, room.bets.get),
    account: useSyncExternalStore(room.account.subscribe, room.account.get, room.account.get),
  };
}

/** Some browsers throw at the mere mention of storage. */
function findSessionStorage(): Storage | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}
