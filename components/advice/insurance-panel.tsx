'use client';
// The insurance calculator: what a stake on a rug is worth to a player who holds a position. It answers for this tick's
// assessment and the player's bankroll, and says when selling is the better insurance.
import { useState } from 'react';
import { useAdvice, useAdvisor } from '@/components/advice/advice-provider';
import { answerInsurance, type InsuranceAnswer } from '@/components/advice/answer-insurance';
import { parseAmount } from '@/components/advice/profile-draft';
import { TextField } from '@/components/advice/text-field';
import { useLive } from '@/components/live/live-provider';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { Figures } from '@/components/ui/figures';
import { Unknown } from '@/components/ui/stat';
import { isClaiming } from '@/lib/decision/verdict';
import { epochMs } from '@/lib/units/time';
import type { Lamports } from '@/lib/units/lamports';

export function InsurancePanel({ className }: { className?: string }) {
  const [text, setText] = useState('');
  const isTrusted = useLive((state) => isClaiming(state.health));
  const position = text.trim() === '' ? null : parseAmount(text);
  return (
    <Card title="Insure a position" className={cn(!isTrusted && 'hatched', className)}>
      <form
        data-testid="insurance-form"
        aria-label="Insure a position"
        noValidate
        onSubmit={(event) => event.preventDefault()}
        className="flex flex-col gap-3"
      >
        <TextField
          name="position"
          label="You hold a position worth"
          unit="SOL"
          value={text}
          error={position && !position.ok ? position.error : null}
          note="A side bet pays when the game rugs, which is when the position is lost."
          onChange={setText}
        />
        {position?.ok ? <Answer positionLamports={position.value} /> : <Figure value={null} />}
      </form>
    </Card>
  );
}

function Answer({ positionLamports }: { positionLamports: Lamports }) {
  const isTrusted = useLive((state) => isClaiming(state.health));
  const assessment = useLive((state) => state.assessment);
  const profile = useAdvice((state) => state.profile);
  const conditions = useAdvice((state) => state.conditions);
  if (!isTrusted || !assessment || !profile || !conditions) {
    return (
      <>
        <Figure value={null} />
        <p className="text-ink-soft">No bet can be placed now; the answer comes with the next tick.</p>
      </>
    );
  }
  // The stake's ceiling asks no clock: the rules that do refuse whatever the stake.
  const answer = answerInsurance({ assessment, profile, conditions, positionLamports, now: epochMs(0) });
  if (!answer.ok) return <p role="alert">{answer.error.message}</p>;
  return (
    <>
      <Figure value={answer.value} />
      <p className="text-ink">
        <Figures>{answer.value.sentence}</Figures>
      </p>
      <dl>
        {answer.value.rows.map(({ label, value }) => (
          <div
            key={label}
            className="flex items-baseline justify-between gap-4 border-b border-line/60 py-1.5 last:border-0"
          >
            <dt className="text-ink-faint">{label}</dt>
            <dd className="text-right text-ink-soft">
              <Figures>{value}</Figures>
            </dd>
          </div>
        ))}
      </dl>
      <p data-testid="insurance-selling" className="text-caption text-ink-faint">
        <Figures>{answer.value.selling}</Figures>
      </p>
      <HoldButton positionLamports={positionLamports} />
    </>
  );
}

function Figure({ value }: { value: InsuranceAnswer | null }) {
  return (
    <p>
      <span className="block text-caption text-ink-faint">Stake on a rug now</span>
      <output
        // It may change with every tick: too often to be read out.
        aria-live="off"
        data-testid="insurance-stake"
        data-stake={value?.stakeLamports.toString()}
        className="text-figure-large font-semibold text-ink"
      >
        {value ? value.stake : <Unknown because="not known yet" />}
        {value && <span className="text-figure leading-none font-normal text-ink-soft"> SOL</span>}
      </output>
    </p>
  );
}

/** The position enters the advice only when the player says so, and leaves it with the game. */
function HoldButton({ positionLamports }: { positionLamports: Lamports }) {
  const { advisor } = useAdvisor();
  const heldLamports = useAdvice((state) => state.profile?.position?.valueLamports ?? null);
  const phase = useLive((state) => state.game?.phase);
  if (!advisor || phase !== 'active') return null;
  const isHeld = heldLamports === positionLamports;
  return (
    <Button
      aria-pressed={isHeld}
      data-testid="insurance-hold"
      className="self-start"
      onClick={() => advisor.hold(isHeld ? null : positionLamports)}
    >
      {isHeld ? 'Counted in your advice for this game' : 'Count it in my advice for this game'}
    </Button>
  );
}
