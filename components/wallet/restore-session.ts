// Coming back: asks the server who is signed in, then connects the wallet used last if it trusts this page. Never opens a
// window. Also how a page learns that the sign-in ended, or changed in another tab. Called by the wallet session.
import type { Player } from '@/components/wallet/auth-client';
import { signedInState, type SessionContext } from '@/components/wallet/session-context';
import type { WalletPort } from '@/components/wallet/wallet-port';
import { SIGNED_OUT } from '@/components/wallet/wallet-session-state';

export async function restoreSession(context: SessionContext): Promise<void> {
  const { auth, get, publish, shortly } = context;
  const before = get();
  if (before.status === 'connecting' || before.status === 'signing-in') return;
  // What the player was just told of the sign-in stays on the page until there is something new to tell.
  const isTelling = before.status === 'signed-out' && before.outcome !== null;
  if (before.status === 'signed-out' && !isTelling) publish({ status: 'restoring' });
  const asked = get();
  const me = await auth.me();
  // Somebody signed in or out while the server was asked: its answer is of before.
  if (get() !== asked || (!me.ok && isTelling)) return;
  if (!me.ok) return endOrKeep(context, me.error.kind === 'unreachable');
  if (before.status === 'signed-in') {
    if (before.accountId === me.value.accountId) return;
    // Another tab signed in somebody else: what this one keeps of the old player goes first.
    publish(SIGNED_OUT);
  }
  publish({ status: 'restoring' });
  // Who has changed the account in the wallet need not see the old one flash by, but nobody waits long for a wallet.
  await Promise.race([takeWallet(context, me.value), shortly()]);
  if (get().status === 'restoring') publish(signedInState(me.value, null, 'away'));
}

function endOrKeep({ get, publish, hold, outcomeOf }: SessionContext, isUnreachable: boolean): void {
  const wasSignedIn = get().status === 'signed-in';
  if (isUnreachable && wasSignedIn) return;
  const outcome = isUnreachable
    ? outcomeOf('unreachable', 'sign-in')
    : wasSignedIn
      ? outcomeOf('sign-in-ended', 'sign-in')
      : null;
  hold(null);
  publish({ status: 'signed-out', outcome });
}

async function takeWallet(context: SessionContext, player: Player): Promise<void> {
  const found = await reconnect(context);
  const now = context.get();
  // Somebody signed in or out in the meantime: what was found is about nobody any more.
  if (now.status !== 'restoring' && !(now.status === 'signed-in' && now.address === player.address)) return;
  if (found && found.address !== null && found.address !== player.address) {
    return context.leave(context.outcomeOf('account-changed', 'connect'));
  }
  context.publish(signedInState(player, found?.port ?? null, found?.address ? 'connected' : 'away'));
}

/** Silently: a wallet that would have to ask gives no address. */
async function reconnect(context: SessionContext): Promise<{ port: WalletPort; address: string | null } | null> {
  const walletName = context.memory.get()?.walletName;
  const port = walletName ? await context.findWallet(walletName) : null;
  if (!port) return null;
  context.hold(port);
  const ask = () => port.connect({ silent: true });
  const result = await context.requests.run({ port, errand: 'connect', key: 'connect-silently', ask });
  return { port, address: result.ok ? result.value : null };
}
