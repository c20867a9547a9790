// The checks of a session that came from outside: a browser's storage or a stored account.
import { LAMPORTS_MAX } from '@/lib/units/lamports';
import { checkAmount, checkCount, checkNumber, inputError, type InputError } from '@/lib/risk/input-error';
import type { Session } from '@/lib/risk/session';

export function checkSession(session: Session): InputError | null {
  const counts = { low: 0, high: Number.MAX_SAFE_INTEGER };
  const signed = { low: -LAMPORTS_MAX, high: LAMPORTS_MAX };
  const positive = { low: 0n, high: LAMPORTS_MAX };
  return (
    checkCount('session.bets', session.bets, counts) ??
    checkCount('session.wins', session.wins, counts) ??
    checkAmount('session.netLamports', session.netLamports, signed) ??
    checkAmount('session.peakNetLamports', session.peakNetLamports, positive) ??
    checkAmount('session.gameNetLamports', session.gameNetLamports, signed) ??
    checkCount('session.consecutiveLosses', session.consecutiveLosses, counts) ??
    checkAmount('session.streakLossLamports', session.streakLossLamports, positive) ??
    (session.lastLossAt === null ? null : checkNumber('session.lastLossAt', session.lastLossAt, counts)) ??
    checkBets(session) ??
    checkAgreement(session)
  );
}

function checkBets({ openBet, pendingSettlement }: Session): InputError | null {
  const stake = { low: 1n, high: LAMPORTS_MAX };
  const ticks = { low: 0, high: Number.MAX_SAFE_INTEGER };
  return (
    (openBet && checkAmount('session.openBet.stakeLamports', openBet.stakeLamports, stake)) ??
    (openBet && checkCount('session.openBet.startTick', openBet.startTick, ticks)) ??
    (openBet && checkCount('session.openBet.endTick', openBet.endTick, { ...ticks, low: openBet.startTick + 1 })) ??
    (pendingSettlement &&
      checkAmount('session.pendingSettlement.stakeLamports', pendingSettlement.stakeLamports, stake))
  );
}

/** Numbers that cannot all be true at once. */
function checkAgreement(session: Session): InputError | null {
  if (session.wins > session.bets) {
    return inputError('contradiction', 'session.wins', 'There are more wins than bets.');
  }
  if (session.consecutiveLosses > session.bets - session.wins) {
    return inputError('contradiction', 'session.consecutiveLosses', 'The losing streak is longer than all losses.');
  }
  if (session.peakNetLamports < session.netLamports) {
    return inputError('contradiction', 'session.peakNetLamports', 'The highest net result is below the present one.');
  }
  return null;
}
