// What one browser knows of the running game: the value the whole dashboard is drawn from. Immutable; only reduceLive
// makes new ones, and it keeps the parts that did not change identical, so that a view of one part need not redraw.
import type { Assessment } from '@/lib/decision/assess';
import type { EvidenceView } from '@/lib/decision/evidence';
import { decideVerdict, type FeedHealth, type Verdict } from '@/lib/decision/verdict';
import { EMPTY_PATH, type PricePath } from '@/lib/game/price-path';
import type {
  FeedStatus,
  GameView,
  LivePushes,
  RecentGame,
  StatusPush,
  TapeSideBet,
  TapeTrade,
} from '@/lib/protocol/push';

/** The line to the server: `connecting` before it was ever open, `lost` after. */
export type Connection = 'connecting' | 'open' | 'lost';

export type LiveState = {
  readonly connection: Connection;
  readonly feed: FeedStatus | null;
  readonly store: StatusPush['store'] | null;
  /** Alerts on the record's quality, raised now. */
  readonly alerts: StatusPush['alerts'] | null;
  readonly game: GameView | null;
  readonly prices: PricePath;
  readonly assessment: Assessment | null;
  /** What past games say of an edge; null until told. */
  readonly evidence: EvidenceView | null;
  /** Null until the first snapshot, so that "none yet" and "not loaded" can be told apart. */
  readonly recentGames: readonly RecentGame[] | null;
  readonly trades: readonly TapeTrade[] | null;
  readonly sideBets: readonly TapeSideBet[] | null;
  readonly health: FeedHealth;
  readonly verdict: Verdict;
  /** The payout and timing last assessed: they describe the bet and the clock, not this tick, and outlive it. */
  readonly payout: number | null;
  readonly timing: Assessment['timing'] | null;
  /** This browser's time of the last frame known to have reached the server. */
  readonly frameHeardAtMs: number | null;
  /** This browser's time of the last push of any kind. */
  readonly pushHeardAtMs: number | null;
  /** Pushes that did not validate and were dropped. */
  readonly rejectedPushes: number;
};

export type LiveAction = { readonly atMs: number } & (
  | { readonly type: 'game'; readonly push: LivePushes['game'] }
  | { readonly type: 'trades'; readonly push: LivePushes['trades'] }
  | { readonly type: 'sidebets'; readonly push: LivePushes['sidebets'] }
  | { readonly type: 'status'; readonly push: LivePushes['status'] }
  | { readonly type: 'connection'; readonly connection: Connection }
  | { readonly type: 'rejected' }
  /** Time passing: silence is news too. */
  | { readonly type: 'clock' }
);

const CONNECTING: FeedHealth = { kind: 'connecting', silentSeconds: null };

export const INITIAL_LIVE_STATE: LiveState = {
  connection: 'connecting',
  feed: null,
  store: null,
  alerts: null,
  game: null,
  prices: EMPTY_PATH,
  assessment: null,
  evidence: null,
  recentGames: null,
  trades: null,
  sideBets: null,
  health: CONNECTING,
  verdict: decideVerdict({ assessment: null, game: null, feed: CONNECTING }),
  payout: null,
  timing: null,
  frameHeardAtMs: null,
  pushHeardAtMs: null,
  rejectedPushes: 0,
};
