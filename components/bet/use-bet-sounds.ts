'use client';
// Plays a short sound when a bet begins to run, is won or is lost, at the volume of the player's settings; silent at 0. A
// browser that allows no sound before a first click stays silent too.
import { useEffect } from 'react';
import { soundOf, type BetSound } from '@/components/bet/should-tell';
import type { BetsStore } from '@/components/bets-live/bets-store';

const FILES: Readonly<Record<BetSound, string>> = {
  active: '/sounds/active.wav',
  won: '/sounds/won.wav',
  lost: '/sounds/lost.wav',
};

export function useBetSounds(bets: BetsStore, volume: number): void {
  useEffect(() => {
    if (volume <= 0) return;
    return bets.onChange((change) => {
      const sound = soundOf(change);
      if (!sound) return;
      const audio = new Audio(FILES[sound]);
      audio.volume = Math.min(1, volume);
      audio.play().catch(() => undefined);
    });
  }, [bets, volume]);
}
