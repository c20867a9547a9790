// The endpoints of betting sessions, and what of them can be taken away.
import { BET_ID_PATTERN } from '@/lib/protocol/bets-api';
import {
  betProofSchema,
  closedSessionSchema,
  closeSessionSchema,
  sessionDetailSchema,
  sessionsPageSchema,
} from '@/lib/protocol/sessions-api';
import { BETS_EXPORT_PARAMETERS, SESSION_ID_PATTERN, SESSIONS_PARAMETERS } from '@/server/history/sessions-parameters';
import { body, json, type Endpoint } from '@/server/http/endpoint';

const sessionId = { id: { about: 'Id of a session of yours.', pattern: SESSION_ID_PATTERN } };

export const SESSIONS_ENDPOINTS: readonly Endpoint[] = [
  {
    path: '/api/sessions',
    group: 'Sessions',
    summary: 'List your betting sessions, newest first',
    about: 'A page of sessions with what came of each, and totals by day. "next" leads to the page after.',
    access: 'read',
    parameters: SESSIONS_PARAMETERS,
    answer: json('SessionsPage', sessionsPageSchema),
    example: 'venue=practice&limit=5',
  },
  {
    path: '/api/sessions/{id}',
    group: 'Sessions',
    summary: 'One session with its figures and bets',
    about:
      'Wins against expectation, return, drawdown, tables by strategy and zone, the three-way ledger, and every bet with its transactions.',
    access: 'read',
    parameters: {},
    pathParameters: sessionId,
    answer: json('SessionDetail', sessionDetailSchema),
    problems: ['not-found'],
    example: '',
  },
  {
    path: '/api/sessions/{id}/close',
    method: 'post',
    group: 'Sessions',
    summary: 'End a running session by hand',
    about: 'The next bet opens a new one. Bets that are open go on and settle in the session they were placed in.',
    access: 'bet-paper',
    parameters: {},
    pathParameters: sessionId,
    body: body('CloseSession', closeSessionSchema),
    answer: json('ClosedSession', closedSessionSchema),
    problems: ['not-found'],
    example: '',
  },
  {
    path: '/api/bets/export',
    group: 'Sessions',
    summary: 'Export your bets',
    about: 'Streams as fast as you read, oldest first. Two exports run at a time; a third is refused with 503.',
    access: 'read',
    parameters: BETS_EXPORT_PARAMETERS,
    answer: { kind: 'file', about: 'One bet a line, as it was when the export began.' },
    example: 'format=csv&venue=practice',
  },
  {
    path: '/api/bets/{id}/proof',
    group: 'Sessions',
    summary: 'How a bet was settled, and what proves it',
    about:
      'For whoever has the link; it names neither wallet nor account. The rule applied again, the game’s checks, the window’s prices, each state with its place and hash in the log, the transactions.',
    parameters: {},
    pathParameters: { id: { about: 'Id of the bet.', pattern: BET_ID_PATTERN } },
    answer: json('BetProof', betProofSchema),
    problems: ['not-found'],
    example: '',
  },
];
