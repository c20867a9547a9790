// Text that PostgreSQL can hold: it has no NUL, and half a surrogate pair is no UTF-8. Both become U+FFFD.

export function cleanText(text: string): string {
  return text.replace(/\0|\p{Surrogate}/gu, '\uFFFD');
}
