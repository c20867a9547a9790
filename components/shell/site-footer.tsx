import Link from 'next/link';
import { ZoneSwitch } from '@/components/time/zone-switch';

/** The zone of every time on the page. The chart library's licence asks for the link. */
export function SiteFooter() {
  return (
    <footer className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-4 text-caption text-ink-faint lg:px-6">
      <p>Fortytick does not predict when a game rugs. It says what the bet is worth.</p>
      <ZoneSwitch />
      <p>
        <Link className="underline underline-offset-2 hover:text-ink" href="/api-docs" prefetch={false}>
          API
        </Link>
        {' · '}Charts drawn with{' '}
        <a
          className="underline underline-offset-2 hover:text-ink"
          href="https://www.tradingview.com/"
          rel="noreferrer noopener"
          target="_blank"
        >
          TradingView Lightweight Charts™
        </a>
      </p>
    </footer>
  );
}
