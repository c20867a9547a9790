'use client';
// Keeps a keyboard's place in the ticket: what had the focus goes away when a bet is placed, and the browser would begin again
// at the top of the page, far from the question that the ticket now asks.
import { useEffect, useRef, type FocusEvent, type RefObject } from 'react';

export type KeptFocus<T extends HTMLElement> = {
  /** Takes the focus then; needs tabIndex −1. */
  readonly home: RefObject<T | null>;
  readonly onFocus: () => void;
  readonly onBlur: (event: FocusEvent) => void;
};

/** `moment` changes whenever something of it may have gone. */
export function useKeptFocus(moment: string): KeptFocus<HTMLDivElement> {
  const home = useRef<HTMLDivElement>(null);
  const isInside = useRef(false);
  useEffect(() => {
    const leave = (event: PointerEvent) => {
      if (!home.current?.closest('form')?.contains(event.target as Node)) isInside.current = false;
    };
    window.addEventListener('pointerdown', leave);
    return () => window.removeEventListener('pointerdown', leave);
  }, []);
  useEffect(() => {
    if (!isInside.current) return;
    const { activeElement } = document;
    if (activeElement === document.body || activeElement?.closest('[hidden]')) {
      home.current?.focus({ preventScroll: true });
    }
  }, [moment]);
  return {
    home,
    onFocus: () => {
      isInside.current = true;
    },
    // Somewhere else, by Tab or a script; what merely goes away gives its focus to nothing.
    onBlur: ({ relatedTarget, currentTarget }) => {
      if (relatedTarget && !currentTarget.contains(relatedTarget as Node)) isInside.current = false;
    },
  };
}
