'use client';
// Follows the theme of the player's account: on signing in, and when another tab or browser changes it. What is chosen in
// this browser afterwards stands until then.
import { useTheme } from 'next-themes';
import { useEffect } from 'react';
import { useAccount } from '@/components/safety/use-account';

export function AccountTheme() {
  const { setTheme } = useTheme();
  const theme = useAccount().view?.account.settings.theme ?? 'system';
  useEffect(() => {
    // `system`: nothing was chosen for the account, and the browser keeps its own.
    if (theme !== 'system') setTheme(theme);
  }, [theme, setTheme]);
  return null;
}
