// Instants and durations. Both are milliseconds; the brand keeps one from being passed as the other.

declare const epochBrand: unique symbol;
/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number & { readonly [epochBrand]: true };

export function epochMs(value: number): EpochMs {
  return value as EpochMs;
}

/** Time comes in as an argument; the shell passes the wall clock, tests and replay pass their own. */
export type Clock = () => EpochMs;
