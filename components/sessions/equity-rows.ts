// The curve of a session as numbers to draw, in SOL; never converted back. The first row is the beginning, at nothing. Pure.
import type { SessionDetail } from '@/lib/protocol/sessions-api';

export type EquityRow = {
  /** Settled bets so far. */
  readonly n: number;
  readonly at: number | null;
  readonly net: number;
  readonly best: number;
};

const LAMPORTS_PER_SOL = 1e9;

export function toEquityRows(curve: SessionDetail['curve']): EquityRow[] {
  let best = 0n;
  const rows: EquityRow[] = [{ n: 0, at: null, net: 0, best: 0 }];
  curve.forEach(({ n, at, netLamports }) => {
    const net = BigInt(netLamports);
    if (net > best) best = net;
    rows.push({ n, at, net: Number(net) / LAMPORTS_PER_SOL, best: Number(best) / LAMPORTS_PER_SOL });
  });
  return rows;
}
