'use client';
import { ArrowDown, ArrowUp, type LucideIcon } from 'lucide-react';
import { Amount } from '@/components/live/amount';
import { useLive } from '@/components/live/live-provider';
import { Tape, TapeEntry, TapePlayer } from '@/components/live/tape';
import { isClaiming } from '@/lib/decision/verdict';
import type { TapeTrade } from '@/lib/protocol/push';
import { formatPrice } from '@/lib/units/format';

const TRADES: Record<TapeTrade['type'], { Icon: LucideIcon; word: string; tone: string }> = {
  buy: { Icon: ArrowUp, word: 'buy', tone: 'text-up' },
  sell: { Icon: ArrowDown, word: 'sell', tone: 'text-down' },
  short_open: { Icon: ArrowDown, word: 'short', tone: 'text-down' },
  short_close: { Icon: ArrowUp, word: 'cover', tone: 'text-up' },
};

export function TradesTape() {
  const trades = useLive((state) => state.trades);
  const isTrusted = useLive((state) => isClaiming(state.health));
  return (
    <Tape label="Latest trades" entries={trades} isTrusted={isTrusted} nothingYet="No trades seen yet.">
      {(trade) => <Trade key={trade.id} trade={trade} />}
    </Tape>
  );
}

function Trade({ trade }: { trade: TapeTrade }) {
  const { Icon, word, tone } = TRADES[trade.type];
  return (
    <TapeEntry
      testId="tape-trade"
      className="grid-cols-[3.25rem_minmax(0,1fr)_auto_2rem] @xs:grid-cols-[3.25rem_auto_auto_minmax(0,1fr)_2rem]"
    >
      <span className={`flex items-center gap-1 ${tone}`}>
        <Icon aria-hidden className="size-3.5" />
        {word}
      </span>
      <Amount sol={trade.sol} isPractice={trade.practice} />
      <span className="text-ink-soft">
        <span className="sr-only">at </span>
        {formatPrice(trade.price)}
      </span>
      <TapePlayer>{trade.player}</TapePlayer>
      <span className="text-right text-caption text-ink-faint">
        <span className="sr-only">tick </span>
        {trade.tick}
      </span>
    </TapeEntry>
  );
}
