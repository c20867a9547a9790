// Makes the account's profile the adviser's while somebody is signed in: read from the account, saved to it, with a copy in
// this browser for when it cannot be reached. Signing out forgets the copy and goes back to the browser's own profile.
import { toChanges, toFirstChanges, toProfile, type AccountChanges } from '@/components/advice/account-profile';
import type { Advisor } from '@/components/advice/advisor';
import { PROFILE_COPY_KEY } from '@/components/advice/profile-key';
import type { ProfileStorage } from '@/components/advice/profile-store';
import { accountStore, type AccountStore } from '@/components/safety/account-store';
import { onSignedOut } from '@/components/wallet/wallet-session-state';
import type { AccountView } from '@/lib/protocol/account-api';
import type { Profile } from '@/lib/risk/profile';
import { parseProfile, profileToText } from '@/lib/risk/stored-profile';
import { limitRule } from '@/lib/safety/limit-fields';
import { formatLimit, inOrder } from '@/lib/safety/limit-words';
import { safetyFromJson } from '@/lib/safety/safety-json';
import { when } from '@/lib/safety/words';

type Parts = {
  readonly advisor: Pick<Advisor, 'follow' | 'own'>;
  readonly storage: ProfileStorage | null;
  readonly store?: AccountStore;
  readonly onLeave?: (clear: () => void) => () => void;
};

/** Returns the way to stop following. */
export function followAccount({ advisor, storage, store = accountStore(), onLeave = onSignedOut }: Parts): () => void {
  let followed: AccountView | null = null;
  let problem: string | null = null;
  let isBrought = false;

  const show = (profile: Profile) => advisor.follow({ profile, problem, save: (next) => void save(next) });
  const send = async ({ limits, settings }: AccountChanges): Promise<void> => {
    const asked = [
      { path: 'settings', body: settings },
      { path: 'limits', body: { limits } },
    ];
    const refusals: string[] = [];
    for (const { path, body } of asked) {
      const isEmpty = Object.keys(path === 'limits' ? limits : body).length === 0;
      // Saved settings tell that the account is no longer new, even when nothing differs.
      if (isEmpty && !(path === 'settings' && followed?.account.isNew)) continue;
      const answer = await store.change({ method: 'PUT', path, body });
      if (!answer.ok) refusals.push(answer.error.message);
    }
    problem = refusals[0] ?? describePending(store.get().view);
    if (followed) show(toProfile(followed));
  };
  const save = async (next: Profile) => followed && send(toChanges(followed, next));
  const take = () => {
    const { view, problem: isAway } = store.get();
    if (view) {
      followed = view;
      const profile = toProfile(view);
      attempt(() => storage?.setItem(PROFILE_COPY_KEY, profileToText(profile)));
      show(profile);
      const own = advisor.own();
      if (view.account.isNew && own && !isBrought) {
        isBrought = true;
        void send(toFirstChanges(view, own));
      }
    } else if (isAway !== null && !followed) {
      const copy = readCopy(storage);
      problem = 'Your account cannot be reached: this is your profile as this browser last saw it.';
      if (copy) show(copy);
    }
  };
  const leave = () => {
    followed = null;
    problem = null;
    isBrought = false;
    attempt(() => storage?.removeItem(PROFILE_COPY_KEY));
    advisor.follow(null);
  };
  const stops = [store.subscribe(take), onLeave(leave)];
  take();
  return () => stops.forEach((stop) => stop());
}

/** What the player has just asked for and does not see yet. */
function describePending(view: AccountView | null): string | null {
  const pending = view ? inOrder(safetyFromJson(view.account.safety).pending) : [];
  if (pending.length === 0) return null;
  const lines = pending.map(
    ({ field, value, effectiveAt }) =>
      `${limitRule(field).label} ${formatLimit(field, value)} from ${when(effectiveAt)}`,
  );
  return `Raising a limit takes 24 hours. Waiting: ${lines.join('; ')}.`;
}

function readCopy(storage: ProfileStorage | null): Profile | null {
  let text: string | null = null;
  attempt(() => (text = storage?.getItem(PROFILE_COPY_KEY) ?? null));
  const parsed = text === null ? null : parseProfile(text);
  return parsed?.ok ? parsed.value : null;
}

/** Storage may be missing, full or forbidden; none of that is an error of ours. */
function attempt(act: () => void): void {
  try {
    act();
  } catch {
    // The copy is a convenience.
  }
}
