// The endpoints of the ledger, and of the venues that keep play money.
import type { Endpoint } from '@/server/http/endpoint';

export const LEDGER_ENDPOINTS: readonly Endpoint[] = [];
