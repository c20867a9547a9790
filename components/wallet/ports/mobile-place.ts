// Where wallets live on a phone, told from the browser alone.

/** Chrome on Android, in a secure context: the only place from which the mobile wallet adapter reaches apps. */
export function isMobileWalletPlace(): boolean {
  return window.isSecureContext && /android/i.test(navigator.userAgent);
}

/** On a phone an extension cannot be installed; Phantom's app opens this page in a browser of its own instead. */
export function phantomAppLink(page: { readonly href: string; readonly origin: string }): string {
  return `https://phantom.app/ul/browse/${encodeURIComponent(page.href)}?ref=${encodeURIComponent(page.origin)}`;
}

export function isPhone(userAgent: string): boolean {
  return /iphone|ipad|ipod|android/i.test(userAgent);
}
