// What of a bet under way the ticket can show, and what the desk needs to get it there. Types only.
import type { StakeKeeper, KeptStake } from '@/components/bet/stake-keeper';
import type { BetsApi, BetsFailure } from '@/components/bets-live/bets-api';
import type { BetsStore } from '@/components/bets-live/bets-store';
import type { VenueId } from '@/lib/bets/bet';
import type { PlacedBet } from '@/lib/protocol/bets-api';
import type { Lamports } from '@/lib/units/lamports';
import type { Result } from '@/lib/units/result';
import type { Clock } from '@/lib/units/time';
import type { StakeToSign } from '@/lib/wallet/is-stake';
import type { WalletOutcome } from '@/lib/wallet/outcome';

/** What the player asked for, and the name under which the server knows it: the same again is the same bet. */
export type Intent = {
  readonly venue: VenueId;
  readonly lamports: Lamports;
  readonly strategyId: string | null;
  readonly clientKey: string;
};
export type Wish = Omit<Intent, 'clientKey'>;

/** What the player has to answer before the server takes the bet. */
export type Question = 'high-risk' | 'odds';

export type DeskState =
  | { readonly step: 'idle' }
  | { readonly step: 'placing'; readonly intent: Intent }
  | { readonly step: 'asking'; readonly intent: Intent; readonly question: Question; readonly message: string }
  | { readonly step: 'signing'; readonly intent: Intent; readonly placed: PlacedBet }
  | { readonly step: 'unsigned'; readonly intent: Intent; readonly placed: PlacedBet; readonly outcome: WalletOutcome }
  /** `failure`: the last attempt did not get through; the next follows by itself. */
  | { readonly step: 'submitting'; readonly kept: KeptStake; readonly failure: BetsFailure | null }
  | { readonly step: 'refused'; readonly intent: Intent | null; readonly failure: BetsFailure };

export type DeskParts = {
  readonly api: BetsApi;
  readonly store: Pick<BetsStore, 'learn' | 'get'>;
  readonly sign: (transaction: string, stake: StakeToSign) => Promise<Result<string, WalletOutcome>>;
  readonly keeper: StakeKeeper;
  /** Who is signed in now; null for nobody. */
  readonly accountId: () => string | null;
  readonly createKey: () => string;
  readonly clock: Clock;
  /** Resolves when what is shown has been painted: words come before the wallet's window. */
  readonly painted: () => Promise<void>;
};
