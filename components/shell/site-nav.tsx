'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useState } from 'react';
import { cn } from '@/components/ui/cn';

/** The sections of the product. On a wide screen in the header's row, on a narrow one in a row of its own below it. */
export function SiteNav({ className }: { className?: string }) {
  const pathname = usePathname();
  return (
    <nav aria-label="Sections" className={className}>
      <ul className="flex items-stretch justify-between sm:justify-start sm:gap-1">
        {SECTIONS.map((section) => (
          <li key={section.href} className="flex">
            <SectionLink {...section} standing={standingOf(section.href, pathname)} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

export const SECTIONS = [
  { href: '/', text: 'Live' },
  { href: '/games', text: 'Games' },
  { href: '/sessions', text: 'Sessions' },
  { href: '/analytics', text: 'Analytics' },
  { href: '/verify', text: 'Verify' },
  { href: '/data', text: 'Data' },
] as const;

/** `within`: a page below the section, such as one game's. */
type Standing = 'here' | 'within' | 'elsewhere';

export function standingOf(href: string, pathname: string): Standing {
  if (pathname === href) return 'here';
  return href !== '/' && pathname.startsWith(`${href}/`) ? 'within' : 'elsewhere';
}

const CURRENT = { here: 'page', within: 'true', elsewhere: undefined } as const;

/** Fetched ahead only when the reader reaches for it: the live page loads nothing for the others. */
function SectionLink({ href, text, standing }: { href: string; text: string; standing: Standing }) {
  const [isReachedFor, setReachedFor] = useState(false);
  const reach = () => setReachedFor(true);
  return (
    <Link
      href={href}
      prefetch={isReachedFor ? null : false}
      onPointerEnter={reach}
      onFocus={reach}
      aria-current={CURRENT[standing]}
      className={cn(
        'flex h-10 items-center border-b-2 border-transparent px-1 font-medium text-ink-soft transition-colors hover:text-ink min-[22.5rem]:px-1.5 sm:px-3 lg:h-14',
        standing !== 'elsewhere' && 'border-ink font-semibold text-ink',
      )}
    >
      {text}
    </Link>
  );
}
