'use client';
import { Amount } from '@/components/live/amount';
import { useLive } from '@/components/live/live-provider';
import { sideBetKey } from '@/components/live/reduce-live';
import { Tape, TapeEntry, TapePlayer } from '@/components/live/tape';
import { isClaiming } from '@/lib/decision/verdict';
import type { TapeSideBet } from '@/lib/protocol/push';

export function SideBetsTape() {
  const sideBets = useLive((state) => state.sideBets);
  const isTrusted = useLive((state) => isClaiming(state.health));
  return (
    <Tape label="Latest side bets" entries={sideBets} isTrusted={isTrusted} nothingYet="No side bets seen yet.">
      {(bet) => <SideBet key={sideBetKey(bet)} bet={bet} />}
    </Tape>
  );
}

function SideBet({ bet }: { bet: TapeSideBet }) {
  return (
    <TapeEntry testId="tape-sidebet" className="grid-cols-[auto_auto_minmax(0,1fr)]">
      <Amount sol={bet.sol} isPractice={bet.practice} />
      <span className="text-ink-soft">
        <span className="text-ink-faint">ticks</span> {bet.startTick + 1}–{bet.endTick}
      </span>
      <TapePlayer>{bet.player}</TapePlayer>
    </TapeEntry>
  );
}
