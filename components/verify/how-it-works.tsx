import { Disclosure } from '@/components/advice/disclosure';
import { GAME_TICKS_MAX, PUBLISHED_HAZARD } from '@/lib/game/rules';
import { formatPercent } from '@/lib/units/format';

/** For the curious: the check as one could do it by hand. */
export function HowItWorks() {
  return (
    <section aria-label="How the check works" className="bg-surface p-4 lg:p-5">
      <Disclosure summary={<span className="text-body font-semibold text-ink">How the check works, step by step</span>}>
        <ol className="mt-3 flex max-w-prose list-decimal flex-col gap-2 pl-5 text-ink-soft marker:text-ink-faint">
          {STEPS.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </Disclosure>
    </section>
  );
}

const STEPS = [
  'Before the game its hash is shown: SHA-256 of a secret text, the server seed. From the hash nobody can find the seed, and nobody can find another seed with the same hash.',
  'After the rug the seed is revealed. Its SHA-256, computed here, must be the hash that was shown.',
  'A random number generator (ARC4, npm package seedrandom) is started with the text “seed-gameId”. From then on everything is determined.',
  `For each tick a number between 0 and 1 is drawn. Below ${PUBLISHED_HAZARD} the game rugs, before its price moves: ${formatPercent(PUBLISHED_HAZARD)} at each tick, whatever came before.`,
  'Version v3 draws again: below 0.00001, while the price is 100× or less, the price is multiplied by ten.',
  'Otherwise it draws whether the move is big. Below 0.125 it is: by 15 to 25 %, up or down with the same chance.',
  'If not, the price drifts by −2 to +3 %, and wavers by up to half a per cent times the root of the price (v3 takes a root of ten at most).',
  `That goes on to the rug, or to tick ${GAME_TICKS_MAX}. The rug price, near zero, is set by the game and not drawn, so it is not compared.`,
  'Every price must equal the recorded one in all its bits. Nothing is rounded on the way: one other draw, and all that follow differ.',
];
