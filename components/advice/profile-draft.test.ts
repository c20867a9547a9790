import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeBankroll, parseDraft, toDraft, type ProfileDraft } from '@/components/advice/profile-draft';
import { defaultProfile } from '@/components/advice/profile-store';
import { createProfile } from '@/lib/risk/profile';
import { lamports } from '@/lib/units/lamports';

const PROFILE = defaultProfile();
const read = (change: Partial<ProfileDraft>) => parseDraft({ ...toDraft(PROFILE), ...change }, PROFILE);
const errorsOf = (change: Partial<ProfileDraft>) => {
  const result = read(change);
  return result.ok ? {} : result.error;
};

describe('the profile’s form', () => {
  it('reads back any profile it shows', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 10n, max: 10n ** 15n }),
        fc.integer({ min: 0, max: 60_000 }),
        (bankroll, latencyMs) => {
          const profile = createProfile(lamports(bankroll), latencyMs);
          expect(parseDraft(toDraft(profile), profile)).toEqual({ ok: true, value: profile });
        },
      ),
    );
  });

  it('names every field that cannot be read, in words', () => {
    expect(
      errorsOf({ bankroll: 'much', perGameLoss: '-1', perSessionLoss: '0', maxStakePercent: '0', latencyMs: '' }),
    ).toEqual({
      bankroll: 'Write an amount in SOL, such as 0.25.',
      perGameLoss: 'An amount cannot be negative.',
      perSessionLoss: 'Write an amount above 0 SOL.',
      maxStakePercent: 'This must be above 0 and up to 100 %.',
      latencyMs: 'Write a number from 0 to 60000 ms.',
    });
    expect(errorsOf({ bankroll: '0.0000000001' })).toEqual({ bankroll: 'SOL has nine decimals at most.' });
    expect(errorsOf({ bankroll: '9999999999' })).toEqual({ bankroll: 'That is more SOL than there is.' });
    expect(errorsOf({ maxStakePercent: '100.5' })).toEqual({
      maxStakePercent: 'This must be above 0 and up to 100 %.',
    });
    expect(errorsOf({ latencyMs: '1e3' })).toEqual({ latencyMs: 'Write a number from 0 to 60000 ms.' });
  });

  it('tells limits that contradict each other', () => {
    expect(errorsOf({ perGameLoss: '0.3', perSessionLoss: '0.2' })).toEqual({
      perGameLoss: 'The loss allowed in one game is above the loss allowed in the whole session.',
    });
  });

  it('never throws, whatever is typed', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[-.\d]{0,14}$/));
    fc.assert(
      fc.property(text, text, text, text, text, (bankroll, perGameLoss, perSessionLoss, maxStakePercent, latencyMs) => {
        const result = read({ bankroll, perGameLoss, perSessionLoss, maxStakePercent, latencyMs });
        if (!result.ok) expect(Object.values(result.error).every((message) => message.length > 0)).toBe(true);
      }),
    );
  });

  it('takes default loss limits along with the bankroll, and leaves chosen ones alone', () => {
    const draft = changeBankroll(toDraft(PROFILE), '4');
    expect(draft).toMatchObject({ bankroll: '4', perGameLoss: '0.4', perSessionLoss: '0.8' });
    expect(changeBankroll({ ...draft, perGameLoss: '0.05' }, '40')).toMatchObject({
      perGameLoss: '0.05',
      perSessionLoss: '8',
    });
    const emptied = changeBankroll(draft, '');
    expect(emptied).toMatchObject({ bankroll: '', perGameLoss: '0.4' });
    expect(changeBankroll(emptied, '2')).toMatchObject({ perGameLoss: '0.2', perSessionLoss: '0.4' });
  });
});
