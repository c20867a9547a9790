// The endpoints of bets: placing, submitting, following.
import type { Endpoint } from '@/server/http/endpoint';

export const BETS_ENDPOINTS: readonly Endpoint[] = [];
