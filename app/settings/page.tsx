import type { Metadata } from 'next';
import { SettingsPage } from '@/components/settings/settings-page';

export const metadata: Metadata = {
  title: 'Settings',
  description: 'Limits, pauses and exclusion, profile, keys, sign-ins and your data.',
};

export default function Settings() {
  return <SettingsPage />;
}
