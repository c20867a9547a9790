'use client';
// What stands below the verdict loads after it, as one chunk; its place is kept, so that nothing moves when it comes.
import dynamic from 'next/dynamic';
import { Card } from '@/components/ui/card';

type Part = { className?: string };

export const AdvicePanel = dynamic<Part>(
  () => import('@/components/advice/advice-panel').then((module) => module.AdvicePanel),
  { ssr: false, loading: () => <Placeholder title="Your advice" /> },
);
export const EvidencePanel = dynamic<Part>(
  () => import('@/components/evidence/evidence-panel').then((module) => module.EvidencePanel),
  { ssr: false, loading: () => <Placeholder title="Is there an edge?" /> },
);
export const InsurancePanel = dynamic<Part>(
  () => import('@/components/advice/insurance-panel').then((module) => module.InsurancePanel),
  { ssr: false, loading: () => <Placeholder title="Insure a position" /> },
);

function Placeholder({ title }: { title: string }) {
  return <Card title={title} className="h-full" />;
}
