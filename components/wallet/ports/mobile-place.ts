// Where wallets live on a phone, told from the browser alone.

/** Chrome on Android, in a secure context: the only place from which the mobile wallet adapter reaches apps. */
export function isMobileWalletPlace(): boolean {
  return window.isSecureContext && /android/i.test(navigator.userAgent);
}

/** On a phone an extension cannot be installed; Phantom's app opens this page in a browser of its own instead. */
export function phantomAppLink(page: { readonly href: string; readonly origin: string }): string {
  return `https://phantom.app/ul/browse/${encodeURIComponent(page.href)}?ref=${encodeURIComponent(page.origin)}`;
}

/** An iPad says that it is a Mac; Macs have no touch screen. */
export function isPhone({ userAgent, maxTouchPoints }: Pick<Navigator, 'userAgent' | 'maxTouchPoints'>): boolean {
  return /iphone|ipad|ipod|android/i.test(userAgent) || (/macintosh/i.test(userAgent) && maxTouchPoints > 1);
}

/** Names that mean the computer they are asked on, which to a phone is the phone. */
export function isOnThisComputerOnly(hostname: string): boolean {
  return /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}
