import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import '@/app/globals.css';
import { KeptStake } from '@/components/bet/kept-stake';
import { LiveProvider } from '@/components/live/live-provider';
import { SiteFooter } from '@/components/shell/site-footer';
import { SiteHeader } from '@/components/shell/site-header';
import { ThemeProvider } from '@/components/theme/theme-provider';
import { HintProvider } from '@/components/ui/hint';

export const metadata: Metadata = {
  title: { default: 'Fortytick: is the side bet worth it, tick by tick', template: '%s · Fortytick' },
  description:
    'The 40-tick side bet of rugs.fun, assessed at every tick: how often it wins, what it needs, what it costs.',
  applicationName: 'Fortytick',
};

export const viewport: Viewport = { width: 'device-width', initialScale: 1, themeColor: '#080d0e' };

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    // The theme's class is set before React starts, so the server's markup differs here on purpose.
    <html lang="en" suppressHydrationWarning>
      <body className="min-h-dvh bg-ground text-ink">
        <ThemeProvider>
          <HintProvider>
            <LiveProvider>
              <div className="mx-auto flex min-h-dvh max-w-[1600px] flex-col">
                <SiteHeader />
                <main id="content" tabIndex={-1} className="flex grow outline-none flex-col px-0 sm:px-4 lg:px-6">
                  {children}
                </main>
                <SiteFooter />
                <KeptStake />
              </div>
            </LiveProvider>
          </HintProvider>
        </ThemeProvider>
      </body>
    </html>
  );
}
