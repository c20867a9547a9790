'use client';
// The reality check: time, bets and net result of the running sessions, at the interval the player set. Until it is answered
// the server places no bet. Mounted once, wherever a signed-in player may bet; opens by itself.
import { useEffect, useState } from 'react';
import { Problem, SafetyDialog } from '@/components/safety/safety-dialog';
import { accountStore } from '@/components/safety/account-store';
import { computeRealityCheck, type RealityCheck } from '@/components/safety/compute-reality-check';
import { useAccount, useAccountChange } from '@/components/safety/use-account';
import { Button } from '@/components/ui/button';
import { count, sol } from '@/lib/risk/words';
import { span, spanAfterEvery } from '@/lib/safety/words';

const LOOK_EVERY_MS = 300_000;

export function RealityCheckDialog() {
  const { view, clockOffsetMs } = useAccount();
  const { isBusy, problem, run } = useAccountChange();
  const [nowMs, setNowMs] = useState(0);
  const check = view && computeRealityCheck(view, Math.max(view.now, nowMs + clockOffsetMs));
  const hasInterval = view !== null && view.account.safety.realityCheckMs !== null;
  // A session may begin in any tab: while none is known to run, the account is looked at now and then.
  const waitMs = hasInterval ? (check?.waitMs ?? LOOK_EVERY_MS) : null;
  useEffect(() => {
    if (waitMs === null || waitMs <= 0) return;
    // What was bet meanwhile is asked for when the time has come.
    const timer = setTimeout(() => {
      void accountStore()
        .refresh()
        .then(() => setNowMs(Date.now()));
    }, waitMs);
    return () => clearTimeout(timer);
  }, [waitMs, nowMs]);
  if (!check?.isDue) return null;
  const answer = async (isStopping: boolean) => {
    if (isStopping && !(await run({ method: 'POST', path: 'stop', body: {} }))) return;
    await run({ method: 'POST', path: 'reality-check/acknowledge', body: {} });
  };
  return (
    <SafetyDialog
      isOpen
      onClose={null}
      title="A look at the clock"
      description={`You asked to be shown this every ${spanAfterEvery(check.intervalMs)}. No bet is placed until you answer; take your time.`}
      testId="reality-check"
    >
      <Result check={check} />
      <Problem text={problem} />
      <div className="flex flex-wrap gap-3">
        <Button variant="solid" disabled={isBusy} onClick={() => void answer(true)} data-testid="reality-stop">
          Stop for now
        </Button>
        <Button disabled={isBusy} onClick={() => void answer(false)} data-testid="reality-go-on">
          Go on
        </Button>
      </div>
    </SafetyDialog>
  );
}

function Result({ check }: { check: RealityCheck }) {
  return (
    <dl className="flex flex-col gap-3">
      {check.sessions.map(({ venue, name, playedMs, bets, netLamports }) => (
        <div key={venue} className="flex flex-col gap-1 border-t border-line pt-3">
          <dt className="text-caption text-ink-faint">{name}</dt>
          <dd className="text-lead font-medium">
            {`${span(playedMs)}, ${count(bets, 'bet')}, result `}
            <span className={netLamports < 0n ? 'text-down' : netLamports > 0n ? 'text-up' : undefined}>
              {`${netLamports > 0n ? '+' : ''}${sol(netLamports)}`}
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
