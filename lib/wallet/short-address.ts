/** "7xKX…9fQ2": for recognising an address one knows. To check or copy one, the whole of it is needed. */
export function shortAddress(address: string): string {
  return address.length <= 10 ? address : `${address.slice(0, 4)}…${address.slice(-4)}`;
}
