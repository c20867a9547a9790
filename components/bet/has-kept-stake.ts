// Whether this tab keeps a signed stake that the server does not have yet. By itself, because every page asks.

export const KEPT_STAKE_KEY = 'fortytick.signed-stake';

/** Some browsers throw at the mere mention of storage; then nothing is kept. */
export function hasKeptStake(): boolean {
  try {
    return sessionStorage.getItem(KEPT_STAKE_KEY) !== null;
  } catch {
    return false;
  }
}
