'use client';
// Hands over a signed stake on any page but the live one, as the ticket does there, and tells how the bet goes on. Loaded by
// kept-stake only where there is something to send.
import { BetToasts } from '@/components/bet/bet-toasts';
import { DeskNotice } from '@/components/bet/desk-notice';
import { useBetRoom } from '@/components/bet/use-bet-room';

export function StakeSender() {
  const { room, desk, account } = useBetRoom();
  return (
    <>
      <div
        data-testid="stake-sender"
        data-step={desk.step}
        className="fixed inset-x-3 bottom-3 z-30 rounded-control bg-raised shadow-float empty:hidden lg:left-auto lg:w-96"
      >
        <DeskNotice desk={desk} actions={room.desk} clockOffsetMs={account.clockOffsetMs} />
      </div>
      <BetToasts bets={room.bets} />
    </>
  );
}
