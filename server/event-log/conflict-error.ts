// Somebody else appended to the stream first: read it again, decide again.
import type { VersionConflict } from '@/lib/event-log/seal-events';

export class ConflictError extends Error {
  readonly conflict: VersionConflict;

  constructor(conflict: VersionConflict) {
    const { stream, expected, actual } = conflict;
    super(`The stream ${stream} is at version ${actual}, not at ${expected}.`);
    this.name = 'ConflictError';
    this.conflict = conflict;
  }
}
