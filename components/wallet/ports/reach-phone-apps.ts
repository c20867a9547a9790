// Whether Chrome lets this page talk to apps of the same phone. It asks its player once; the answer takes the tap with it that
// opening an app needs, so that the player taps again afterwards. Thrown errors are read by lib/wallet/to-outcome.

/** Resolves when nothing stands in the way. Browsers that know no such permission ask for nothing. */
export async function reachPhoneApps(
  permissions: Pick<Permissions, 'query'>,
  knock: () => Promise<unknown> = () => fetch('http://localhost', { mode: 'no-cors' }),
): Promise<void> {
  const query = () => permissions.query({ name: 'loopback-network' as PermissionName }).catch(() => null);
  const before = await query();
  if (before === null || before.state === 'granted') return;
  // Any request to this phone makes Chrome ask; that nobody answers it is of no account.
  if (before.state === 'prompt') await knock().catch(() => undefined);
  const isAllowed = (await query())?.state === 'granted';
  throw Object.assign(new Error(isAllowed ? 'allowed by now' : 'not allowed'), {
    code: isAllowed ? 'LOOPBACK_ALLOWED' : 'ERROR_LOOPBACK_ACCESS_BLOCKED',
  });
}
