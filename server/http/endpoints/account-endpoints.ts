// The endpoints of an account: settings, limits, pauses, deletion.
import type { Endpoint } from '@/server/http/endpoint';

export const ACCOUNT_ENDPOINTS: readonly Endpoint[] = [];
