// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { AdvicePanel } from '@/components/advice/advice-panel';
import { AdvisorProvider } from '@/components/advice/advice-provider';
import { InsurancePanel } from '@/components/advice/insurance-panel';
import { PROFILE_KEY } from '@/components/advice/profile-key';
import {
  anAdvisor,
  anEdge,
  aSteadyAssessment,
  createMemoryStorage,
} from '@/components/advice/test-kit/advice-fixtures';
import { LiveStoreProvider } from '@/components/live/live-provider';
import type { LiveAction } from '@/components/live/live-state';
import { aGame, anAssessment, aStatus, NOW_MS, opening } from '@/components/live/test-kit/live-fixtures';
import { VerdictPanel } from '@/components/live/verdict-panel';
import { HintProvider } from '@/components/ui/hint';
import { createRecommender } from '@/lib/decision/recommend';
import { STRATEGIES } from '@/lib/strategy/registry';

afterEach(cleanup);

function renderAdvice(actions: readonly LiveAction[], parts: Parameters<typeof anAdvisor>[0] = {}) {
  const { live, advisor } = anAdvisor({ ...parts, actions });
  render(
    <HintProvider>
      <LiveStoreProvider store={live}>
        <AdvisorProvider advisor={advisor}>
          <VerdictPanel />
          <AdvicePanel />
          <InsurancePanel />
        </AdvisorProvider>
      </LiveStoreProvider>
    </HintProvider>,
  );
  return { advisor, dispatch: (...more: LiveAction[]) => act(() => more.forEach((action) => live.dispatch(action))) };
}

const clean = (element: Element | null | undefined) => element?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
const text = (testId: string) => clean(screen.getByTestId(testId));
const advice = () => screen.getAllByTestId('recommendation');
const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });
const FAIR = opening({ assessment: aSteadyAssessment() });
const EDGE = opening({ assessment: anEdge() });
const stale: LiveAction = { type: 'status', push: aStatus({ status: 'stale', ageMs: 7_200 }), atMs: NOW_MS + 7_200 };

describe('your advice', () => {
  it('puts not betting first under the published rules, with its reason, and stakes nothing', () => {
    renderAdvice(FAIR);
    expect(text('verdict')).toBe('Skip: wins 18.2 % of the time, needs 20.0 %');
    expect(advice()[0]?.dataset).toMatchObject({ strategy: 'do-not-bet', action: 'wait', stake: '0' });
    expect(clean(advice()[0])).toContain('You would need 20.0 % to break even; this bet wins 18.2 %.');
    expect(advice().length).toBeLessThanOrEqual(5);
    expect(advice().filter((item) => item.dataset.action === 'bet')).toEqual([]);
  });

  it('names stake, average, worst case and chances of every bet when there is an edge', () => {
    renderAdvice(EDGE);
    expect(text('verdict')).toContain('Bet: wins 26.0 %');
    const flat = advice().find((item) => item.dataset.strategy === 'flat-stake')!;
    expect(flat.dataset.stake).toBe('10000000');
    expect(clean(flat)).toContain('bet 0.01 SOL');
    expect(clean(flat)).toContain('It stakes the same every time');
    expect(clean(flat)).not.toContain('You would need');
    expect(clean(flat)).toMatch(/on average\+0.003 SOLat worst−0.01 SOLruin in 100 bets<0.1 %session limit hit4.7 %/);
    expect(advice().at(-1)?.dataset.strategy).toBe('do-not-bet');
  });

  it('tells every refusal of the risk manager with its numbers, and the hero gives the same reason', () => {
    const unsteady = { ...anEdge().timing, reliability: 0.1 };
    renderAdvice(opening({ assessment: anEdge({ timing: unsteady }) }));
    const refusals = screen.getAllByTestId('refusal');
    expect(refusals.length).toBeGreaterThan(2);
    for (const refusal of refusals) expect(clean(refusal)).toContain('reliability 0.10, you ask for 0.50');
    expect(screen.getByTestId('verdict').dataset.word).toBe('Wait');
    expect(text('verdict')).toContain('reliability 0.10, you ask for 0.50');
  });

  it('shows a strategy that failed as such and goes on with the others', () => {
    const broken = STRATEGIES.map((strategy) =>
      strategy.id !== 'zone-based'
        ? strategy
        : {
            ...strategy,
            decide() {
              throw new Error('no zone');
            },
          },
    );
    renderAdvice(FAIR, { recommender: createRecommender({ strategies: broken }) });
    expect(text('degraded')).toBe('Zone failed and is left out: no zone');
    expect(advice()[0]?.dataset.strategy).toBe('do-not-bet');
  });

  it('claims nothing on a silent feed, nor after the rug', () => {
    const { dispatch } = renderAdvice(EDGE);
    type('You hold a position worth', '0.5');
    expect(text('insurance-stake')).toBe('0.05 SOL');
    dispatch(stale);
    expect(screen.queryAllByTestId('recommendation')).toEqual([]);
    expect(screen.queryAllByTestId('refusal')).toEqual([]);
    expect(text('advice-none')).toBe('No advice: the feed has been silent for 7 s.');
    expect(text('insurance-stake')).toMatch(/^—/);
    dispatch(...opening({ game: aGame({ phase: 'rugged', tick: 9, rugTick: 9 }), assessment: null }, NOW_MS + 8_000));
    expect(text('advice-none')).toBe('No bet can be placed now: the game rugged at tick 9.');
    expect(text('insurance-stake')).toMatch(/^—/);
  });
});

describe('the profile', () => {
  const open = () => fireEvent.click(screen.getByTestId('profile-edit'));
  const save = () => fireEvent.click(screen.getByText('Save'));

  it('changes the stakes with the bankroll, and is kept', () => {
    const storage = createMemoryStorage();
    renderAdvice(EDGE, { storage });
    expect(text('stake-limit')).toContain('Default limits: stakes up to 0.05 SOL');
    open();
    type('Bankroll', '3');
    save();
    expect(screen.queryByTestId('profile-form')).toBeNull();
    expect(text('bankroll')).toBe('3 SOL');
    expect(text('stake-limit')).toBe(
      'Your limits: stakes up to 0.15 SOL, at most 0.3 SOL lost in a game and 0.6 SOL in a session.',
    );
    expect(advice().find((item) => item.dataset.strategy === 'flat-stake')?.dataset.stake).toBe('30000000');
    expect(storage.kept.get(PROFILE_KEY)).toContain('"bankrollLamports":"3000000000"');
  });

  it('says beside each field what is wrong with it, and saves nothing until it is mended', () => {
    const storage = createMemoryStorage();
    renderAdvice(FAIR, { storage });
    open();
    type('Bankroll', '-1');
    type('Largest stake', '150');
    save();
    const form = within(screen.getByTestId('profile-form'));
    expect(form.getAllByRole('alert').map(clean)).toEqual([
      'An amount cannot be negative.',
      'This must be above 0 and up to 100 %.',
    ]);
    expect(screen.getByLabelText('Bankroll').getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(screen.getByLabelText('Bankroll'));
    expect(storage.kept.size).toBe(0);
    type('Bankroll', '2');
    expect(form.getAllByRole('alert').map(clean)).toEqual(['This must be above 0 and up to 100 %.']);
    type('Largest stake', '10');
    save();
    expect(text('stake-limit')).toContain('stakes up to 0.2 SOL');
  });

  it('goes back to the defaults on request, and drops what is not saved', () => {
    const storage = createMemoryStorage();
    renderAdvice(FAIR, { storage });
    open();
    type('Bankroll', '9');
    fireEvent.click(screen.getByText('Cancel'));
    expect(text('bankroll')).toBe('1 SOL');
    open();
    type('Bankroll', '9');
    save();
    open();
    fireEvent.click(screen.getByText('Back to defaults'));
    expect(text('bankroll')).toBe('1 SOL');
    expect(storage.kept.size).toBe(0);
  });

  it('tells when this browser keeps nothing', () => {
    renderAdvice(FAIR, { storage: null });
    open();
    save();
    expect(text('profile-problem')).toContain('until the page is closed');
  });
});

describe('the insurance calculator', () => {
  it('answers for a position, and says that selling beats insuring', () => {
    renderAdvice(FAIR);
    expect(text('insurance-stake')).toMatch(/^—/);
    type('You hold a position worth', '0.5');
    expect(text('insurance-stake')).toBe('0.05 SOL');
    expect(text('insurance-form')).toContain('Costs on average0.00458 SOL');
    expect(text('insurance-selling')).toContain('Selling beats insuring');
  });

  it.each([
    ['abc', 'Write an amount in SOL, such as 0.25.'],
    ['-1', 'An amount cannot be negative.'],
    ['0', 'Write an amount above 0 SOL.'],
    ['0.0000000001', 'SOL has nine decimals at most.'],
  ])('refuses %s in words', (typed, words) => {
    renderAdvice(FAIR);
    type('You hold a position worth', typed);
    expect(within(screen.getByTestId('insurance-form')).getByRole('alert').textContent).toBe(words);
    expect(text('insurance-stake')).toMatch(/^—/);
  });

  it('counts the position in the advice only when asked, and then says Hedge everywhere', () => {
    renderAdvice(FAIR);
    type('You hold a position worth', '0.5');
    expect(screen.getByTestId('verdict').dataset.word).toBe('Skip');
    fireEvent.click(screen.getByTestId('insurance-hold'));
    expect(screen.getByTestId('verdict').dataset.word).toBe('Hedge');
    expect(advice()[0]?.dataset).toMatchObject({ strategy: 'rug-insurance', action: 'bet', stake: '50000000' });
    fireEvent.click(screen.getByTestId('insurance-hold'));
    expect(screen.getByTestId('verdict').dataset.word).toBe('Skip');
  });

  it('waits with its answer while no bet can be placed', () => {
    const presale = aGame({ phase: 'cooldown', tick: null });
    renderAdvice(opening({ game: presale, assessment: anAssessment(0) }));
    type('You hold a position worth', '0.5');
    expect(text('insurance-form')).toContain('No bet can be placed now');
  });
});
