// Internet addresses and ranges of them (CIDR), for the allow lists of API keys. An IPv4 address written as IPv6
// (::ffff:192.0.2.7, as a socket that listens on both tells it) is the IPv4 address. Pure.

/** `bits` of them count, from the first. */
export type IpRange = { readonly family: 4 | 6; readonly value: bigint; readonly bits: number };

/** Null for what is no address and no range. */
export function parseIpRange(text: string): IpRange | null {
  const [, addressText = '', bitsText] = /^([0-9a-fA-F.:]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const address = parseIpAddress(addressText);
  if (!address) return null;
  const isMapped = address.family === 4 && addressText.includes(':');
  const given = bitsText === undefined ? address.bits : Number(bitsText) - (isMapped ? MAPPED_BITS : 0);
  if (given < 0 || given > address.bits) return null;
  return { ...address, bits: given };
}

/** `192.0.2.7`, `2001:db8::1`; an IPv6 zone (`%eth0`) is of no account. */
export function parseIpAddress(text: string): IpRange | null {
  const [bare = ''] = text.split('%');
  if (!bare.includes(':')) {
    const value = parseIpv4(bare);
    return value === null ? null : { family: 4, value, bits: 32 };
  }
  const value = parseIpv6(bare);
  if (value === null) return null;
  if (value >> 32n === MAPPED_PREFIX) return { family: 4, value: value & 0xffff_ffffn, bits: 32 };
  return { family: 6, value, bits: 128 };
}

export function isInRange(address: IpRange, range: IpRange): boolean {
  if (address.family !== range.family) return false;
  const shift = BigInt((range.family === 4 ? 32 : 128) - range.bits);
  return address.value >> shift === range.value >> shift;
}

/** An empty list allows every address; an address that cannot be read is in no list. */
export function isAddressAllowed(addressText: string, rangeTexts: readonly string[]): boolean {
  if (rangeTexts.length === 0) return true;
  const address = parseIpAddress(addressText);
  if (!address) return false;
  return rangeTexts.some((text) => {
    const range = parseIpRange(text);
    return range !== null && isInRange(address, range);
  });
}

/**
 * Who is behind an address, as limits count them: an IPv4 address, or 64 bits of an IPv6 one, since whoever has one of those
 * has them all. Addresses that cannot be read are one and the same.
 */
export function subscriberOf(addressText: string): string {
  const address = parseIpAddress(addressText);
  if (!address) return 'unknown';
  return address.family === 4 ? `4 ${address.value}` : `6 ${address.value >> SUBSCRIBER_BITS}`;
}

const SUBSCRIBER_BITS = 64n;

/** ::ffff:0:0/96. */
const MAPPED_PREFIX = 0xffffn;
const MAPPED_BITS = 96;

function parseIpv4(text: string): bigint | null {
  const parts = text.split('.');
  // A leading zero means octal to some: what two readers read differently is not read at all.
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)) return null;
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

function parseIpv6(text: string): bigint | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head, tail] = halves.map((half, index) => toGroups(half, index === halves.length - 1));
  if (!head || tail === null) return null;
  const zeros = 8 - head.length - (tail?.length ?? 0);
  // "::" stands for one group or more; without it there are eight.
  if (tail === undefined ? zeros !== 0 : zeros < 1) return null;
  const groups = [...head, ...Array<bigint>(tail === undefined ? 0 : zeros).fill(0n), ...(tail ?? [])];
  return groups.reduce((value, group) => (value << 16n) | group, 0n);
}

/** The last of them may be an IPv4 address, two groups long. */
function toGroups(text: string, isLast: boolean): bigint[] | null {
  if (text === '') return [];
  const groups: bigint[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    if (isLast && index === parts.length - 1 && part.includes('.')) {
      const value = parseIpv4(part);
      if (value === null) return null;
      groups.push(value >> 16n, value & 0xffffn);
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(BigInt(`0x${part}`));
    else return null;
  }
  return groups;
}
