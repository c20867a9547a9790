// Every transaction of an address since a known one, oldest first. Those that are only confirmed may be taken back, and are
// then simply not in the next answer; so may the known one, and the answer is then everything there is.
import type { Address, AddressSignature, Chain, Signature } from '@/server/chain/chain';

const PAGE_MAX = 1_000;
/** More than this is half an hour of bets at full load: Fortytick was away for longer than it can catch up with at once. */
const PAGES_MAX = 100;

export async function readAddress(
  chain: Pick<Chain, 'signaturesOf'>,
  { address, until }: { address: Address; until: Signature | null },
): Promise<readonly AddressSignature[]> {
  const newestFirst: AddressSignature[] = [];
  for (let page = 0; page < PAGES_MAX; page++) {
    const before = newestFirst.at(-1)?.signature ?? null;
    const more = await chain.signaturesOf(address, { until, before });
    newestFirst.push(...more);
    if (more.length < PAGE_MAX) return newestFirst.reverse();
  }
  throw new Error(`the address has more than ${PAGES_MAX * PAGE_MAX} transactions that were not read`);
}
