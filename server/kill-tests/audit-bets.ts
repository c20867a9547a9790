// What must be true once the kill test of bets has come to rest: of every bet that was acknowledged, of every bet on record, of
// each of its transactions on the chain, of the ledger and the wallets. Each difference in words; none means that money is right.
import type { RawSql } from '@/db/connect';
import { sideBetWins } from '@/lib/game/rules';
import type { AddressSignature, Chain, LandedTransaction } from '@/server/chain/chain';
import type { Acknowledged } from '@/server/kill-tests/bets-players';

export type Wallet = { readonly accountId: string; readonly address: string; readonly givenLamports: bigint };

export type Audit = {
  readonly sql: RawSql;
  readonly chain: Pick<Chain, 'signaturesOf' | 'transaction' | 'balance'>;
  readonly venue: string;
  readonly acknowledged: readonly Acknowledged[];
  /** Where the games really ended, by what the upstream sent. */
  readonly rugs: ReadonlyMap<string, number>;
  readonly wallets: readonly Wallet[];
};

type BetRow = {
  readonly bet_id: string;
  readonly account_id: string;
  readonly venue: 'practice' | 'paper';
  readonly state: string;
  readonly reason: string | null;
  readonly game_id: string;
  readonly start_tick: number | null;
  readonly stake: string;
  readonly paid: string | null;
  readonly submitted: boolean;
  readonly closed: boolean;
  readonly stake_final: boolean;
  /** What the ledger says the player gave and got back, fees apart. */
  readonly moved: string;
};

/** Memo to what came to the venue's address (positive) or left it, without the fee. */
type Landed = ReadonlyMap<string, readonly bigint[]>;

const PAGE = 1_000;

export async function auditBets(audit: Audit): Promise<readonly string[]> {
  const { sql, acknowledged } = audit;
  const bets = await readBets(sql);
  const landed = await readLanded(audit);
  const wrong: string[] = [];
  for (const bet of bets.values()) {
    for (const words of checkBet(bet, { landed, rugs: audit.rugs })) {
      wrong.push(`bet ${bet.bet_id} (${bet.venue}, ${bet.state}, ${bet.reason ?? 'no reason'}): ${words}`);
    }
  }
  for (const one of acknowledged) {
    for (const words of checkAcknowledged(one, bets.get(one.bet.id))) wrong.push(`${one.bet.id}: ${words}`);
  }
  for (const memo of landed.keys()) {
    const betId = /^fortytick:(?:bet|payout|refund):(.+)$/.exec(memo)?.[1];
    if (betId !== undefined && !bets.has(betId))
      wrong.push(`the chain knows ${memo}, and the record knows no such bet`);
  }
  return [...wrong, ...(await checkBalances(audit))];
}

async function readBets(sql: RawSql): Promise<ReadonlyMap<string, BetRow>> {
  const rows = await sql<BetRow[]>`
    select b.bet_id, b.account_id, b.venue, b.state, b.reason, b.game_id, b.start_tick, b.stake_lamports::text as stake,
      b.paid_lamports::text as paid, b.submitted_at is not null as submitted, b.closed_at is not null as closed,
      b.stake_final, (
        select coalesce(sum(l.lamports), 0) from ledger_entries l
        where l.bet_id = b.bet_id and (l.account in ('wallet:' || b.account_id, 'paper:' || b.account_id)
          or (l.account = 'fees' and l.posting ~ '^(stake|vanished|fee):'))
      )::text as moved
    from bets b`;
  return new Map(rows.map((row) => [row.bet_id, row]));
}

async function readLanded({ chain, venue }: Audit): Promise<Landed> {
  const landed = new Map<string, bigint[]>();
  let before: string | null = null;
  for (;;) {
    const page: readonly AddressSignature[] = await chain.signaturesOf(venue, { until: null, before });
    for (const { signature, failed, memos } of page) {
      const transaction: LandedTransaction | null = failed ? null : await chain.transaction(signature);
      if (!transaction) continue;
      const change: bigint = transaction.changes.get(venue) ?? 0n;
      const moved = transaction.feePayer === venue ? change + transaction.feeLamports : change;
      for (const memo of memos) landed.set(memo, [...(landed.get(memo) ?? []), moved]);
    }
    if (page.length < PAGE) return landed;
    before = page.at(-1)!.signature;
  }
}

function* checkBet(bet: BetRow, { landed, rugs }: { landed: Landed; rugs: ReadonlyMap<string, number> }) {
  const stake = BigInt(bet.stake);
  const of = (role: string) => landed.get(`fortytick:${role}:${bet.bet_id}`) ?? [];
  const owed = bet.state === 'paid' ? 5n * stake : bet.state === 'refunded' && bet.reason !== 'stake-gone' ? stake : 0n;
  const taken = bet.state === 'expired' || bet.reason === 'stake-gone' ? 0n : stake;
  if (!bet.closed) yield 'is still open';
  if (!['paid', 'lost', 'refunded', 'expired'].includes(bet.state)) yield 'is in a state that is no end';
  if (taken > 0n && !bet.stake_final) yield 'is closed before its stake was final';
  if (BigInt(bet.moved) !== owed - taken) yield `moved ${bet.moved} in the ledger, not ${owed - taken}`;
  if ((bet.state === 'paid' || bet.state === 'refunded') && BigInt(bet.paid ?? -1) !== owed) {
    yield `says that ${bet.paid} were paid, not ${owed}`;
  }
  if (bet.venue === 'practice') {
    const stakes = taken > 0n ? [taken] : [];
    if (String(of('bet')) !== String(stakes)) yield `the chain took [${of('bet')}], not [${stakes}]`;
    const payouts = bet.state === 'paid' ? [-owed] : [];
    if (String(of('payout')) !== String(payouts)) yield `the chain paid out [${of('payout')}], not [${payouts}]`;
    const refunds = bet.state === 'refunded' && owed > 0n ? [-owed] : [];
    if (String(of('refund')) !== String(refunds)) yield `the chain refunded [${of('refund')}], not [${refunds}]`;
  }
  if (bet.state !== 'paid' && bet.state !== 'lost') return;
  const rugTick = rugs.get(bet.game_id);
  if (rugTick === undefined) yield `was settled by a game that the upstream never ended, ${bet.game_id}`;
  else if (sideBetWins({ startTick: bet.start_tick!, rugTick }) !== (bet.state === 'paid')) {
    yield `began at tick ${bet.start_tick}, and its game ended at ${rugTick}`;
  }
}

/** Before it is submitted a bet may expire; afterwards only because its transaction never landed. */
function* checkAcknowledged({ what, bet: told }: Acknowledged, bet: BetRow | undefined): Generator<string> {
  if (!bet) {
    yield `was acknowledged (${what}) and is not on record`;
    return;
  }
  if (bet.stake !== told.stakeLamports || bet.venue !== told.venue || bet.game_id !== told.gameId) {
    yield 'is on record as another bet than was acknowledged';
  }
  const isTakenBack = bet.state === 'expired' && bet.reason === 'refused';
  if (what === 'cancel' && !isTakenBack) yield `was taken back, and is ${bet.state}`;
  if (what !== 'submit') return;
  if (!bet.submitted) yield 'was submitted, and the record does not know it';
  if (bet.state === 'expired' && bet.reason !== 'never-landed') yield `was submitted, and expired: ${bet.reason}`;
}

async function checkBalances({ sql, chain, venue, wallets }: Audit): Promise<string[]> {
  const wrong: string[] = [];
  const rows = await sql<{ account: string; lamports: string; entries: string }[]>`
    select account, b.lamports::text as lamports, (
      select coalesce(sum(e.lamports), 0)::text from ledger_entries e where e.account = b.account
    ) as entries from ledger_balances b`;
  const balances = new Map(rows.map(({ account, lamports }) => [account, BigInt(lamports)]));
  const balance = (account: string) => balances.get(account) ?? 0n;
  for (const { account, lamports, entries } of rows) {
    if (lamports !== entries) wrong.push(`the balance of ${account} is ${lamports}, its entries sum to ${entries}`);
  }
  const sum = [...balances.values()].reduce((total, lamports) => total + lamports, 0n);
  if (sum !== 0n) wrong.push(`the ledger sums to ${sum}`);
  for (const account of ['escrow', 'paper-escrow', 'unidentified']) {
    if (balance(account) !== 0n) wrong.push(`${account} holds ${balance(account)}`);
  }
  const held = await chain.balance(venue, 'confirmed');
  if (held !== balance('house')) wrong.push(`the venue's address holds ${held}, the ledger says ${balance('house')}`);
  for (const { accountId, address, givenLamports } of wallets) {
    const moved = (await chain.balance(address, 'confirmed')) - givenLamports;
    const booked = balance(`wallet:${accountId}`);
    if (moved !== booked) wrong.push(`${accountId} moved ${moved} on the chain, ${booked} in the ledger`);
  }
  return wrong;
}
