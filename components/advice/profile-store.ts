// The player's profile as this browser keeps it: read once, written on every change, never trusted unread. Knows neither
// React nor the game. Whatever the storage does, there is a valid profile; what went wrong is told in words.
import { PROFILE_KEY } from '@/components/advice/profile-key';
import { createProfile, validateProfile, type Profile } from '@/lib/risk/profile';
import { parseProfile, profileToText } from '@/lib/risk/stored-profile';
import { lamports, LAMPORTS_PER_SOL } from '@/lib/units/lamports';

/** One SOL: round, and small enough that the stakes advised for it are small. */
export const DEFAULT_BANKROLL_LAMPORTS = lamports(LAMPORTS_PER_SOL);
/** A round trip over a home connection, until it is measured. */
export const DEFAULT_LATENCY_MS = 200;

export type ProfileStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export type ProfileStore = {
  get(): Profile;
  /** What the reader must know: the stored profile was damaged, or this browser keeps nothing. */
  problem(): string | null;
  /** Whether the profile comes from the player; the defaults do not. */
  isChosen(): boolean;
  save(profile: Profile): void;
  reset(): void;
  /** Another tab may have changed what is stored. */
  reload(): void;
  /** Measured at a first visit: taken for the defaults only, a player's own figure stands. */
  suggestLatency(latencyMs: number): void;
  /** A signed-in player's profile is the account's, whatever this browser keeps; null goes back to the browser's own. */
  follow(account: FollowedProfile | null): void;
  /** The browser's own, if the player chose it: what a new account begins with. */
  own(): Profile | null;
};

/** A profile kept elsewhere. Saving asks for it; it has changed once it is followed anew. */
export type FollowedProfile = {
  readonly profile: Profile;
  readonly problem: string | null;
  save(profile: Profile): void;
};

/** `storage` is null where the browser refuses it: the profile then lasts as long as the page. */
export function createProfileStore(storage: ProfileStorage | null): ProfileStore {
  let { profile, isChosen, problem } = read(storage);
  let followed: FollowedProfile | null = null;
  return {
    get: () => followed?.profile ?? profile,
    problem: () => (followed ? followed.problem : problem),
    isChosen: () => followed !== null || isChosen,
    save(next) {
      if (followed) return followed.save(next);
      profile = next;
      isChosen = true;
      problem = attempt(storage, (kept) => kept.setItem(PROFILE_KEY, profileToText(next))) ? null : NOT_KEPT;
    },
    reset() {
      if (followed) return followed.save(defaultProfile());
      profile = defaultProfile();
      isChosen = false;
      problem = null;
      attempt(storage, (kept) => kept.removeItem(PROFILE_KEY));
    },
    reload() {
      ({ profile, isChosen, problem } = read(storage));
    },
    suggestLatency(latencyMs) {
      const suggested = validateProfile({ ...profile, latencyMs });
      if (!isChosen && suggested.ok) profile = suggested.value;
    },
    follow: (account) => void (followed = account),
    own: () => (isChosen ? profile : null),
  };
}

export function defaultProfile(): Profile {
  return createProfile(DEFAULT_BANKROLL_LAMPORTS, DEFAULT_LATENCY_MS);
}

const NOT_KEPT = 'This browser keeps nothing for us: the profile lasts until the page is closed.';

function read(storage: ProfileStorage | null): { profile: Profile; isChosen: boolean; problem: string | null } {
  const unread = { profile: defaultProfile(), isChosen: false };
  let text: string | null = null;
  if (!attempt(storage, (kept) => (text = kept.getItem(PROFILE_KEY)))) return { ...unread, problem: null };
  if (text === null) return { ...unread, problem: null };
  const parsed = parseProfile(text);
  if (parsed.ok) return { profile: parsed.value, isChosen: true, problem: null };
  return { ...unread, problem: 'The profile kept in this browser could not be read; these are the defaults.' };
}

/** Storage may be missing, full or forbidden; none of that is an error of ours. */
function attempt(storage: ProfileStorage | null, act: (storage: ProfileStorage) => void): boolean {
  try {
    if (storage) act(storage);
    return storage !== null;
  } catch {
    return false;
  }
}
