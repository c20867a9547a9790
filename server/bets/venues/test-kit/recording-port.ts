// A VenuePort for tests that keeps what it is told, by bet, and can refuse. Like the engine, it may be told twice and
// refuses what comes before what it builds on.
import type { VenuePort } from '@/server/bets/venue';

type Reports = { [K in keyof VenuePort]: Parameters<VenuePort[K]>[0] };
export type Told = { [K in keyof VenuePort]: { readonly report: K } & Reports[K] }[keyof VenuePort];

export type RecordingPort = VenuePort & {
  readonly told: Told[];
  /** Every report fails while true, as it does when the record is away. */
  refusing: boolean;
  /** Kinds of reports of one bet, repeats left out, in order. */
  of(betId: string): string[];
  find<K extends keyof VenuePort>(report: K): Reports[K][];
};

export function createRecordingPort(): RecordingPort {
  const told: Told[] = [];
  const take =
    <K extends keyof VenuePort>(report: K) =>
    async (about: Reports[K]): Promise<void> => {
      await Promise.resolve();
      if (port.refusing) throw new Error('the record is away');
      const betId = 'betId' in about ? about.betId : null;
      const needsConfirmed = report === 'finalized' || report === 'vanished';
      if (needsConfirmed && !told.some((one) => one.report === 'confirmed' && one.betId === betId)) {
        throw new Error(`${report} before confirmed`);
      }
      told.push({ report, ...about } as unknown as Told);
    };
  const port: RecordingPort = {
    told,
    refusing: false,
    confirmed: take('confirmed'),
    finalized: take('finalized'),
    vanished: take('vanished'),
    failed: take('failed'),
    paid: take('paid'),
    found: take('found'),
    houseMoved: take('houseMoved'),
    unidentified: take('unidentified'),
    of(betId) {
      return [...new Set(told.flatMap((one) => ('betId' in one && one.betId === betId ? [one.report] : [])))];
    },
    find: (report) => told.filter((one) => one.report === report) as never,
  };
  return port;
}
