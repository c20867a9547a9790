'use client';
// What the crowd did in the game: its side bets and its trades, in SOL; practice money is told apart and never added.
import { useState } from 'react';
import type { ChartColumn } from '@/components/charts/chart-data';
import { ChartExport } from '@/components/charts/chart-export';
import { ChartTable } from '@/components/charts/chart-table';
import { sol, solSigned } from '@/components/games/sol';
import { Card } from '@/components/ui/card';
import { Segmented } from '@/components/ui/segmented';
import type { GameDetail, GameSideBet, GameTrade } from '@/lib/protocol/games-api';
import { formatMultiple, formatPercent, formatPrice } from '@/lib/units/format';

export function CrowdPanel({ detail, className }: { detail: GameDetail; className?: string }) {
  const [view, setView] = useState<'sideBets' | 'trades'>('sideBets');
  const { sideBets, trades, game, omitted } = detail;
  const title = view === 'sideBets' ? 'Side bets of the crowd' : 'Trades of the crowd';
  return (
    <Card
      title={title}
      className={className}
      data-testid="crowd"
      aside={<Segmented label="Show of the crowd" value={view} options={VIEWS} onChange={setView} />}
    >
      {view === 'sideBets' ? (
        <Rows title={title} name="side-bets" game={game} columns={BETS} rows={sideBets} omitted={omitted.sideBets}>
          {readBets(sideBets)}
        </Rows>
      ) : (
        <Rows title={title} name="trades" game={game} columns={TRADES} rows={trades} omitted={omitted.trades}>
          {readTrades(trades)}
        </Rows>
      )}
    </Card>
  );
}

const VIEWS = [
  { value: 'sideBets', text: 'Side bets' },
  { value: 'trades', text: 'Trades' },
] as const;

function Rows<Row>({
  title,
  name,
  game,
  columns,
  rows,
  omitted,
  children,
}: {
  title: string;
  name: string;
  game: { gameId: string };
  columns: readonly ChartColumn<Row>[];
  rows: readonly Row[];
  omitted: number;
  children: string;
}) {
  if (rows.length === 0) return <p className="text-ink-faint">{children}</p>;
  return (
    <>
      <p className="max-w-prose text-ink-soft">{children}</p>
      <ChartTable caption={title} columns={columns} rows={rows} />
      {omitted > 0 && <p className="text-caption text-ink-faint">{omitted} more are on record and not shown here.</p>}
      <ChartExport columns={columns} rows={rows} fileName={`fortytick-${name}-${game.gameId}`} subject={title} />
    </>
  );
}

const MONEY = (row: { practice: boolean }) => (row.practice ? 'practice' : 'SOL');
const amount = (lamports: string, practice: boolean) =>
  practice ? sol(lamports).replace('SOL', 'practice') : sol(lamports);

const BETS: readonly ChartColumn<GameSideBet>[] = [
  { key: 'startTick', label: 'From tick', value: (row) => row.startTick },
  { key: 'endTick', label: 'to', value: (row) => row.endTick },
  { key: 'player', label: 'Player', value: (row) => row.player },
  {
    key: 'stakeLamports',
    label: 'Stake',
    value: (row) => row.stakeLamports,
    text: (row) => amount(row.stakeLamports, row.practice),
  },
  { key: 'money', label: 'Money', value: MONEY },
  { key: 'payout', label: 'Pays', value: (row) => row.payout, text: (row) => formatMultiple(row.payout) },
  { key: 'outcome', label: 'Outcome', value: (row) => row.outcome },
  {
    key: 'payoutLamports',
    label: 'Paid',
    value: (row) => row.payoutLamports,
    text: (row) => amount(row.payoutLamports!, row.practice),
  },
];

const KINDS = { buy: 'buy', sell: 'sell', short_open: 'short', short_close: 'cover' } as const;

const TRADES: readonly ChartColumn<GameTrade>[] = [
  { key: 'tick', label: 'Tick', value: (row) => row.tick },
  { key: 'kind', label: 'Trade', value: (row) => row.kind, text: (row) => KINDS[row.kind] },
  { key: 'player', label: 'Player', value: (row) => row.player },
  {
    key: 'amountLamports',
    label: 'Amount',
    value: (row) => row.amountLamports,
    text: (row) => amount(row.amountLamports, row.practice),
  },
  { key: 'money', label: 'Money', value: MONEY },
  { key: 'price', label: 'Price', value: (row) => row.price, text: (row) => formatPrice(row.price) },
  { key: 'receivedAt', label: 'Seen (UTC)', value: (row) => new Date(row.receivedAt).toISOString() },
];

function readBets(bets: readonly GameSideBet[]): string {
  if (bets.length === 0) return 'No side bet of this game is on record.';
  const real = bets.filter(({ practice, outcome }) => !practice && outcome !== null);
  if (real.length === 0) return `${bets.length} side bets; none in SOL is settled.`;
  const won = real.filter(({ outcome }) => outcome === 'won').length;
  const net = real.reduce((sum, bet) => sum + BigInt(bet.payoutLamports!) - BigInt(bet.stakeLamports), 0n);
  return `${real.length} settled bets in SOL: ${won} won (${formatPercent(won / real.length)}), the crowd’s result ${solSigned(String(net))}. Bets of one game win and lose together, so the share says little.`;
}

function readTrades(trades: readonly GameTrade[]): string {
  if (trades.length === 0) return 'No trade of this game is on record.';
  const volume = trades.reduce(
    (sum, { practice, amountLamports }) => (practice ? sum : sum + BigInt(amountLamports)),
    0n,
  );
  return `${trades.length} trades seen, ${sol(String(volume))} in all.`;
}
