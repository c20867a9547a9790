// What every verb of an account works with. Made once by openAccounts; routes find it in the runtime.
import type { Clock } from '@/lib/units/time';
import type { Auth } from '@/server/auth/auth';
import type { WalletHash } from '@/server/account/wallet-hash';
import type { RecordDatabase } from '@/server/store/record-database';

export type AccountContext = {
  readonly database: RecordDatabase;
  readonly clock: Clock;
  readonly hashWallet: WalletHash;
  readonly auth: Pick<Auth, 'tellEnded'>;
  /** Tells the player's other tabs to ask again. */
  readonly changed: (accountId: string) => void;
};
