import { describe, expect, it } from 'vitest';
import { countText, intervalText, signedPercent, solText } from '@/components/analytics/describe-figures';

describe('figures in words', () => {
  it('name one game and many', () => {
    expect(countText(1, 'game')).toBe('1 game');
    expect(countText(9_999, 'game')).toBe('9999 games');
    expect(countText(1_234_567, 'game')).toBe('1\u202f234\u202f567 games');
  });

  it('give amounts in SOL without losing a loss', () => {
    expect(solText('12345678901')).toBe('12.345 SOL');
    expect(solText('-500000000')).toBe('−0.5 SOL');
    expect(solText('123456000000000', 0)).toBe('123\u202f456 SOL');
  });

  it('give intervals and signed shares', () => {
    expect(intervalText({ lower: 0.171, upper: 0.193 })).toBe('17.1 to 19.3 %');
    expect(signedPercent(-0.0916)).toBe('−9.2 %');
    expect(signedPercent(0.05)).toBe('+5.0 %');
  });
});
