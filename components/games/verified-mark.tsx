'use client';
import { BadgeCheck, BadgeX, CircleDashed, type LucideIcon } from 'lucide-react';
import { Hint } from '@/components/ui/hint';

type Mark = { Icon: LucideIcon; word: string; tone: string; hint: string };

const VERIFIED: Mark = {
  Icon: BadgeCheck,
  word: 'Verified',
  tone: 'text-up',
  hint: 'The revealed seed matches its published hash, and replaying the published generator from it gives this game’s every price and its rug, exactly.',
};
const FAILED: Mark = {
  Icon: BadgeX,
  word: 'Failed',
  tone: 'text-danger',
  hint: 'The revealed seed does not match its hash, or replaying it does not give this game.',
};
const UNVERIFIABLE: Mark = {
  Icon: CircleDashed,
  word: 'Not verifiable',
  tone: 'text-ink-faint',
  hint: 'This game was not made by a published generator, so nothing about it can be verified.',
};

export function VerifiedMark({ verified }: { verified: boolean | null }) {
  const { Icon, word, tone, hint } = verified === null ? UNVERIFIABLE : verified ? VERIFIED : FAILED;
  return (
    <Hint hint={hint} className={tone}>
      <Icon aria-hidden className="size-4 shrink-0" />
      <span className="sr-only @sm:not-sr-only">{word}</span>
    </Hint>
  );
}
