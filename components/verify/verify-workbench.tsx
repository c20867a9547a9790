'use client';
// The Verify page: a form and recent games on one side, the outcome on the other. `?game=ID` loads that game's seed and
// recorded path; the check itself runs here, from the seed, with the generator's own code.
import { useSearchParams } from 'next/navigation';
import { useMemo, useState, type ReactNode } from 'react';
import { Fetched } from '@/components/data/fetched';
import { mapState, type FetchState } from '@/components/data/fetch-state';
import { useApi } from '@/components/data/use-api';
import { CheckReport } from '@/components/verify/check-report';
import { checkRound, type RoundCheck } from '@/components/verify/check-round';
import { GamePicker } from '@/components/verify/game-picker';
import { HowItWorks } from '@/components/verify/how-it-works';
import { EMPTY_DRAFT, type RoundDraft } from '@/components/verify/round-draft';
import { gameAnswerSchema, toRound, type VerifiableGame } from '@/components/verify/verifiable-game';
import { VerifyForm } from '@/components/verify/verify-form';
import { Card } from '@/components/ui/card';
import { isGeneratorVersion } from '@/lib/game/provably-fair';
import { isGameId } from '@/lib/units/game-id';

export function VerifyWorkbench() {
  const asked = useSearchParams().get('game');
  return <AskedGame key={asked} asked={asked} />;
}

/** Stands in its place until the browser has read the address. */
export function WorkbenchPlace() {
  return (
    <>
      <Card title="Seed and game" className="min-h-96 lg:col-span-5 xl:col-span-4" />
      <Card title="Outcome" className="lg:col-span-7 xl:col-span-8" />
    </>
  );
}

function AskedGame({ asked }: { asked: string | null }) {
  const isId = asked !== null && isGameId(asked);
  const answer = useApi(isId ? `/api/games/${asked}` : null, gameAnswerSchema);
  const state = mapState(answer, ({ game, prices }) => ({ ...game, prices }));
  const game = state.kind === 'ready' ? state.data : null;
  return <Bench key={game ? 'loaded' : 'empty'} asked={asked} game={game} state={isId ? state : null} />;
}

/** `state` is null when no game was asked for, or none that could exist. */
function Bench({
  asked,
  game,
  state,
}: {
  asked: string | null;
  game: VerifiableGame | null;
  state: FetchState<VerifiableGame> | null;
}) {
  const chosen = useMemo(() => (game ? checkGame(game) : null), [game]);
  const [submitted, setSubmitted] = useState<RoundCheck | 'edited' | null>(null);
  const check = submitted === null ? (chosen?.check ?? null) : submitted === 'edited' ? null : submitted;
  return (
    <>
      <Card title="Seed and game" className="lg:col-span-5 xl:col-span-4">
        <VerifyForm
          initial={game ? toDraft(game) : EMPTY_DRAFT}
          recordedOf={(gameId) => (game?.gameId === gameId ? { prices: game.prices, peak: game.peak } : null)}
          onCheck={(round) => setSubmitted(checkRound(round))}
          onEdit={() => setSubmitted('edited')}
        />
      </Card>
      <div className="ruled grid-cols-1 grid-rows-[1fr_auto] lg:col-span-7 lg:row-span-2 xl:col-span-8">
        {check ? (
          <CheckReport check={check} />
        ) : (
          <Card title="Outcome">
            {submitted === 'edited' ? (
              <Words>The outcome of what stands in the form appears here once it has been verified.</Words>
            ) : (
              <Waiting asked={asked} state={state} obstacle={chosen?.obstacle ?? null} />
            )}
          </Card>
        )}
        <HowItWorks />
      </div>
      <Card title="Or pick a recent game" className="lg:col-span-5 lg:row-start-2 xl:col-span-4">
        <GamePicker chosen={asked} />
      </Card>
    </>
  );
}

function Waiting({
  asked,
  state,
  obstacle,
}: {
  asked: string | null;
  state: FetchState<VerifiableGame> | null;
  obstacle: string | null;
}) {
  if (asked === null) {
    return (
      <Words>
        Paste a server seed and a game id, or pick a game. The game is then played again on this device, from its seed,
        and held against what was shown and recorded.
      </Words>
    );
  }
  if (!state) {
    return <Words>{`“${asked.slice(0, 60)}” is no game id. One looks like 20251207-1e01ac417e8043ca.`}</Words>;
  }
  return <Fetched state={state}>{() => <Words testId="cannot-verify">{obstacle}</Words>}</Fetched>;
}

function Words({ children, testId }: { children: ReactNode; testId?: string }) {
  return (
    <p className="max-w-prose text-lead text-ink-soft" data-testid={testId}>
      {children}
    </p>
  );
}

function checkGame(game: VerifiableGame): { check: RoundCheck | null; obstacle: string | null } {
  const round = toRound(game);
  return round.ok ? { check: checkRound(round.value), obstacle: null } : { check: null, obstacle: round.error };
}

function toDraft({ serverSeed, gameId, serverSeedHash, version }: VerifiableGame): RoundDraft {
  return {
    serverSeed: serverSeed ?? '',
    gameId,
    serverSeedHash: serverSeedHash ?? '',
    version: version !== null && isGeneratorVersion(version) ? version : 'v3',
  };
}
