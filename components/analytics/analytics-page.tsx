'use client';
// How good Fortytick's word was, what the crowd's bets brought, and what following a strategy would have: over the last
// day, week, month or all of the record, for real or for simulated games, never both.
import { AccuracyPanel } from '@/components/analytics/accuracy-panel';
import { AccuracyTrend } from '@/components/analytics/accuracy-trend';
import { analyticsPaths, RANGE_OPTIONS, SOURCE_OPTIONS, type Source } from '@/components/analytics/analytics-choice';
import { BiasChart } from '@/components/analytics/bias-chart';
import { CalibrationPanel } from '@/components/analytics/calibration-panel';
import { CrowdPanel } from '@/components/analytics/crowd-panel';
import { HazardChart } from '@/components/analytics/hazard-chart';
import { PatternsPanel } from '@/components/analytics/patterns-panel';
import { RangeNote } from '@/components/analytics/range-note';
import { ServicePanel } from '@/components/analytics/service-panel';
import { StrategyChart } from '@/components/analytics/strategy-chart';
import { StrategyTrend } from '@/components/analytics/strategy-trend';
import { useAnalyticsChoice } from '@/components/analytics/use-analytics-choice';
import { useApi } from '@/components/data/use-api';
import { Page } from '@/components/shell/page';
import { Segmented } from '@/components/ui/segmented';
import { calibrationSchema, patternsSchema, performanceSchema, trendsSchema } from '@/lib/protocol/analytics';

/** The rollups behind the figures are brought up to date about once a minute. */
const REFRESH = { refreshMs: 60_000 };

export function AnalyticsPage() {
  const [choice, choose] = useAnalyticsChoice();
  const paths = analyticsPaths(choice);
  const performance = useApi(paths.performance, performanceSchema, REFRESH);
  const calibration = useApi(paths.calibration, calibrationSchema, REFRESH);
  const trends = useApi(paths.trends, trendsSchema, REFRESH);
  const patterns = useApi(paths.patterns, patternsSchema, REFRESH);
  // Until the server has said whose games these are, none is marked: a mark that was guessed could not be chosen any more.
  const source = choice.source ?? (performance.kind === 'ready' ? performance.data.range.source : '');
  return (
    <Page
      title="Analytics"
      lead={<RangeNote state={performance} />}
      aside={
        <div className="flex flex-wrap gap-3">
          <Segmented<Source | ''>
            label="Games"
            value={source}
            options={SOURCE_OPTIONS}
            onChange={(next) => next && choose({ source: next })}
          />
          <Segmented
            label="Range"
            value={choice.range}
            options={RANGE_OPTIONS}
            onChange={(range) => choose({ range })}
          />
        </div>
      }
      className="lg:grid-cols-2"
    >
      <AccuracyPanel state={performance} className="lg:col-span-2" />
      <CalibrationPanel state={calibration} />
      <HazardChart state={calibration} />
      <AccuracyTrend state={trends} />
      <BiasChart state={performance} />
      <StrategyChart state={performance} />
      <StrategyTrend state={trends} />
      <CrowdPanel state={performance} trends={trends} className="lg:col-span-2" />
      <PatternsPanel state={patterns} className="lg:col-span-2" />
      <ServicePanel state={performance} className="lg:col-span-2" />
    </Page>
  );
}
