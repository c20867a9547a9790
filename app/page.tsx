import { Dashboard } from '@/components/live/dashboard';

export default function DashboardPage() {
  return <Dashboard />;
}
