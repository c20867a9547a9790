import Link from 'next/link';
import { AccountMenu } from '@/components/account-menu/account-menu';
import { Brand, BrandMark } from '@/components/shell/brand';
import { Clock } from '@/components/shell/clock';
import { SiteNav } from '@/components/shell/site-nav';
import { FeedStatus } from '@/components/status/feed-status';
import { ThemeToggle } from '@/components/theme/theme-toggle';

/** On every page. On a narrow screen the sections stand in a second row, and the mark stands for the name. */
export function SiteHeader() {
  return (
    <header className="flex flex-wrap items-center justify-between gap-x-3 px-4 lg:h-14 lg:flex-nowrap lg:justify-start lg:gap-x-8 lg:px-6">
      <SkipLink />
      <Link href="/" prefetch={false} aria-label="Fortytick, dashboard" className="shrink-0 rounded-small">
        <BrandMark className="size-6 sm:hidden" />
        <span className="hidden sm:inline">
          <Brand />
        </span>
      </Link>
      <SiteNav className="order-last -mx-1.5 basis-[calc(100%+0.75rem)] sm:-mx-3 sm:basis-full lg:order-none lg:mx-0 lg:basis-auto" />
      <div className="flex h-12 items-center gap-1.5 sm:gap-5 lg:ml-auto lg:h-14">
        <FeedStatus />
        <span className="hidden sm:inline lg:hidden min-[70rem]:inline">
          <Clock />
        </span>
        <ThemeToggle />
        <AccountMenu />
      </div>
    </header>
  );
}

function SkipLink() {
  return (
    <a
      href="#content"
      className="sr-only z-50 rounded-control border border-line-strong bg-raised px-3 py-2 focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
    >
      Skip to the page
    </a>
  );
}
