// The endpoints of the ledger, and of the venues that keep play money.
import {
  airdropAnswerSchema,
  airdropSchema,
  ledgerSummarySchema,
  paperBalanceSchema,
  paperResetSchema,
  practiceBalanceSchema,
} from '@/lib/protocol/ledger-api';
import { body, json, type Endpoint } from '@/server/http/endpoint';

const base = { group: 'Ledger', parameters: {}, example: '' } as const;

export const LEDGER_ENDPOINTS: readonly Endpoint[] = [
  {
    ...base,
    path: '/api/ledger/summary',
    summary: 'All accounts, their sum of 0, and the chain beside them',
    about: 'Players’ accounts are added up by kind. Whoever is signed in sees their own as well.',
    answer: json('LedgerSummary', ledgerSummarySchema),
  },
  {
    ...base,
    path: '/api/practice/balance',
    access: 'read',
    summary: 'What the wallet holds on the chain',
    about: 'At commitment "confirmed", with what a wallet needs to know of the cluster.',
    answer: json('PracticeBalance', practiceBalanceSchema),
    problems: ['venue-unavailable'],
  },
  {
    ...base,
    path: '/api/practice/airdrop',
    method: 'post',
    access: 'bet',
    summary: 'Practice SOL for the wallet',
    about: '10 SOL, three times within 24 hours. On the practice chain only.',
    body: body('Airdrop', airdropSchema),
    answer: json('AirdropAnswer', airdropAnswerSchema),
    problems: ['venue-unavailable'],
  },
  {
    ...base,
    path: '/api/practice/paper-reset',
    method: 'post',
    access: 'bet-paper',
    summary: 'Set paper money back to the bankroll',
    about: 'Refused while a paper bet is running.',
    body: body('PaperReset', paperResetSchema),
    answer: json('PaperBalance', paperBalanceSchema),
    problems: ['bet-open'],
  },
];
