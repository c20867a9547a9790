// The one object that Next's route handlers and the server share. They are different module copies in one process, so it
// lives on globalThis, typed, and nowhere else.
import type { AccountContext } from '@/server/account/account-context';
import type { Auth } from '@/server/auth/auth';
import type { BetEngine } from '@/server/bets/bet-engine';
import type { LedgerContext } from '@/server/bets/reconcile/ledger-context';
import type { Chain } from '@/server/chain/chain';
import type { LiveState } from '@/server/live/live-state';
import type { Health } from '@/server/ops/health';
import type { AnalyticsHistory } from '@/server/history/analytics-history';
import type { GamesExports } from '@/server/history/games-export';
import type { QualityView } from '@/server/quality/get-data-quality';
import type { GameSource } from '@/lib/game/game-source';
import type { BetsExports } from '@/server/history/bets-export';
import type { GamesHistory } from '@/server/history/games-history';
import type { SessionsHistory } from '@/server/history/sessions-history';

export type Runtime = {
  readonly live: LiveState;
  readonly games: GamesHistory;
  readonly exports: GamesExports;
  readonly analytics: AnalyticsHistory;
  readonly sessions: SessionsHistory;
  readonly betsExports: BetsExports;
  /** Null while bets are not open. */
  readonly bets: BetEngine | null;
  readonly chain: Chain | null;
  /** The ledger against the chain, and the practice wallet. */
  readonly ledger: LedgerContext | null;
  /** Whose games a query means that does not say. */
  readonly source: GameSource;
  readonly quality: QualityView;
  /** A request could not be answered because the record failed: for the log. */
  readonly onRecordFault: (error: unknown) => void;
  readonly health: () => Health;
  /** Signing in, keys, and who a request comes from: through server/http/with-actor. */
  readonly auth: Auth | null;
  /** Settings, limits, pauses and the player's data: through server/account/with-account. */
  readonly accounts: AccountContext | null;
};

const KEY = Symbol.for('fortytick.runtime');
type Holder = { [KEY]?: Runtime };

export function setRuntime(runtime: Runtime): void {
  (globalThis as Holder)[KEY] = runtime;
}

/** Null while the server is still starting, and in a Next process of its own. */
export function getRuntime(): Runtime | null {
  return (globalThis as Holder)[KEY] ?? null;
}
