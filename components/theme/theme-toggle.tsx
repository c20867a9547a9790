'use client';
import { Moon, Sun } from 'lucide-react';
import { useTheme } from 'next-themes';
import { Button } from '@/components/ui/button';

/** Both icons are there and CSS shows the right one, so that the server's markup fits either theme. */
export function ThemeToggle() {
  const { resolvedTheme, setTheme } = useTheme();
  return (
    <Button
      variant="quiet"
      size="icon"
      aria-label="Switch between dark and light"
      data-testid="theme-toggle"
      onClick={() => setTheme(resolvedTheme === 'light' ? 'dark' : 'light')}
    >
      <Moon aria-hidden className="light:hidden" />
      <Sun aria-hidden className="hidden light:block" />
    </Button>
  );
}
