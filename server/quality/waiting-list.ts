// How long something has been seen to wait: names come and go from look to look, and the time counts from the look at which
// a name was first there without having been gone since. As many names as are looked at are remembered, no more.
import type { EpochMs } from '@/lib/units/time';

export type WaitingList = {
  /** How long the longest-seen of these has been waiting, ms; 0 for none. */
  look(names: readonly string[], now: EpochMs): number;
};

export function createWaitingList(): WaitingList {
  let seen = new Map<string, EpochMs>();
  return {
    look(names, now) {
      seen = new Map(names.map((name) => [name, seen.get(name) ?? now]));
      return [...seen.values()].reduce((longest, since) => Math.max(longest, now - since), 0);
    },
  };
}
