// Reads sessions and bets for their pages, from the pool that pages share; never on the path of a bet. A player's own are
// asked for with the account's id, and another's are as good as none.
import type { GameSource } from '@/lib/game/game-source';
import type { SessionDetail, SessionsPage } from '@/lib/protocol/sessions-api';
import type { EpochMs } from '@/lib/units/time';
import { readBetProof, type RecordedProof } from '@/server/history/bet-proof';
import { listSessions } from '@/server/history/list-sessions';
import { readSessionDetail } from '@/server/history/session-detail';
import type { SessionsQuery } from '@/server/history/sessions-parameters';
import type { Reader } from '@/server/store/reader';

export type SessionsHistory = {
  listSessions(asked: { accountId: string; query: SessionsQuery; now: EpochMs }): Promise<SessionsPage>;
  getSession(asked: {
    accountId: string;
    sessionId: string;
    source: GameSource;
  }): Promise<Omit<SessionDetail, 'cluster'> | null>;
  /** Of any account: the bet's id is the permission to read it. */
  getProof(betId: string): Promise<RecordedProof | null>;
};

export function createSessionsHistory({ read }: Pick<Reader, 'read'>): SessionsHistory {
  return {
    listSessions: (asked) => read((db) => listSessions(db, asked)),
    getSession: (asked) => read((db) => readSessionDetail(db, asked)),
    getProof: (betId) => read((db) => readBetProof(db, betId)),
  };
}
