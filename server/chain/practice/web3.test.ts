// web3.js's own client against the practice chain: what it sends, waits for and reads works as on a cluster.
import {
  ComputeBudgetProgram,
  Keypair,
  LAMPORTS_PER_SOL,
  MessageV0,
  SystemProgram,
  Transaction,
  TransactionMessage,
  VersionedTransaction,
} from '@solana/web3.js';
import bs58 from 'bs58';
import { describe, expect, it } from 'vitest';
import { PRACTICE_GENESIS_HASH } from '@/server/chain/practice/core/genesis';
import {
  fund,
  keypairOf,
  makeTransfer,
  MEMO_PROGRAM,
  openConnection,
  SOL,
  startTestChain,
  until,
} from '@/server/chain/practice/test-kit/practice';

const player = keypairOf(1);
const house = keypairOf(2);

async function open() {
  const practice = await startTestChain();
  const connection = openConnection(practice);
  await fund(practice, player.publicKey);
  await fund(practice, house.publicKey);
  return { practice, connection };
}

describe('web3.js on the practice chain', () => {
  it('sends a transfer with a memo and waits until it is confirmed', async () => {
    const { practice, connection } = await open();
    const { blockhash, lastValidBlockHeight } = await connection.getLatestBlockhash();
    const signed = makeTransfer({ from: player, to: house.publicKey, amount: SOL, blockhash, memo: 'hello' });
    const signature = await connection.sendRawTransaction(signed.serialize());
    const confirmed = connection.confirmTransaction({ signature, blockhash, lastValidBlockHeight }, 'confirmed');
    await until(() => practice.subscriptions() === 1);
    await practice.produceBlock();
    expect((await confirmed).value).toEqual({ err: null });
    expect(await connection.getBalance(house.publicKey)).toBe(11 * SOL);
  });

  it('is told of a signature that was confirmed before it asked', async () => {
    const { practice, connection } = await open();
    const { blockhash } = await connection.getLatestBlockhash();
    const signed = makeTransfer({ from: player, to: house.publicKey, amount: 5, blockhash });
    const signature = await connection.sendRawTransaction(signed.serialize());
    await practice.produceBlock();
    const told = new Promise((resolve) => connection.onSignature(signature, resolve, 'confirmed'));
    expect(await told).toEqual({ err: null });
    expect(practice.subscriptions()).toBe(0);
  });

  it('asks for an airdrop, and for the same one again', async () => {
    const { practice, connection } = await open();
    const key = Keypair.generate().publicKey;
    const first = await connection.requestAirdrop(key, LAMPORTS_PER_SOL);
    const second = await connection.requestAirdrop(key, LAMPORTS_PER_SOL);
    expect(first).not.toBe(second);
    await practice.produceBlock();
    expect(await connection.getBalance(key)).toBe(2 * LAMPORTS_PER_SOL);
    await expect(connection.requestAirdrop(key, 6e17)).rejects.toThrow('airdrop to');
  });

  it('hears of accounts, logs and slots', async () => {
    const { practice, connection } = await open();
    const heard: string[] = [];
    connection.onAccountChange(house.publicKey, ({ lamports }) => heard.push(`account ${lamports}`), {
      commitment: 'confirmed',
    });
    connection.onLogs(player.publicKey, ({ logs }) => heard.push(`logs ${logs.at(-1)}`), 'processed');
    connection.onSlotChange(({ slot, parent }) => heard.push(`slot ${slot - parent}`));
    await until(() => practice.subscriptions() === 3);
    const { blockhash } = await connection.getLatestBlockhash();
    await connection.sendRawTransaction(
      makeTransfer({ from: player, to: house.publicKey, amount: SOL, blockhash }).serialize(),
    );
    await practice.produceBlock();
    await until(() => heard.length === 3);
    expect(heard).toEqual(['logs Program 11111111111111111111111111111111 success', 'slot 1', `account ${11 * SOL}`]);
  });

  it('reads a transaction, parsed and plain', async () => {
    const { practice, connection } = await open();
    const { blockhash } = await connection.getLatestBlockhash();
    const signed = makeTransfer({ from: player, to: house.publicKey, amount: SOL, blockhash, memo: 'bet é' });
    const signature = await connection.sendRawTransaction(signed.serialize());
    expect(await connection.getParsedTransaction(signature, 'confirmed')).toBeNull();
    await practice.produceBlock();
    const parsed = await connection.getParsedTransaction(signature, 'confirmed');
    const [source, destination] = [player.publicKey.toBase58(), house.publicKey.toBase58()];
    expect(parsed?.transaction.message.instructions).toMatchObject([
      { program: 'system', parsed: { type: 'transfer', info: { source, destination, lamports: SOL } } },
      { program: 'spl-memo', parsed: 'bet é', programId: MEMO_PROGRAM },
    ]);
    expect(parsed?.transaction.message.accountKeys.map(({ signer, writable }) => [signer, writable])).toEqual([
      [true, true],
      [false, true],
      [false, false],
      [false, false],
    ]);
    expect(parsed?.meta).toMatchObject({
      err: null,
      fee: 5_000,
      preBalances: [10 * SOL, 10 * SOL, 1, expect.any(Number)],
    });
    const plain = await connection.getTransaction(signature, {
      maxSupportedTransactionVersion: 0,
      commitment: 'confirmed',
    });
    expect(plain?.transaction.message.recentBlockhash).toBe(blockhash);
    expect(plain?.meta?.logMessages).toContain('Program log: bet é');
    expect(plain?.blockTime).toBe(1_780_000_000);
    const list = await connection.getSignaturesForAddress(house.publicKey, { limit: 1 }, 'confirmed');
    expect(list).toMatchObject([{ signature, memo: '[6] bet é', err: null, confirmationStatus: 'confirmed' }]);
  });

  it('sends a versioned transaction, and must say that it reads those', async () => {
    const { practice, connection } = await open();
    const { blockhash } = await connection.getLatestBlockhash();
    const message = new TransactionMessage({
      payerKey: player.publicKey,
      recentBlockhash: blockhash,
      instructions: [SystemProgram.transfer({ fromPubkey: player.publicKey, toPubkey: house.publicKey, lamports: 7 })],
    }).compileToV0Message();
    const transaction = new VersionedTransaction(message);
    transaction.sign([player]);
    const signature = await connection.sendTransaction(transaction);
    await practice.produceBlock();
    const options = { maxSupportedTransactionVersion: 0, commitment: 'confirmed' as const };
    expect(await connection.getTransaction(signature, options)).toMatchObject({ version: 0, meta: { err: null } });
    await expect(connection.getTransaction(signature, { commitment: 'confirmed' })).rejects.toThrow(
      'Transaction version (0) is not supported by the requesting client.',
    );
  });

  it('loads accounts from a lookup table', async () => {
    const { practice, connection } = await open();
    const tableKey = Keypair.generate().publicKey;
    const header = new Uint8Array(56);
    header[0] = 1; // a table; its deactivation slot is u64::MAX: never
    header.fill(255, 4, 12);
    const owner = 'AddressLookupTab1e1111111111111111111111111';
    const data = Uint8Array.from([...header, ...house.publicKey.toBytes()]);
    practice.chain.vm.set(tableKey.toBase58(), { lamports: BigInt(SOL), owner, executable: false, data });
    const { blockhash } = await connection.getLatestBlockhash();
    const table = (await connection.getAddressLookupTable(tableKey, { commitment: 'processed' })).value;
    const message = MessageV0.compile({
      payerKey: player.publicKey,
      recentBlockhash: blockhash,
      instructions: [
        SystemProgram.transfer({ fromPubkey: player.publicKey, toPubkey: house.publicKey, lamports: SOL }),
      ],
      addressLookupTableAccounts: [table!],
    });
    expect(message.addressTableLookups).toHaveLength(1);
    const transaction = new VersionedTransaction(message);
    transaction.sign([player]);
    const signature = await connection.sendTransaction(transaction, { preflightCommitment: 'processed' });
    await practice.produceBlock();
    expect(await connection.getBalance(house.publicKey)).toBe(11 * SOL);
    const options = { maxSupportedTransactionVersion: 0, commitment: 'confirmed' as const };
    const landed = await connection.getTransaction(signature, options);
    expect(landed?.meta?.loadedAddresses?.writable).toEqual([house.publicKey]);
    await practice.fork(1);
    expect(await connection.getBalance(house.publicKey)).toBe(10 * SOL);
  });

  it('is told the fee that is then taken, priority and all', async () => {
    const { practice, connection } = await open();
    const { blockhash } = await connection.getLatestBlockhash();
    for (const budget of [
      [],
      [ComputeBudgetProgram.setComputeUnitPrice({ microLamports: 123_457 })],
      [
        ComputeBudgetProgram.setComputeUnitLimit({ units: 1_001 }),
        ComputeBudgetProgram.setComputeUnitPrice({ microLamports: 999_999 }),
      ],
    ]) {
      const transfer = makeTransfer({ from: player, to: house.publicKey, amount: 5, blockhash, memo: 'x' });
      const transaction = new Transaction({ feePayer: player.publicKey, blockhash, lastValidBlockHeight: 0 });
      transaction.add(...budget, ...transfer.instructions).sign(player);
      const { value: fee } = await connection.getFeeForMessage(transaction.compileMessage());
      const before = await connection.getBalance(player.publicKey, 'processed');
      await connection.sendRawTransaction(transaction.serialize());
      expect(before - (await connection.getBalance(player.publicKey, 'processed'))).toBe(fee! + 5);
      await practice.produceBlock();
    }
  });

  it('tries out transactions: signed, unsigned, with a newer blockhash, with accounts afterwards', async () => {
    const { practice, connection } = await open();
    const { blockhash } = await connection.getLatestBlockhash();
    const signed = makeTransfer({ from: player, to: house.publicKey, amount: SOL, blockhash, memo: 'x' });
    const transaction = VersionedTransaction.deserialize(signed.serialize());
    const addresses = [house.publicKey.toBase58(), player.publicKey.toBase58()];
    const { value } = await connection.simulateTransaction(transaction, {
      sigVerify: true,
      commitment: 'processed',
      accounts: { encoding: 'base64', addresses },
    });
    expect(value.err).toBeNull();
    expect(value.accounts?.map((account) => account?.lamports)).toEqual([11 * SOL, 9 * SOL - 5_000]);
    expect(await connection.getBalance(house.publicKey, 'processed')).toBe(10 * SOL);
    transaction.signatures[0] = new Uint8Array(64);
    await expect(connection.simulateTransaction(transaction, { sigVerify: true })).rejects.toThrow(
      'Transaction signature verification failure',
    );
    expect((await connection.simulateTransaction(transaction)).value.err).toBeNull();
    await connection.sendRawTransaction(signed.serialize());
    expect((await connection.simulateTransaction(transaction)).value.err).toBe('AlreadyProcessed');
    const again = await connection.simulateTransaction(transaction, { replaceRecentBlockhash: true });
    expect(again.value.err).toBeNull();
    await practice.produceBlocks(151);
    expect((await connection.simulateTransaction(transaction)).value.err).toBe('BlockhashNotFound');
    const replaced = await connection.simulateTransaction(transaction, { replaceRecentBlockhash: true });
    expect(replaced.value.err).toBeNull();
  });

  it('reads accounts, tokens among them', async () => {
    const { practice, connection } = await open();
    const [mint, token] = [Keypair.generate().publicKey, Keypair.generate().publicKey];
    const owner = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA';
    const mintData = new Uint8Array(82);
    mintData[44] = 6;
    const tokenData = new Uint8Array(165);
    tokenData.set(mint.toBytes());
    new DataView(tokenData.buffer).setBigUint64(64, 1_250_000n, true);
    for (const [key, data] of [
      [mint, mintData],
      [token, tokenData],
    ] as const) {
      practice.chain.vm.set(key.toBase58(), { lamports: 10_000_000n, owner, executable: false, data });
    }
    expect((await connection.getTokenAccountBalance(token)).value).toEqual({
      amount: '1250000',
      decimals: 6,
      uiAmount: 1.25,
      uiAmountString: '1.25',
    });
    await expect(connection.getTokenAccountBalance(player.publicKey)).rejects.toThrow('not a Token account');
    const infos = await connection.getMultipleAccountsInfo([player.publicKey, Keypair.generate().publicKey, token]);
    expect(infos.map((info) => info?.lamports)).toEqual([10 * SOL, undefined, 10_000_000]);
    expect(infos[2]?.data).toEqual(Buffer.from(tokenData));
    const info = await connection.getAccountInfo(player.publicKey);
    expect(info).toMatchObject({ lamports: 10 * SOL, executable: false, owner: SystemProgram.programId });
  });

  it('learns where the chain is', async () => {
    const { practice, connection } = await open();
    await practice.produceBlocks(40);
    expect(await connection.getSlot('processed')).toBe(43);
    expect(await connection.getSlot('confirmed')).toBe(42);
    expect(await connection.getSlot('finalized')).toBe(11);
    expect(await connection.getBlockHeight('finalized')).toBe(11);
    expect(await connection.getEpochInfo('processed')).toMatchObject({
      absoluteSlot: 43,
      epoch: 0,
      transactionCount: 2,
    });
    expect(await connection.getGenesisHash()).toBe(PRACTICE_GENESIS_HASH);
    expect(PRACTICE_GENESIS_HASH).toBe('4bNqqy3CKWhYhcoH3VrMiodT55pooLWJMoFjZdbrcdjE');
    expect(bs58.decode(PRACTICE_GENESIS_HASH)).toHaveLength(32);
    expect((await connection.getVersion())['solana-core']).toBe('2.3.0');
    expect(await connection.getBlockTime(42)).toBe(1_780_000_000);
    await expect(connection.getBlockTime(4_000)).rejects.toThrow(
      'Slot 4000 was skipped, or missing in long-term storage',
    );
    expect(await connection.getMinimumBalanceForRentExemption(0)).toBe(890_880);
    const { blockhash } = await connection.getLatestBlockhash('finalized');
    expect((await connection.isBlockhashValid(blockhash)).value).toBe(true);
    expect((await connection.isBlockhashValid(Keypair.generate().publicKey.toBase58())).value).toBe(false);
  });
});
