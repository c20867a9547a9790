// The ledger and the practice wallet on the wire. Lamports are decimal text; the sum of all accounts is always "0".
import { z } from 'zod';
import { lamportsText } from '@/lib/protocol/bets-api';

const address = z.string().min(32).max(44);
const instant = z.int().describe('Milliseconds since 1970-01-01T00:00:00Z.');

export const ledgerSummarySchema = z.object({
  /** Players' accounts are added up by kind: nobody sees another's. */
  accounts: z.array(
    z.object({
      account: z.string().describe('escrow, house, fees, funding, wallet, paper …'),
      holders: z.int().min(0).describe('How many accounts are added up in it.'),
      lamports: lamportsText,
    }),
  ),
  sum: lamportsText.describe('Of all accounts: 0.'),
  /** The player's own accounts; null for whoever is not signed in. */
  own: z.array(z.object({ account: z.enum(['wallet', 'paper', 'site']), lamports: lamportsText })).nullable(),
  /** The venue's address against escrow, house and unidentified together. */
  chain: z.object({
    address,
    cluster: z.string(),
    lamports: lamportsText.nullable(),
    /** What the ledger says of it, payments included that are on the chain and not final. */
    expectedLamports: lamportsText.nullable(),
    matches: z.boolean().nullable().describe('Null until it was compared.'),
    checkedAt: instant.nullable(),
    /** Why they differ, in words. */
    differences: z.array(z.string()).max(20),
  }),
});
export type LedgerSummary = z.infer<typeof ledgerSummarySchema>;

export const practiceBalanceSchema = z.object({
  address,
  cluster: z.string(),
  rpcUrl: z.string().nullable().describe('Of the practice chain, for a wallet; null for a real cluster.'),
  lamports: lamportsText,
  /** Least that the network asks an account to keep. */
  leastLamports: lamportsText,
  airdropsLeft: z.int().min(0),
});
export type PracticeBalance = z.infer<typeof practiceBalanceSchema>;

export const airdropSchema = z.strictObject({});
export const airdropAnswerSchema = z.object({
  signature: z.string(),
  lamports: lamportsText,
  airdropsLeft: z.int().min(0).describe('Of those of these 24 hours.'),
});
export type AirdropAnswer = z.infer<typeof airdropAnswerSchema>;

export const paperResetSchema = z.strictObject({});
export const paperBalanceSchema = z.object({ lamports: lamportsText });
export type PaperBalance = z.infer<typeof paperBalanceSchema>;
