// The raw limit under the bets bench: a transfer and a memo built, signed and sent by web3.js through the same chain, to
// the moment its subscription says confirmed; and how many of them a second the chain takes from one client.
import { Connection, Keypair, PublicKey, SystemProgram, Transaction, TransactionInstruction } from '@solana/web3.js';
import { percentile, round } from '@/lib/math/percentile';
import { LAMPORTS_PER_SOL } from '@/lib/units/lamports';
import { MEMO_PROGRAM } from '@/server/bets/venues/practice/memo';

const TRANSFERS = 200;
const PER_SECOND = 50;
const BURST = 400;
const AT_ONCE = 16;

export async function measureRawChain({ rpcUrl, wsUrl }: { rpcUrl: string; wsUrl: string }) {
  const connection = new Connection(rpcUrl, { wsEndpoint: wsUrl, commitment: 'confirmed' });
  const payer = Keypair.generate();
  const to = Keypair.generate().publicKey;
  await connection.confirmTransaction(await connection.requestAirdrop(payer.publicKey, Number(10n * LAMPORTS_PER_SOL)));
  let number = 0;

  async function send(): Promise<string> {
    const transaction = new Transaction({ feePayer: payer.publicKey, ...(await connection.getLatestBlockhash()) });
    const data = Buffer.from(`raw ${number++}`);
    transaction.add(
      SystemProgram.transfer({ fromPubkey: payer.publicKey, toPubkey: to, lamports: 1_000_000 }),
      new TransactionInstruction({ keys: [], programId: new PublicKey(MEMO_PROGRAM), data }),
    );
    transaction.sign(payer);
    return connection.sendRawTransaction(transaction.serialize());
  }

  async function sendAndConfirm(): Promise<number> {
    const from = performance.now();
    const signature = await send();
    await new Promise<void>((resolve) => connection.onSignature(signature, () => resolve(), 'confirmed'));
    return performance.now() - from;
  }

  const waits: Promise<number>[] = [];
  const startedAt = performance.now();
  for (let i = 0; i < TRANSFERS; i++) {
    const waitMs = startedAt + (i * 1_000) / PER_SECOND - performance.now();
    if (waitMs > 1) await new Promise((resolve) => setTimeout(resolve, waitMs));
    waits.push(sendAndConfirm());
  }
  const confirmed = await Promise.all(waits);

  const burstFrom = performance.now();
  let left = BURST;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (left-- > 0) await send();
    }),
  );
  const burstMs = performance.now() - burstFrom;
  return {
    toConfirmedMs: { p50: round(percentile(confirmed, 0.5)), p99: round(percentile(confirmed, 0.99)) },
    transfersPerSecond: round((BURST / burstMs) * 1_000),
  };
}
