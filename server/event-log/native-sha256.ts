// SHA-256 by the runtime's own library: the same hash as lib/event-log's portable one, some ten times faster.
import { hash } from 'node:crypto';
import type { Sha256 } from '@/lib/event-log/sha256';

export const nativeSha256: Sha256 = (data) => hash('sha256', data, 'hex');
