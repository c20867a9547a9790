'use client';
// Where the player bets: what was chosen on this page, else what the account says. A choice is saved to the account; when
// that fails the choice still holds for this page.
import { useState } from 'react';
import { accountStore } from '@/components/safety/account-store';
import type { VenueId } from '@/lib/bets/bet';

export function useVenueChoice(saved: VenueId, isSignedIn: boolean): [VenueId, (venue: VenueId) => void] {
  const [chosen, setChosen] = useState<VenueId | null>(null);
  const choose = (venue: VenueId) => {
    setChosen(venue);
    if (!isSignedIn) return;
    void accountStore().change({ method: 'PUT', path: 'settings', body: { venue } });
  };
  return [chosen ?? saved, choose];
}
