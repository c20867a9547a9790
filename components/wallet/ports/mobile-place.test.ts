import { describe, expect, it } from 'vitest';
import { isOnThisComputerOnly, isPhone, phantomAppLink } from '@/components/wallet/ports/mobile-place';

describe('where a wallet can be', () => {
  it.each([
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)', 5, true],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 5, true],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 0, false],
    ['Mozilla/5.0 (Linux; Android 15; Pixel 9)', 5, true],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64)', 10, false],
  ])('%s with %d fingers: a phone is %s', (userAgent, maxTouchPoints, is) => {
    expect(isPhone({ userAgent, maxTouchPoints })).toBe(is);
  });

  it('is not a phone that is shown an address of this computer', () => {
    for (const name of ['localhost', 'app.localhost', '127.0.0.1', '127.1.2.3', '[::1]']) {
      expect(isOnThisComputerOnly(name), name).toBe(true);
    }
    for (const name of ['fortytick.example', '192.168.1.7', 'localhost.example', '[2001:db8::1]']) {
      expect(isOnThisComputerOnly(name), name).toBe(false);
    }
  });

  it('is Phantom’s app by a link that names this page and this site, each as one part of it', () => {
    const page = { href: 'https://fortytick.example/bets/a?b=c&d#e', origin: 'https://fortytick.example' };
    const link = new URL(phantomAppLink(page));
    expect(link.origin + link.pathname.slice(0, 11)).toBe('https://phantom.app/ul/browse/');
    expect(decodeURIComponent(link.pathname.slice('/ul/browse/'.length))).toBe(page.href);
    expect([...link.searchParams]).toEqual([['ref', page.origin]]);
  });
});
