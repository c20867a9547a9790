// @vitest-environment happy-dom
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { aSteadyAssessment, anEvidence } from '@/components/advice/test-kit/advice-fixtures';
import { EvidencePanel } from '@/components/evidence/evidence-panel';
import { LiveStoreProvider } from '@/components/live/live-provider';
import type { LiveAction } from '@/components/live/live-state';
import { createLiveStore } from '@/components/live/live-store';
import { aStatus, NOW_MS, opening } from '@/components/live/test-kit/live-fixtures';
import { HintProvider } from '@/components/ui/hint';
import type { AdjustmentView } from '@/lib/decision/evidence';

afterEach(cleanup);

function renderEvidence(...actions: LiveAction[]) {
  const store = createLiveStore({ nextFrame: (run) => run() });
  const dispatch = (...more: LiveAction[]) => act(() => more.forEach((action) => store.dispatch(action)));
  render(
    <HintProvider>
      <LiveStoreProvider store={store}>
        <EvidencePanel />
      </LiveStoreProvider>
    </HintProvider>,
  );
  dispatch(...actions);
  return { dispatch };
}

const text = (testId: string) => screen.getByTestId(testId).textContent?.replace(/\s+/g, ' ').trim() ?? '';
const meter = () => screen.getByRole('meter', { name: 'Evidence of an edge' });
const claim = (change: Partial<AdjustmentView> = {}): AdjustmentView => ({
  points: 0,
  claimedPoints: 0.41,
  gainNatsPerGame: 0.0012,
  eValue: 1.7,
  applied: false,
  ...change,
});
const SUPPORTED = claim({ points: 0.41, applied: true, eValue: 240 });
const ADJUSTMENTS = { timing: claim(), market: claim({ claimedPoints: -1.25 }), volatility: SUPPORTED };
const HERE = { lower: 0.12, upper: 0.24, level: 0.99 };

describe('the evidence of an edge', () => {
  it('says that there is none, after how many games, and what a bet may win', () => {
    renderEvidence(...opening({ evidence: anEvidence() }));
    expect(text('evidence-panel')).toContain('No evidence of an edge after 653 games.');
    expect(text('evidence-panel')).toContain('A bet wins, 99 % sure16.9–19.4 %, needs 20.0 %');
    expect(text('evidence-value')).toBe('0.4');
    expect(text('evidence-games')).toBe('653 games');
    expect(meter().getAttribute('aria-valuetext')).toBe('0.4 of the 100 needed');
    expect(meter().dataset.zone).toBe('none');
  });

  it('says how much of what is needed there is, and of what', () => {
    const ranges = [{ from: 201, to: null, eValue: 14 }];
    renderEvidence(
      ...opening({ evidence: anEvidence({ eValue: 12.4, ranges, drift: { eValue: 30, direction: 'shorter' } }) }),
    );
    expect(text('evidence-panel')).toContain('Some evidence: 12 of the 100 needed, after 653 games.');
    expect(text('evidence-panel')).toContain('some from tick 201 on: 14 of 100');
    expect(text('evidence-panel')).toContain('perhaps sooner than the rules say: 30 of 100');
    expect(screen.getByTestId('evidence-panel').dataset.level).toBe('some');
    expect(meter().dataset.zone).toBe('none');
  });

  it('says that there is an edge only from what is needed on, and only then takes its colour', () => {
    const { dispatch } = renderEvidence(...opening({ evidence: anEvidence({ eValue: 99.9 }) }));
    expect(screen.getByTestId('evidence-panel').dataset.level).toBe('some');
    dispatch({
      type: 'game',
      push: { type: 'evidence', evidence: anEvidence({ eValue: 130, games: 654 }) },
      atMs: NOW_MS,
    });
    expect(text('evidence-panel')).toContain('An edge: evidence of 130, where 100 is needed, after 654 games.');
    expect(meter().dataset.zone).toBe('positive');
    expect(meter().getAttribute('aria-valuenow')).toBe('100');
  });

  it('tells what is not told yet from what is still loading', () => {
    const { dispatch } = renderEvidence();
    expect(text('evidence-panel')).not.toContain('No evidence is told yet.');
    expect(meter().getAttribute('aria-valuetext')).toBe('not known yet');
    dispatch(...opening());
    expect(text('evidence-panel')).toContain('No evidence is told yet.');
    expect(text('adjustment-timing')).toMatch(/^Timing—/);
  });
});

describe('the adjustments', () => {
  const assessment = aSteadyAssessment({ adjustments: ADJUSTMENTS, evidence: HERE });

  it('shows each claim, and that an unsupported one counts zero', () => {
    renderEvidence(...opening({ evidence: anEvidence(), assessment }));
    expect(text('adjustment-timing')).toBe('Timingclaims +0.4 pointsnot supported by the data: counts zero');
    expect(text('adjustment-market')).toContain('claims −1.3 points');
    expect(text('adjustment-volatility')).toBe('Volatilityclaims +0.4 pointssupported: counts +0.4 points');
    expect(screen.getByTestId('adjustment-volatility').dataset.applied).toBe('true');
  });

  it('withdraws what it says of this tick on a silent feed, and keeps what finished games say', () => {
    const { dispatch } = renderEvidence(...opening({ evidence: anEvidence(), assessment }));
    expect(text('evidence-panel')).toContain('12.0–24.0 %');
    dispatch({ type: 'status', push: aStatus({ status: 'stale', ageMs: 7_200 }), atMs: NOW_MS + 7_200 });
    expect(text('evidence-panel')).not.toContain('12.0–24.0 %');
    for (const id of ['timing', 'market', 'volatility']) expect(text(`adjustment-${id}`)).not.toMatch(/\d/);
    expect(text('evidence-games')).toBe('653 games');
  });
});
