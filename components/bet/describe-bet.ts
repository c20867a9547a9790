// Where a bet stands, in words: what has happened, what comes next, how far its window has run on the live tick, and what
// it brought. Pure; the running bet, the toasts and the screen reader all say the same.
import { netOfView, stakeOf } from '@/components/bet/sum-bets';
import { payoutOf } from '@/lib/bets/bet-amounts';
import { WINDOW_TICKS } from '@/lib/game/rules';
import type { BetView } from '@/lib/protocol/bets-api';
import { sol } from '@/lib/risk/words';
import { lamports } from '@/lib/units/lamports';
import { assertNever } from '@/lib/units/result';

export type BetTone = 'waiting' | 'running' | 'won' | 'lost' | 'void';

export type BetDescription = {
  /** "Active: tick 12 of 40" */
  readonly headline: string;
  readonly detail: string;
  readonly tone: BetTone;
  /** Ticks of the window that have passed, while it runs and its game is the one on screen. */
  readonly passedTicks: number | null;
  /** For a screen reader: changes with the state, not with every tick. */
  readonly spoken: string;
};

export type LiveMoment = { readonly gameId: string | null; readonly tick: number | null };

export function describeBet(bet: BetView, live: LiveMoment): BetDescription {
  const said = describeState(bet, live);
  return { ...said, passedTicks: said.passedTicks ?? null, spoken: said.spoken ?? `${said.headline}. ${said.detail}` };
}

type Said = Omit<BetDescription, 'spoken' | 'passedTicks'> & { spoken?: string; passedTicks?: number };

function describeState(bet: BetView, live: LiveMoment): Said {
  const stake = sol(stakeOf(bet));
  switch (bet.state) {
    case 'prepared':
      return bet.venue === 'assisted'
        ? {
            headline: `Place ${stake} on the site`,
            detail: 'Fortytick waits for the feed to show it. Unseen for 30 s, it is not counted.',
            tone: 'waiting',
          }
        : { headline: 'Waiting for your signature', detail: 'Nothing has been paid yet.', tone: 'waiting' };
    case 'submitted':
      return describeSubmitted(bet, stake);
    case 'active':
      return describeActive(bet, live);
    case 'won':
    case 'paid':
      return describeWon(bet);
    case 'lost':
      return {
        headline: `Lost: −${stake}`,
        detail: `${whereItEnded(bet)} The stake stays with the house.`,
        tone: 'lost',
      };
    case 'void':
    case 'refunded': {
      const given = bet.paidLamports === null ? null : lamports(BigInt(bet.paidLamports));
      const back = given === null ? 'Your stake is on its way back.' : given > 0n ? `${sol(given)} came back.` : '';
      return {
        headline: bet.state === 'void' ? 'Void: it does not count' : 'Void: your stake is back',
        detail: bet.reason?.message ?? back,
        tone: 'void',
      };
    }
    case 'expired':
      return { headline: 'Not placed', detail: bet.reason?.message ?? 'Nothing was taken.', tone: 'void' };
    default:
      return assertNever(bet.state);
  }
}

function describeSubmitted(bet: BetView, stake: string): Said {
  switch (bet.venue) {
    case 'practice':
      return {
        headline: 'Sent: waiting for the chain',
        detail: `${stake} is on its way. The bet starts at the tick at which the chain confirms it.`,
        tone: 'waiting',
      };
    case 'paper':
      return {
        headline: 'Placed: waiting for the next tick',
        detail: 'It starts after your own latency, as a real one would.',
        tone: 'waiting',
      };
    case 'assisted':
      return {
        headline: `Place ${stake} on the site`,
        detail: 'Fortytick waits for the feed to show it. Unseen for 30 s, it is not counted.',
        tone: 'waiting',
      };
  }
}

function describeActive(bet: BetView, live: LiveMoment): Said {
  const { startTick, endTick } = bet;
  const wins = `Wins ${sol(payoutOf({ stakeLamports: stakeOf(bet), payout: bet.payout }))} if the game rugs in time.`;
  if (startTick === null || endTick === null) return { headline: 'Active', detail: wins, tone: 'running' };
  const window = `Ticks ${startTick + 1}–${endTick}.`;
  const spoken = `The bet is active. ${window} ${wins}`;
  if (live.gameId !== bet.gameId || live.tick === null) {
    return { headline: 'Settling', detail: `${window} Waiting for the game’s result.`, tone: 'running', spoken };
  }
  const passedTicks = Math.min(WINDOW_TICKS, Math.max(0, live.tick - startTick));
  if (live.tick > endTick) {
    return {
      headline: 'Window over',
      detail: `${window} Waiting for the result.`,
      tone: 'running',
      passedTicks,
      spoken,
    };
  }
  return {
    headline: `Active: tick ${passedTicks} of ${WINDOW_TICKS}`,
    detail: `${window} ${wins}`,
    tone: 'running',
    passedTicks,
    spoken,
  };
}

function describeWon(bet: BetView): Said {
  const net = netOfView(bet) ?? lamports(0n);
  const paid = bet.state === 'paid';
  const amount = sol(
    bet.paidLamports === null
      ? payoutOf({ stakeLamports: stakeOf(bet), payout: bet.payout })
      : BigInt(bet.paidLamports),
  );
  const money =
    bet.venue === 'assisted'
      ? 'The site pays it.'
      : paid
        ? `${amount} were paid.`
        : `${amount} are on their way${bet.venue === 'practice' ? ': the chain finalizes your stake first' : ''}.`;
  return { headline: `Won: +${sol(net)}`, detail: `${whereItEnded(bet)} ${money}`, tone: 'won' };
}

function whereItEnded({ startTick, endTick, rugTick }: BetView): string {
  if (startTick === null || endTick === null) return '';
  if (rugTick === null) return `The game lived past tick ${endTick}.`;
  return `The game rugged at tick ${rugTick}; the bet covered ${startTick + 1}–${endTick}.`;
}
