import Link from 'next/link';
import { Brand } from '@/components/shell/brand';
import { Clock } from '@/components/shell/clock';
import { FeedStatus } from '@/components/status/feed-status';
import { ThemeToggle } from '@/components/theme/theme-toggle';

/** On every page. Later pages put their links between the brand and the feed's state. */
export function SiteHeader() {
  return (
    <header className="flex h-12 items-center justify-between gap-3 px-4 lg:h-14 lg:px-6">
      <Link href="/" aria-label="Fortytick, dashboard" className="rounded-small">
        <Brand />
      </Link>
      <div className="flex items-center gap-2 sm:gap-5">
        <FeedStatus />
        <span className="hidden sm:inline">
          <Clock />
        </span>
        <ThemeToggle />
      </div>
    </header>
  );
}
