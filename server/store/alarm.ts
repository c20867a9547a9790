// A sleep that something else can end.

export type Alarm = {
  /** Until `ring`, or for a time. */
  sleep(limitMs?: number): Promise<void>;
  ring(): void;
};

export function createAlarm(): Alarm {
  let ring = () => {};
  return {
    sleep: (limitMs) =>
      new Promise((resolve) => {
        const limit = limitMs === undefined ? undefined : setTimeout(resolve, limitMs);
        ring = () => {
          clearTimeout(limit);
          resolve();
        };
      }),
    ring: () => ring(),
  };
}
