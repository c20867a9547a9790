'use client';
import { AdvicePanel, EvidencePanel, InsurancePanel } from '@/components/advice/below-the-fold';

/** Three cells of the dashboard's grid: what to do, on what evidence, and what a held position asks for. */
export function AdviceRow() {
  return (
    <>
      <div className="grid min-h-96 min-w-0 lg:col-span-full xl:col-span-10">
        <AdvicePanel />
      </div>
      <div className="grid min-h-96 min-w-0 lg:col-span-6 xl:col-span-8">
        <EvidencePanel />
      </div>
      <div className="grid min-h-80 min-w-0 lg:col-span-6 xl:col-span-6">
        <InsurancePanel />
      </div>
    </>
  );
}
