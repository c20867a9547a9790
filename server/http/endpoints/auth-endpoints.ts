// The endpoints of signing in, and of the keys of a player's own programs.
import type { Endpoint } from '@/server/http/endpoint';

export const AUTH_ENDPOINTS: readonly Endpoint[] = [];
