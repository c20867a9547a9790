'use client';
// Whether times are shown in the reader's own zone or in UTC: one choice for all pages and tabs, kept by the browser.
// On the server, and until the browser has spoken, times are in UTC, named as such.
import { useSyncExternalStore } from 'react';
import type { Zone } from '@/components/time/format-instant';

export const ZONE_KEY = 'fortytick.zone';

/** What was chosen while the browser keeps nothing for us; it then lasts as long as the page. */
let unkept: Zone | null = null;
const listeners = new Set<() => void>();

export function useZone(): Zone {
  return useSyncExternalStore(subscribe, readZone, () => 'utc');
}

export function chooseZone(zone: Zone): void {
  try {
    localStorage.setItem(ZONE_KEY, zone);
    unkept = null;
  } catch {
    unkept = zone;
  }
  for (const listener of listeners) listener();
}

function readZone(): Zone {
  if (unkept) return unkept;
  try {
    return localStorage.getItem(ZONE_KEY) === 'utc' ? 'utc' : 'local';
  } catch {
    return 'local';
  }
}

function subscribe(onChange: () => void): () => void {
  listeners.add(onChange);
  window.addEventListener('storage', onChange);
  return () => {
    listeners.delete(onChange);
    window.removeEventListener('storage', onChange);
  };
}
