import { AdviceProvider } from '@/components/advice/advice-provider';
import { AdviceRow } from '@/components/advice/advice-row';
import { Ticket } from '@/components/bet/ticket';
import { RecentGames } from '@/components/games/recent-games';
import { LiveStrip } from '@/components/live/live-strip';
import { PriceChart } from '@/components/live/price-chart';
import { Tapes } from '@/components/live/tapes';
import { VerdictPanel } from '@/components/live/verdict-panel';
import { TimingCard } from '@/components/status/timing-card';

/** The one page of the running game. On a phone it reads top down: what is happening, what to do, why; then the rest.
 * The ticket stands beside the verdict, and on a phone at the thumb. */
export function Dashboard() {
  return (
    <AdviceProvider>
      <div className="ruled grow grid-cols-1 overflow-clip border-y border-line sm:rounded-panel sm:border lg:grid-cols-12 lg:grid-rows-[auto_minmax(30rem,1fr)_auto] xl:grid-cols-24">
        <LiveStrip className="lg:col-span-full" />
        <VerdictPanel className="lg:col-span-6 xl:col-span-9" />
        <PriceChart className="lg:col-span-6 xl:col-span-9" />
        <Ticket className="lg:col-span-full xl:col-span-6" />
        <AdviceRow />
        <RecentGames className="lg:col-span-6 xl:col-span-8" />
        <Tapes className="lg:col-span-6 xl:col-span-11" />
        <TimingCard className="lg:col-span-full xl:col-span-5" />
      </div>
    </AdviceProvider>
  );
}
