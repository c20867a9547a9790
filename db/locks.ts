// Numbers of PostgreSQL's advisory locks: any that are always the same and no other program's. Who holds one does alone
// what it is for, in whichever process.

/** Whoever changes rows that the batch writer reads, merges and writes back; given back with the transaction. */
export const WRITER_LOCK = 4_040_002;
