// What a won side bet pays. Money is exact; called by the record's settlement and by the checks of it.
import { lamports, type Lamports } from '@/lib/units/lamports';

/** Stake × multiple in whole lamports; a fraction of a lamport cannot be paid and is cut off. */
export function computePayoutLamports({
  stakeLamports,
  payoutMultiple,
}: {
  stakeLamports: Lamports;
  payoutMultiple: number;
}): Lamports {
  // The multiple as it is written, "4.5": the double nearest to it is not what was promised.
  const [, whole = '0', decimals = '', exponent = '0'] = /^(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(
    String(payoutMultiple),
  )!;
  const scale = BigInt(decimals.length - Number(exponent));
  const product = stakeLamports * BigInt(whole + decimals);
  return lamports(scale >= 0n ? product / 10n ** scale : product * 10n ** -scale);
}
