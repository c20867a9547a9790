// What goes wrong on a practice chain, on purpose. Settings give the faults at start, tests change them while it runs.

export type FaultSettings = {
  /** Before every answer. */
  readonly latencyMs: number;
  /** Probability that a send is accepted and never lands. */
  readonly drop: number;
  /** Probability that a send is told its blockhash is not known. */
  readonly expire: number;
  /** Requests a second before 429; 0 for no limit. */
  readonly ratePerSecond: number;
  /** Nobody answers. */
  readonly down: boolean;
  /** Milliseconds between blocks while it is above 0, instead of the usual ones. */
  readonly slowBlockMs: number;
};

export const NO_FAULTS: FaultSettings = {
  latencyMs: 0,
  drop: 0,
  expire: 0,
  ratePerSecond: 0,
  down: false,
  slowBlockMs: 0,
};

export type PracticeFaults = {
  current(): FaultSettings;
  set(changes: Partial<FaultSettings>): void;
  drops(): boolean;
  expires(): boolean;
  onChange(listener: (settings: FaultSettings) => void): void;
};

export function createFaults({
  initial,
  random,
}: {
  initial: Partial<FaultSettings>;
  random: () => number;
}): PracticeFaults {
  const listeners: ((settings: FaultSettings) => void)[] = [];
  let settings: FaultSettings = { ...NO_FAULTS, ...initial };
  return {
    current: () => settings,
    set(changes) {
      settings = { ...settings, ...changes };
      for (const listener of listeners) listener(settings);
    },
    drops: () => settings.drop > 0 && random() < settings.drop,
    expires: () => settings.expire > 0 && random() < settings.expire,
    onChange: (listener) => void listeners.push(listener),
  };
}
