// What the one button says, and the sentence below it. Pure.
import { STOPS, type TicketView } from '@/components/bet/compute-ticket';
import type { DeskState } from '@/components/bet/desk-state';
import { VENUE_WORDS } from '@/components/bet/venue-words';
import type { VenueId } from '@/lib/bets/bet';
import { sol } from '@/lib/risk/words';

export type ActionWords = { readonly text: string; readonly note: string; readonly isDisabled: boolean };

export function describeAction({
  ticket: { action, stakeLamports, rules, isHighRisk },
  venue,
  step,
  hasKey,
}: {
  ticket: Pick<TicketView, 'action' | 'stakeLamports' | 'rules' | 'isHighRisk'>;
  venue: VenueId;
  step: DeskState['step'];
  /** Whether the key B places a bet. */
  hasKey: boolean;
}): ActionWords {
  const { mark } = VENUE_WORDS[venue];
  const underWay = UNDER_WAY[step];
  if (underWay !== null) return { text: underWay, note: mark, isDisabled: true };
  switch (action.kind) {
    case 'connect':
      return {
        text: 'Connect to place',
        note: 'Free to look: nothing is placed without your wallet.',
        isDisabled: false,
      };
    case 'loading':
      return { text: 'Loading your bets…', note: mark, isDisabled: true };
    case 'write-amount':
      return { text: 'Write a stake', note: hasKey ? `${mark} · press B to write` : mark, isDisabled: false };
    case 'open-bet':
      return { text: 'Your bet is open', note: 'One at a time.', isDisabled: true };
    case 'refused':
      return refused(rules);
    case 'place':
      return {
        text: `${venue === 'assisted' ? 'Prepare' : 'Place'} ${stakeLamports === null ? '' : sol(stakeLamports)}`,
        note: isHighRisk ? `${mark} · asks again: above your own line` : `${mark} · ${hasKey ? 'Enter or B' : 'Enter'}`,
        isDisabled: false,
      };
  }
}

/** What is being waited for; the notice above says more. Null: nothing is under way. */
const UNDER_WAY: Readonly<Record<DeskState['step'], string | null>> = {
  idle: null,
  refused: null,
  placing: 'Preparing…',
  asking: 'Waiting for your answer',
  signing: 'Sign in your wallet',
  unsigned: 'Not signed',
  submitting: 'Handing it over…',
};

function refused(rules: TicketView['rules']): ActionWords {
  // What stops all betting comes first; what the moment refuses is said plainly when it is the only thing.
  const [first] = rules;
  const isPlain = rules.length === 1 || STOPS.has(first?.rule ?? '');
  const [text, note] = (isPlain && PLAIN[first?.rule ?? '']) || [
    rules.length === 1 ? 'Refused by a rule' : `Refused by ${rules.length} rules`,
    'Nothing is placed while a rule refuses it.',
  ];
  return { text, note, isDisabled: true };
}

const PLAIN: Readonly<Record<string, readonly [text: string, note: string]>> = {
  'betting-closed': ['Bets are closed now', 'They open ten seconds before the next game.'],
  'stale-feed': ['No bets without the feed', 'They open again when the feed is back.'],
  stopped: ['You stopped betting', 'It stays stopped until you resume it.'],
  'cooling-off': ['You are cooling off', 'Betting opens again by itself.'],
  excluded: ['You excluded yourself', 'Nobody can shorten this.'],
};
