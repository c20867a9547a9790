// Every transaction of an address since the cursor, oldest first. Which of them are only confirmed is read again each time:
// they may be taken back, and then they are simply not in the next answer.
import type { Address, AddressSignature, Chain } from '@/server/chain/chain';
import type { Cursor } from '@/server/bets/venues/practice/venue-store';

const PAGE_MAX = 1_000;
/** More than this since the cursor is half a day of bets at full load: read with a cursor that moves on in between. */
const PAGES_MAX = 100;

export async function readAddress(
  chain: Pick<Chain, 'signaturesOf'>,
  { address, cursor }: { address: Address; cursor: Cursor | null },
): Promise<readonly AddressSignature[]> {
  const newestFirst: AddressSignature[] = [];
  for (let page = 0; page < PAGES_MAX; page++) {
    const before = newestFirst.at(-1)?.signature ?? null;
    const more = await chain.signaturesOf(address, { until: cursor?.signature ?? null, before });
    newestFirst.push(...more);
    if (more.length < PAGE_MAX) return newestFirst.reverse();
  }
  throw new Error(`the address has more than ${PAGES_MAX * PAGE_MAX} transactions that were not read`);
}
