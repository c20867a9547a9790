// A text as a QR code (ISO/IEC 18004): bytes, the lowest error correction, versions 1 to 10, always the checkerboard mask, which
// every reader undoes. Enough for an address of some 270 characters on a screen that is neither torn nor dirty. Pure; the
// choice of wallets shows a phone the way with it.

/** Rows of modules, true for dark; without the quiet border of four. Null for a text that does not fit. */
export function toQrCode(text: string): readonly (readonly boolean[])[] | null {
  const bytes = new TextEncoder().encode(text);
  const version = VERSIONS.findIndex((one) => one !== null && bytes.length <= capacityOf(one));
  if (version < 0) return null;
  const grid = drawFunctionPatterns(version);
  placeBits(grid, toCodewords(bytes, version));
  drawFormat(grid);
  return grid.map((row) => row.map((module) => module === true));
}

type Version = {
  readonly codewords: number;
  readonly correctionPerBlock: number;
  readonly blocks: number;
  readonly alignment: readonly number[];
};
const version = (
  codewords: number,
  correctionPerBlock: number,
  blocks: number,
  ...alignment: readonly number[]
): Version => ({ codewords, correctionPerBlock, blocks, alignment });

/** By version, at error correction level L. */
const VERSIONS: readonly (Version | null)[] = [
  null,
  version(26, 7, 1),
  version(44, 10, 1, 6, 18),
  version(70, 15, 1, 6, 22),
  version(100, 20, 1, 6, 26),
  version(134, 26, 1, 6, 30),
  version(172, 18, 2, 6, 34),
  version(196, 20, 2, 6, 22, 38),
  version(242, 24, 2, 6, 24, 42),
  version(292, 30, 2, 6, 26, 46),
  version(346, 18, 4, 6, 28, 50),
];

/** Null: free for data. */
type Grid = (boolean | null)[][];

function dataCodewords({ codewords, correctionPerBlock, blocks }: Version): number {
  return codewords - correctionPerBlock * blocks;
}

function countBits(versionNumber: number): number {
  return versionNumber < 10 ? 8 : 16;
}

function capacityOf(one: Version): number {
  return dataCodewords(one) - Math.ceil((4 + countBits(VERSIONS.indexOf(one))) / 8);
}

function toCodewords(bytes: Uint8Array, versionNumber: number): readonly number[] {
  const one = VERSIONS[versionNumber]!;
  const bits: number[] = [];
  const push = (value: number, length: number) => {
    for (let bit = length - 1; bit >= 0; bit--) bits.push((value >>> bit) & 1);
  };
  push(0b0100, 4); // Bytes.
  push(bytes.length, countBits(versionNumber));
  for (const byte of bytes) push(byte, 8);
  push(0, Math.min(4, dataCodewords(one) * 8 - bits.length));
  while (bits.length % 8 !== 0) bits.push(0);
  const data = Array.from({ length: bits.length / 8 }, (_, i) => parseInt(bits.slice(i * 8, i * 8 + 8).join(''), 2));
  for (let pad = 0xec; data.length < dataCodewords(one); pad ^= 0xec ^ 0x11) data.push(pad);
  return interleave(data, one);
}

/** Blocks differ in length by one at most, the shorter first; readers take a codeword of each in turn. */
function interleave(data: readonly number[], one: Version): readonly number[] {
  const short = Math.floor(data.length / one.blocks);
  const shortBlocks = one.blocks - (data.length % one.blocks);
  const blocks = Array.from({ length: one.blocks }, (_, i) => {
    const start = i * short + Math.max(0, i - shortBlocks);
    return data.slice(start, start + short + (i < shortBlocks ? 0 : 1));
  });
  const corrections = blocks.map((block) => correct(block, one.correctionPerBlock));
  const inTurn = (lists: readonly (readonly number[])[], length: number) =>
    Array.from({ length }, (_, i) => lists.flatMap((list) => list[i] ?? [])).flat();
  return [...inTurn(blocks, short + 1), ...inTurn(corrections, one.correctionPerBlock)];
}

/** Reed-Solomon over GF(256) with the polynomial 0x11d. */
function correct(block: readonly number[], count: number): readonly number[] {
  let generator = [1];
  for (let root = 1, i = 0; i < count; i++, root = multiply(root, 2)) {
    generator = [...generator, 0].map((_, at) => (generator[at] ?? 0) ^ multiply(generator[at - 1] ?? 0, root));
  }
  const rest = [...block, ...Array<number>(count).fill(0)];
  for (let i = 0; i < block.length; i++) {
    const factor = rest[i]!;
    generator.forEach((coefficient, at) => (rest[i + at] = rest[i + at]! ^ multiply(coefficient, factor)));
  }
  return rest.slice(block.length);
}

function multiply(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ (product & 0x80 ? 0x11d : 0);
    if ((b >>> bit) & 1) product ^= a;
  }
  return product;
}

function drawFunctionPatterns(versionNumber: number): Grid {
  const size = 17 + 4 * versionNumber;
  const grid: Grid = Array.from({ length: size }, () => Array<boolean | null>(size).fill(null));
  for (let i = 8; i < size - 8; i++) grid[6]![i] = grid[i]![6] = i % 2 === 0;
  const positions = VERSIONS[versionNumber]!.alignment;
  for (const y of positions) for (const x of positions) drawSquares(grid, { x, y, rings: 2 });
  for (const [x, y] of [[3, 3] as const, [size - 4, 3] as const, [3, size - 4] as const]) {
    drawSquares(grid, { x, y, rings: 4 });
  }
  drawFormat(grid);
  if (versionNumber >= 7) drawVersion(grid, versionNumber);
  return grid;
}

/** An alignment pattern (two rings) keeps clear of the corners, where the finder patterns (with their border, four) are. */
function drawSquares(grid: Grid, { x, y, rings }: { x: number; y: number; rings: 2 | 4 }): void {
  const last = grid.length - 1;
  const isCorner = (a: number, b: number) => (a < 8 && b < 8) || (a > last - 8 && b < 8) || (a < 8 && b > last - 8);
  if (rings === 2 && isCorner(x, y)) return;
  for (let dy = -rings; dy <= rings; dy++) {
    for (let dx = -rings; dx <= rings; dx++) {
      const ring = Math.max(Math.abs(dx), Math.abs(dy));
      const row = grid[y + dy];
      if (row && x + dx >= 0 && x + dx <= last) row[x + dx] = rings === 2 ? ring !== 1 : ring !== 2 && ring !== 4;
    }
  }
}

/** Level L and the checkerboard mask, protected by BCH(15, 5) and written twice. */
function drawFormat(grid: Grid): void {
  const size = grid.length;
  const bits = (withRemainder(0b01_000, { generator: 0x537, length: 10 }) ^ 0x5412) >>> 0;
  const bit = (i: number) => ((bits >>> i) & 1) === 1;
  for (let i = 0; i < 15; i++) {
    const along = i < 6 ? i : i < 8 ? i + 1 : size - 15 + i;
    grid[along]![8] = bit(i);
    const across = i < 8 ? size - 1 - i : i < 9 ? 7 : 14 - i;
    grid[8]![across] = bit(i);
  }
  grid[size - 8]![8] = true;
}

/** From version 7 on, protected by BCH(18, 6) and written twice. */
function drawVersion(grid: Grid, versionNumber: number): void {
  const bits = withRemainder(versionNumber, { generator: 0x1f25, length: 12 });
  for (let i = 0; i < 18; i++) {
    const along = grid.length - 11 + (i % 3);
    const across = Math.floor(i / 3);
    grid[along]![across] = grid[across]![along] = ((bits >>> i) & 1) === 1;
  }
}

function withRemainder(value: number, { generator, length }: { generator: number; length: number }): number {
  let rest = value;
  for (let i = 0; i < length; i++) rest = (rest << 1) ^ ((rest >>> (length - 1)) & 1 ? generator : 0);
  return (value << length) | (rest & ((1 << length) - 1));
}

/** Two columns at a time from the right, up and down in turn, past the vertical timing pattern; masked on the way. */
function placeBits(grid: Grid, codewords: readonly number[]): void {
  const size = grid.length;
  let at = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    const isUpward = ((right + 1) & 2) === 0;
    for (let step = 0; step < size; step++) {
      const y = isUpward ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (grid[y]![x] !== null) continue;
        const bit = ((codewords[at >>> 3] ?? 0) >>> (7 - (at & 7))) & 1;
        grid[y]![x] = (bit === 1) !== ((x + y) % 2 === 0);
        at++;
      }
    }
  }
}
