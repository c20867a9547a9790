import { BlockList, isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAddressAllowed, parseIpAddress, parseIpRange, subscriberOf } from '@/lib/auth/ip-ranges';

const v4 = fc.ipV4();
const v6 = fc.ipV6();

describe('addresses and ranges', () => {
  it('are addresses to us where they are to Node', () => {
    fc.assert(
      fc.property(fc.oneof(v4, v6), (text) => {
        expect(parseIpAddress(text)?.family, text).toBe(familyOf(text));
      }),
    );
    const nearly = fc
      .tuple(fc.oneof(v4, v6), fc.nat({ max: 40 }), fc.constantFrom('', ':', '::', '.', '0', 'f', 'g', ' ', '256'))
      .map(([text, cut, put]) => text.slice(0, cut) + put + text.slice(cut + 1));
    fc.assert(
      fc.property(nearly, (text) => {
        expect(parseIpAddress(text) !== null, text).toBe(isIP(text) !== 0);
      }),
      { numRuns: 2_000 },
    );
  });

  it('contain what Node’s own list says they contain', () => {
    const bits = fc.nat({ max: 32 });
    fc.assert(
      fc.property(v4, bits, fc.nat({ max: 0xffff_ffff }), (network, prefix, noise) => {
        const list = new BlockList();
        list.addSubnet(network, prefix);
        // Near enough to the network for both answers to occur.
        const near = toText((toNumber(network) ^ (noise >>> prefix)) >>> 0);
        for (const address of [network, near, toText(noise)]) {
          expect(isAddressAllowed(address, [`${network}/${prefix}`]), `${address} in ${network}/${prefix}`).toBe(
            list.check(address),
          );
        }
      }),
    );
    fc.assert(
      fc.property(v6, v6, fc.nat({ max: 128 }), (network, address, prefix) => {
        fc.pre(parseIpAddress(network)?.family === 6 && parseIpAddress(address)?.family === 6);
        const list = new BlockList();
        list.addSubnet(network, prefix, 'ipv6');
        expect(isAddressAllowed(address, [`${network}/${prefix}`])).toBe(list.check(address, 'ipv6'));
        expect(isAddressAllowed(network, [`${network}/${prefix}`])).toBe(true);
      }),
    );
  });

  it('take an IPv4 address that is written as IPv6 for what it is', () => {
    expect(isAddressAllowed('::ffff:192.0.2.7', ['192.0.2.0/24'])).toBe(true);
    expect(isAddressAllowed('::ffff:c000:207', ['192.0.2.7'])).toBe(true);
    expect(isAddressAllowed('192.0.2.7', ['::ffff:192.0.2.0/120'])).toBe(true);
    expect(isAddressAllowed('192.0.3.7', ['::ffff:192.0.2.0/120'])).toBe(false);
    expect(isAddressAllowed('192.0.2.7', ['::/0'])).toBe(false);
  });

  it('allow everybody when there are none, and nobody whose address cannot be read', () => {
    expect(isAddressAllowed('', [])).toBe(true);
    expect(isAddressAllowed('', ['0.0.0.0/0', '::/0'])).toBe(false);
    expect(isAddressAllowed('unknown', ['0.0.0.0/0'])).toBe(false);
    expect(isAddressAllowed('fe80::1%eth0', ['fe80::/10'])).toBe(true);
  });

  it('belong to one subscriber by 64 bits of IPv6, and one by one of IPv4 however it is written', () => {
    expect(subscriberOf('2001:db8::1')).toBe(subscriberOf('2001:db8:0:0:ffff::2%eth0'));
    expect(subscriberOf('2001:db8::1')).not.toBe(subscriberOf('2001:db8:0:1::1'));
    expect(subscriberOf('::ffff:192.0.2.7')).toBe(subscriberOf('192.0.2.7'));
    expect(subscriberOf('192.0.2.7')).not.toBe(subscriberOf('192.0.2.8'));
    expect(subscriberOf('::')).not.toBe(subscriberOf('0.0.0.0'));
    expect(subscriberOf('garbage')).toBe(subscriberOf(''));
  });

  it('are refused when they can be read in two ways, or in none', () => {
    for (const text of [
      '',
      '1.2.3',
      '01.2.3.4',
      '1.2.3.4/33',
      '1.2.3.4/',
      '1.2.3.4/-1',
      '1::2::3',
      '::/129',
      '1:2:3:4:5:6:7',
    ]) {
      expect(parseIpRange(text), text).toBeNull();
    }
    expect(parseIpRange('1:2:3:4:5:6:7::')).not.toBeNull();
    expect(parseIpRange('::ffff:1.2.3.4/95')).toBeNull();
    expect(parseIpRange('2001:db8::/32')).toMatchObject({ family: 6, bits: 32 });
  });
});

function familyOf(text: string): number {
  return /^(::ffff:|0*:0*:0*:0*:0*:ffff:)/i.test(text) && parseIpAddress(text)?.family === 4 ? 4 : isIP(text);
}

function toNumber(address: string): number {
  return address.split('.').reduce((value, part) => value * 256 + Number(part), 0);
}

function toText(value: number): string {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
}
