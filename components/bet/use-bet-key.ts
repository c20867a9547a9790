'use client';
// The key B, anywhere on the page but where somebody writes or answers a dialog, and whether the player wants it: a single letter
// that stakes money is not for everyone, least of all for those who speak to their computer. The choice stays in the browser.
import { useEffect, useEffectEvent, useState } from 'react';

const OFF_KEY = 'fortytick.bet-key-off';

export type BetKey = { readonly isOn: boolean; readonly toggle: () => void };

export function useBetKey(onPress: () => void): BetKey {
  const [isOn, setOn] = useState(() => !readOff());
  const press = useEffectEvent(onPress);
  useEffect(() => {
    if (!isOn) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'b' || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isElsewhere(event.target)) return;
      event.preventDefault();
      press();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [isOn]);
  const toggle = () => {
    keepOff(isOn);
    setOn(!isOn);
  };
  return { isOn, toggle };
}

/** Some browsers refuse storage: the choice then lasts as long as the page. */
function readOff(): boolean {
  try {
    return localStorage.getItem(OFF_KEY) !== null;
  } catch {
    return false;
  }
}

function keepOff(isOff: boolean): void {
  try {
    if (isOff) localStorage.setItem(OFF_KEY, '1');
    else localStorage.removeItem(OFF_KEY);
  } catch {
    // As above.
  }
}

function isElsewhere(target: EventTarget | null): boolean {
  if (document.querySelector('[role=dialog]')) return true;
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}
