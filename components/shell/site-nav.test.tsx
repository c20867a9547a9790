// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { SECTIONS, SiteNav, standingOf } from '@/components/shell/site-nav';

const address = vi.hoisted(() => ({ pathname: '/' }));
vi.mock('next/navigation', () => ({ usePathname: () => address.pathname }));
afterEach(cleanup);

describe('the sections in the header', () => {
  it('are six links, the current one marked', () => {
    address.pathname = '/verify';
    render(<SiteNav />);
    const links = screen.getAllByRole('link');
    expect(links.map((link) => link.textContent)).toEqual(['Live', 'Games', 'Sessions', 'Analytics', 'Verify', 'Data']);
    expect(links.map((link) => link.getAttribute('href'))).toEqual(SECTIONS.map(({ href }) => href));
    expect(links.filter((link) => link.hasAttribute('aria-current'))).toEqual([links[4]]);
    expect(links[4]?.getAttribute('aria-current')).toBe('page');
  });

  it('mark the section of a page below it, without claiming to be that page', () => {
    address.pathname = '/games/20251207-1e01ac417e8043ca';
    render(<SiteNav />);
    expect(screen.getByText('Games').getAttribute('aria-current')).toBe('true');
    expect(screen.getByText('Live').hasAttribute('aria-current')).toBe(false);
  });

  it('mark nothing on a page of no section, nor by the beginning of a name', () => {
    expect(SECTIONS.map(({ href }) => standingOf(href, '/gamesmanship'))).toEqual(SECTIONS.map(() => 'elsewhere'));
  });
});
