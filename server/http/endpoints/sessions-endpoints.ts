// The endpoints of betting sessions, and what of them can be taken away.
import type { Endpoint } from '@/server/http/endpoint';

export const SESSIONS_ENDPOINTS: readonly Endpoint[] = [];
