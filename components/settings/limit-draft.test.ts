import { describe, expect, it } from 'vitest';
import { computeLimitChanges, foretellChange, toLimitDraft } from '@/components/settings/limit-draft';
import { describePause, COOLING_OFFS, EXCLUSIONS } from '@/components/settings/pauses';
import { defaultSafety } from '@/lib/account/default-account';
import { changeSafety } from '@/lib/safety/change-safety';
import { safetyToJson } from '@/lib/safety/safety-json';
import { epochMs } from '@/lib/units/time';

const NOW = epochMs(Date.UTC(2026, 0, 1, 2));
const SAFETY = safetyToJson(defaultSafety(NOW));
const DRAFT = toLimitDraft(SAFETY);

describe('editing the limits', () => {
  it('sends nothing that was not touched', () => {
    expect(computeLimitChanges(SAFETY, DRAFT)).toEqual({ errors: {}, changed: [], body: { limits: {} } });
    const awkward = { ...SAFETY, limits: { ...SAFETY.limits, maxStakeFraction: 0.123456789012345 } };
    expect(computeLimitChanges(awkward, toLimitDraft(awkward)).changed).toEqual([]);
  });

  it('sends what differs, in the form of the wire', () => {
    const draft = {
      ...DRAFT,
      perDayLossLamports: '1.5',
      maxStakeFraction: '2',
      coolingOffMs: '60',
      highRiskLamports: '0.1',
    };
    expect(computeLimitChanges(SAFETY, draft)).toEqual({
      errors: {},
      changed: ['perDayLossLamports', 'maxStakeFraction', 'coolingOffMs', 'highRiskLamports'],
      body: {
        limits: { perDayLossLamports: '1500000000', maxStakeFraction: 0.02, coolingOffMs: 60_000 },
        highRiskLamports: '100000000',
      },
    });
  });

  it('does not count another way to write the same number', () => {
    expect(computeLimitChanges(SAFETY, { ...DRAFT, perDayLossLamports: '3.0' }).changed).toEqual([]);
  });

  it('names the fields that hold no number', () => {
    const { errors } = computeLimitChanges(SAFETY, { ...DRAFT, perDayLossLamports: 'all', highRiskLamports: '-1' });
    expect(Object.keys(errors)).toEqual(['perDayLossLamports', 'highRiskLamports']);
  });

  it('says before saving what acts at once and what waits', () => {
    const told = (text: string) => foretellChange(SAFETY, { ...DRAFT, perDayLossLamports: text }, 'perDayLossLamports');
    expect(told('3')).toBeNull();
    expect(told('two')).toBeNull();
    expect(told('2')).toBe('Lower than 3 SOL: acts at once.');
    expect(told('4')).toBe('Waits 24 hours; until then 3 SOL.');
    const pause = foretellChange(SAFETY, { ...DRAFT, coolingOffMs: '45' }, 'coolingOffMs');
    expect(pause).toBe('Higher than 30 s: acts at once.');
  });
});

describe('the pauses on offer', () => {
  it('are all taken by the server’s law', () => {
    for (const { kind, durationMs } of [...COOLING_OFFS, ...EXCLUSIONS]) {
      const wish = kind === 'exclusion' ? { type: kind, durationMs } : { type: kind, durationMs: durationMs! };
      expect(changeSafety(defaultSafety(NOW), wish, { now: NOW, bettingSince: null }).ok).toBe(true);
    }
  });

  it('say until when, and that nothing ends them sooner', () => {
    const { title, sentences } = describePause(COOLING_OFFS[0]!, NOW);
    expect(title).toBe('Pause for 1 hour?');
    expect(sentences[0]).toBe('No bet can be placed with this account until 1 January 2026, 03:00 UTC.');
    const forGood = describePause(EXCLUSIONS.at(-1)!, NOW);
    expect(forGood.sentences[0]).toBe('No bet can be placed with this wallet ever again.');
    for (const one of [sentences, forGood.sentences]) expect(one.join(' ')).toContain('cannot be shortened or undone');
  });
});
