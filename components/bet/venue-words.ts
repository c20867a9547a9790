// What a player must know of each venue before betting there, and what it costs in time and fees.
import type { VenueId } from '@/lib/bets/bet';
import { lamports, type Lamports } from '@/lib/units/lamports';

export type VenueWords = {
  readonly name: string;
  /** Beside every amount: whether it is money. */
  readonly mark: string;
  readonly about: string;
  /** The chain's fee for a transaction with one signature. */
  readonly feeLamports: Lamports;
  readonly feeNote: string;
  /** From the stake's arrival at the server to its confirmation, until the player's own bets have shown how long. */
  readonly confirmMs: number;
};

export const VENUE_WORDS: Readonly<Record<VenueId, VenueWords>> = {
  practice: {
    name: 'Practice',
    mark: 'Practice · test money',
    about: 'A real transaction on a test chain, signed in your wallet. Its SOL is worth nothing.',
    feeLamports: lamports(5_000n),
    feeNote: 'the chain’s, for one signature',
    // The next block of 400 ms, and the server's work around it.
    confirmMs: 600,
  },
  paper: {
    name: 'Paper',
    mark: 'Paper · no money',
    about: 'Kept in the books only, with an imagined bankroll. Nothing to sign, nothing to lose.',
    feeLamports: lamports(0n),
    feeNote: 'nothing to sign',
    confirmMs: 0,
  },
  assisted: {
    name: 'Assisted',
    mark: 'Assisted · real money, on rugs.fun',
    about: 'You place it yourself on the game’s own site. Fortytick copies the amount and follows the bet on the feed.',
    feeLamports: lamports(0n),
    feeNote: 'the site asks for its own',
    confirmMs: 0,
  },
};

/** New players start where nothing can be lost. */
export const FIRST_VENUE: VenueId = 'paper';
/** The game's own site, for the assisted venue. */
export const GAME_SITE_URL = 'https://rugs.fun';
