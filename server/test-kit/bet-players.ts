// Players for the bets bench: accounts, limits that stand in no bet's way, keys and practice SOL. Written into the record of
// the running server directly, since signing in 500 wallets is not what is measured; from there on they go through HTTP.
import { createHash } from 'node:crypto';
import { Connection, Keypair } from '@solana/web3.js';
import bs58 from 'bs58';
import { connectRaw, type RawSql } from '@/db/connect';
import { defaultSafety } from '@/lib/account/default-account';
import { safetyToJson } from '@/lib/safety/safety-json';
import type { SafetyState } from '@/lib/safety/safety';
import { lamports, LAMPORTS_PER_SOL } from '@/lib/units/lamports';
import { epochMs } from '@/lib/units/time';
import { createSigner, type Signer } from '@/server/bets/venues/practice/ed25519';

export type BenchPlayer = {
  readonly accountId: string;
  readonly address: string;
  readonly key: string;
  readonly signer: Signer;
};

const STATEMENT_LIMIT_MS = 20_000;
const GIVEN_LAMPORTS = 20n * LAMPORTS_PER_SOL;
const AIRDROPS_AT_ONCE = 16;

/** From the seed: the same players each time. */
export async function createPlayers({
  databaseUrl,
  rpcUrl,
  wsUrl,
  count,
}: {
  databaseUrl: string;
  rpcUrl: string;
  wsUrl: string;
  count: number;
}): Promise<readonly BenchPlayer[]> {
  const made = Array.from({ length: count }, (_, n) => createPlayer(n));
  const record = connectRaw({ databaseUrl, statementLimitMs: STATEMENT_LIMIT_MS });
  try {
    await record.use(async (sql) => {
      for (const { player } of made) await insertPlayer(sql, player);
    });
  } finally {
    await record.destroy();
  }
  const connection = new Connection(rpcUrl, { wsEndpoint: wsUrl, commitment: 'confirmed' });
  const waiting = [...made];
  await Promise.all(
    Array.from({ length: AIRDROPS_AT_ONCE }, async () => {
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        await connection.requestAirdrop(next.keypair.publicKey, Number(GIVEN_LAMPORTS));
      }
    }),
  );
  return made.map(({ player }) => player);
}

function createPlayer(n: number): { player: BenchPlayer; keypair: Keypair } {
  const keypair = Keypair.fromSeed(createHash('sha256').update(`bench player ${n}`).digest());
  return {
    keypair,
    player: {
      accountId: `bench${n}`,
      address: keypair.publicKey.toBase58(),
      key: `ft_${bs58.encode(createHash('sha256').update(`bench key ${n}`).digest())}`,
      signer: createSigner(keypair.secretKey.subarray(0, 32)),
    },
  };
}

/** Every limit as high as it goes: the bench asks how fast bets are, not whether they are wise. */
function openSafety(): SafetyState {
  const plenty = lamports(1_000n * LAMPORTS_PER_SOL);
  return {
    ...defaultSafety(epochMs(0)),
    limits: {
      bankrollLamports: plenty,
      maxStakeFraction: 1,
      perGameLossLamports: plenty,
      perSessionLossLamports: plenty,
      perHourLossLamports: plenty,
      perDayLossLamports: plenty,
      maxConsecutiveLosses: 100,
      maxDrawdownFraction: 1,
      coolingOffMs: 0,
      minReliability: 0,
      minBalanceLamports: lamports(0n),
    },
    realityCheckMs: null,
    realityCheckedAt: null,
    highRiskLamports: plenty,
  };
}

async function insertPlayer(sql: RawSql, { accountId, address, key }: BenchPlayer): Promise<void> {
  const safety = JSON.stringify(safetyToJson(openSafety()));
  const hash = `\\x${createHash('sha256').update(key).digest('hex')}`;
  await sql`
    insert into accounts (account_id, public_key, created_at, last_seen_at, odds_accepted_at, safety)
    values (${accountId}, ${address}, now(), now(), now(), ${safety}::text::json)`;
  await sql`
    insert into api_keys (key_id, account_id, name, key_hash, prefix, permissions, allowed_ips, created_at)
    values (${`key ${accountId}`}, ${accountId}, 'bench', ${hash}::text::bytea, ${key.slice(0, 10)}, '{bet}', '{}', now())`;
}
