// Bytes written and read one number after another: small whole numbers take one byte, larger ones more (7 bits a byte).
// What is read may be damaged: anything that does not fit is a RangeError. Used by path-codec.

export type ByteWriter = {
  byte(value: number): void;
  /** A whole number from 0. */
  count(value: number): void;
  /** A whole number of either sign: small ones of both are small. */
  signed(value: number): void;
  float32(value: number): void;
  text(value: string): void;
  bytes(): Uint8Array;
};

export type ByteReader = {
  byte(): number;
  /** At most `max`: a length that asks for more is damaged. */
  count(max: number): number;
  signed(): number;
  float32(): number;
  text(): string;
};

const TEXT_BYTES_MAX = 10_000;

export function createByteWriter(): ByteWriter {
  let buffer = new Uint8Array(4_096);
  let length = 0;

  function reserve(bytes: number): void {
    if (length + bytes <= buffer.length) return;
    const larger = new Uint8Array(Math.max(buffer.length * 2, length + bytes));
    larger.set(buffer);
    buffer = larger;
  }

  function byte(value: number): void {
    reserve(1);
    buffer[length++] = value;
  }

  function count(value: number): void {
    // No bit operations: they end at 32 bits.
    while (value >= 128) {
      byte((value % 128) | 128);
      value = Math.floor(value / 128);
    }
    byte(value);
  }

  return {
    byte,
    count,
    signed: (value) => count(value < 0 ? -2 * value - 1 : 2 * value),
    float32(value) {
      reserve(4);
      new DataView(buffer.buffer).setFloat32(length, value, true);
      length += 4;
    },
    text(value) {
      const encoded = new TextEncoder().encode(value);
      count(encoded.length);
      reserve(encoded.length);
      buffer.set(encoded, length);
      length += encoded.length;
    },
    bytes: () => buffer.subarray(0, length),
  };
}

export function createByteReader(bytes: Uint8Array): ByteReader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;

  function count(max: number): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const next = view.getUint8(at++);
      value += (next % 128) * factor;
      if (value > max) throw new RangeError('a number larger than it can be');
      if (next < 128) return value;
    }
  }

  return {
    byte: () => view.getUint8(at++),
    count,
    signed() {
      const value = count(Number.MAX_SAFE_INTEGER);
      return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    },
    float32() {
      at += 4;
      return view.getFloat32(at - 4, true);
    },
    text() {
      const length = count(TEXT_BYTES_MAX);
      if (at + length > bytes.length) throw new RangeError('a text that ends too soon');
      at += length;
      return new TextDecoder().decode(bytes.subarray(at - length, at));
    },
  };
}
