import type { Metadata } from 'next';
import { DataProvider } from '@/components/data/data-provider';
import { DataQualityPage } from '@/components/data-quality/data-quality-page';

export const metadata: Metadata = {
  title: 'Data',
  description: 'Whether the record is whole, right, fresh and plausible: every check, its limit and what was found.',
};

export default function Data() {
  return (
    <DataProvider>
      <DataQualityPage />
    </DataProvider>
  );
}
