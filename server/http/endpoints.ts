// Every endpoint of the HTTP API: what it takes and what it answers. Each part of the API lists its own in endpoints/; from
// here come /api/openapi.json and its readable page, and a test holds this list against the routes and methods that exist.
import type { Endpoint } from '@/server/http/endpoint';
import { ACCOUNT_ENDPOINTS } from '@/server/http/endpoints/account-endpoints';
import { AUTH_ENDPOINTS } from '@/server/http/endpoints/auth-endpoints';
import { BETS_ENDPOINTS } from '@/server/http/endpoints/bets-endpoints';
import { LEDGER_ENDPOINTS } from '@/server/http/endpoints/ledger-endpoints';
import { RECORD_ENDPOINTS } from '@/server/http/endpoints/record-endpoints';
import { SESSIONS_ENDPOINTS } from '@/server/http/endpoints/sessions-endpoints';

export const ENDPOINTS: readonly Endpoint[] = [
  ...RECORD_ENDPOINTS,
  ...AUTH_ENDPOINTS,
  ...BETS_ENDPOINTS,
  ...SESSIONS_ENDPOINTS,
  ...ACCOUNT_ENDPOINTS,
  ...LEDGER_ENDPOINTS,
];
