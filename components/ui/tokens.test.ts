// The contrast that app/tokens.css promises, measured: WCAG 2 AA for text, on every surface it may stand on.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const CSS = readFileSync(new URL('../../app/tokens.css', import.meta.url), 'utf8');
const SURFACES = ['ground', 'surface', 'raised'];
const NOT_TEXT = [...SURFACES, 'line', 'line-strong'];
const AA_TEXT = 4.5;

describe.each([
  ['dark', ':root {'],
  ['light', '.light {'],
])('%s theme', (theme, opening) => {
  const tokens = readTokens(opening);
  const texts = Object.keys(tokens).filter((name) => !NOT_TEXT.includes(name));

  it('has a value for every token of the other theme', () => {
    expect(Object.keys(tokens).sort()).toEqual(Object.keys(readTokens(':root {')).sort());
    expect(texts.length).toBeGreaterThan(10);
  });

  it('reads at 4.5:1 or better wherever a text colour may stand', () => {
    const poor = texts.flatMap((text) =>
      SURFACES.map((surface) => ({ text, surface, ratio: contrast(tokens[text]!, tokens[surface]!) })).filter(
        ({ ratio }) => ratio < AA_TEXT,
      ),
    );
    expect(poor, theme).toEqual([]);
  });

  it('tells the zones apart without red and green: their blue-yellow balance rises from deep-negative to positive', () => {
    const balance = ['deep-negative', 'negative', 'break-even', 'positive'].map((zone) => {
      const [red, green, blue] = channels(tokens[`zone-${zone}`]!);
      return blue! - (red! + green!) / 2;
    });
    expect(balance[3]).toBeGreaterThan(Math.max(...balance.slice(0, 3)) + 0.2);
    expect(balance[2]).toBeGreaterThan(balance[1]! + 0.1);
  });
});

function readTokens(opening: string): Record<string, string> {
  const start = CSS.indexOf(opening);
  const block = CSS.slice(start, CSS.indexOf('}', start));
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, hex]) => [name!, hex!]),
  );
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light! + 0.05) / (dark! + 0.05);
}

function luminance(hex: string): number {
  const [red, green, blue] = channels(hex).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function channels(hex: string): number[] {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
}
