// What the place a bet goes to allows, and what the outside looks like right now: everything besides the assessment
// and the profile that a refusal or a ranking may depend on.
import { STAKE_MAX_LAMPORTS, STAKE_MIN_LAMPORTS, type Phase } from '@/lib/game/rules';
import type { FeedStatus } from '@/lib/protocol/push';
import { lamports, type Lamports } from '@/lib/units/lamports';
import { checkAmount, firstError, inputError, type InputError } from '@/lib/risk/input-error';
import { LAMPORTS_MAX } from '@/lib/units/lamports';

export type VenueRules = {
  readonly minStakeLamports: Lamports;
  readonly maxStakeLamports: Lamports;
  /** Stakes are rounded down to a multiple of this. */
  readonly stakeStepLamports: Lamports;
};

export type Conditions = {
  readonly venue: VenueRules;
  readonly feed: Pick<FeedStatus, 'status' | 'ageMs'>;
  readonly phase: Phase;
};

/** A millionth of a SOL: a thousandth of the smallest stake seen, and short enough to read. */
export const STAKE_STEP_LAMPORTS = lamports(1_000n);

export const DEFAULT_VENUE: VenueRules = {
  minStakeLamports: lamports(STAKE_MIN_LAMPORTS),
  maxStakeLamports: lamports(STAKE_MAX_LAMPORTS),
  stakeStepLamports: STAKE_STEP_LAMPORTS,
};

export function checkVenue(venue: VenueRules): InputError | null {
  return firstError([
    checkAmount('venue.minStakeLamports', venue.minStakeLamports, { low: 1n, high: LAMPORTS_MAX }),
    checkAmount('venue.maxStakeLamports', venue.maxStakeLamports, { low: 1n, high: LAMPORTS_MAX }),
    checkAmount('venue.stakeStepLamports', venue.stakeStepLamports, { low: 1n, high: LAMPORTS_MAX }),
    venue.maxStakeLamports < venue.minStakeLamports
      ? inputError(
          'contradiction',
          'venue.maxStakeLamports',
          'The venue takes no stake: its maximum is below its minimum.',
        )
      : null,
  ]);
}
