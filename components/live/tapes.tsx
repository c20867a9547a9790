'use client';
// Other players' trades and side bets as they come: side by side where there is room, one behind the other on a phone.
import type { ReactNode } from 'react';
import { SideBetsTape } from '@/components/live/side-bets-tape';
import { TradesTape } from '@/components/live/trades-tape';
import { cn } from '@/components/ui/cn';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';

const TAPES: readonly { id: string; title: string; content: ReactNode }[] = [
  { id: 'sidebets', title: 'Side bets', content: <SideBetsTape /> },
  { id: 'trades', title: 'Trades', content: <TradesTape /> },
];

export function Tapes({ className }: { className?: string }) {
  return (
    <Tabs defaultValue="sidebets" className={cn('flex min-w-0 flex-col bg-surface', className)}>
      <TabsList aria-label="Tapes" className="px-1 sm:grid sm:grid-cols-2 sm:gap-px sm:border-0 sm:bg-line sm:px-0">
        {TAPES.map(({ id, title }) => (
          <TabsTrigger
            key={id}
            value={id}
            className="sm:m-0 sm:cursor-default sm:border-0 sm:bg-surface sm:px-5 sm:pt-[1.375rem] sm:pb-2 sm:text-left sm:text-ink"
          >
            {title}
          </TabsTrigger>
        ))}
      </TabsList>
      <div className="grid grow grid-cols-1 gap-px bg-line sm:grid-cols-2">
        {TAPES.map(({ id, content }) => (
          <TabsContent
            key={id}
            value={id}
            forceMount
            className="relative min-h-72 min-w-0 bg-surface max-sm:data-[state=inactive]:hidden"
          >
            {content}
          </TabsContent>
        ))}
      </div>
    </Tabs>
  );
}
