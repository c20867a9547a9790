'use client';
// One game: what happened, what was said at every tick, whether it checks out, and how the record came by it. One question
// to the server; asked again only while the game is not final.
import { useState } from 'react';
import { Fetched } from '@/components/data/fetched';
import { useApi } from '@/components/data/use-api';
import { AdviceTable } from '@/components/games/panels/advice-table';
import { ArrivalPanel } from '@/components/games/panels/arrival-panel';
import { CrowdPanel } from '@/components/games/panels/crowd-panel';
import { EventsPanel } from '@/components/games/panels/events-panel';
import { FairnessPanel } from '@/components/games/panels/fairness-panel';
import { IntegrityPanel } from '@/components/games/panels/integrity-panel';
import { PredictionsTable } from '@/components/games/panels/predictions-table';
import { GameHeading } from '@/components/games/game-heading';
import { ReplayPanel } from '@/components/games/replay/replay-panel';
import { Page } from '@/components/shell/page';
import { gameDetailSchema, type GameDetail } from '@/lib/protocol/games-api';

const REFRESH_MS = 5_000;

export function GamePage({ gameId }: { gameId: string }) {
  const [isFinal, setFinal] = useState(false);
  const path = `/api/analytics/games/${encodeURIComponent(gameId)}`;
  const state = useApi(path, gameDetailSchema, isFinal ? {} : { refreshMs: REFRESH_MS });
  const detail = state.kind === 'ready' ? state.data : null;
  if (!isFinal && detail && isDone(detail)) setFinal(true);
  return (
    <Page {...GameHeading({ gameId, detail })} className="lg:grid-cols-12">
      {state.kind === 'ready' && !state.stale ? (
        <Panels detail={state.data} />
      ) : (
        <>
          <section aria-label="Game" className="bg-surface p-4 lg:col-span-12 lg:p-5">
            <Fetched state={state}>{() => null}</Fetched>
          </section>
          {detail && <Panels detail={detail} />}
        </>
      )}
    </Page>
  );
}

function Panels({ detail }: { detail: GameDetail }) {
  const { gameId } = detail.game;
  return (
    <>
      <ReplayPanel key={gameId} detail={detail} />
      <IntegrityPanel detail={detail} className="lg:col-span-6" />
      <FairnessPanel key={`seed ${gameId}`} detail={detail} className="lg:col-span-6" />
      <PredictionsTable detail={detail} className="lg:col-span-6" />
      <AdviceTable detail={detail} className="lg:col-span-6" />
      <CrowdPanel detail={detail} className="lg:col-span-12" />
      <ArrivalPanel detail={detail} className="lg:col-span-5" />
      <EventsPanel detail={detail} className="lg:col-span-7" />
    </>
  );
}

/** Confirmed and checked: nothing about it changes unless the record itself does. */
function isDone({ game, checks }: GameDetail): boolean {
  return game.confirmedAt !== null && game.checks !== null && checks !== null;
}
