import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Keypair } from '@solana/web3.js';
import bs58 from 'bs58';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { epochMs } from '@/lib/units/time';
import type { Chain } from '@/server/chain/chain';
import { createVenues } from '@/server/bets/venues/create-venues';
import { createFakeChain } from '@/server/bets/venues/test-kit/fake-chain';
import type { RecordDatabase } from '@/server/store/record-database';

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };
const RPC = 'https://node.example';
const unused: RecordDatabase = {
  use: () => Promise.reject(new Error('nothing is read before the start')),
  end: async () => {},
};

let dir: string;
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'fortytick-venues-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const file = () => join(dir, 'chain', 'venue.json');

function create(
  config: { SOLANA_RPC_URL?: string; VENUE_KEY?: string } = {},
  cluster: Chain['cluster'] = 'practice',
  identify?: () => Promise<Chain['cluster']>,
) {
  return createVenues({
    config: { DATA_DIR: dir, SOLANA_RPC_URL: undefined, VENUE_KEY: undefined, ...config },
    chain: { ...createFakeChain(), cluster, ...(identify && { identify }) },
    connect: () => unused,
    clock: () => epochMs(0),
    random: () => 0.5,
    log: SILENT,
  });
}

describe('the key of the practice venue', () => {
  it('is made once, for its owner’s eyes only, and stays the same', async () => {
    const first = await create();
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    const second = await create();
    expect(second.practice.address).toBe(first.practice.address);
    expect(first.all.map(({ id }) => id)).toEqual(['practice', 'paper', 'assisted']);
  });

  it('that is damaged stops the start, and is left as it is', async () => {
    await create();
    writeFileSync(file(), '[1,2,3]');
    await expect(create()).rejects.toThrow(/holds no key/);
    expect(readFileSync(file(), 'utf8')).toBe('[1,2,3]');
  });

  it('comes from VENUE_KEY on a real cluster, as wallets write it', async () => {
    const keypair = Keypair.generate();
    for (const text of [bs58.encode(keypair.secretKey), JSON.stringify([...keypair.secretKey])]) {
      const { practice } = await create({ SOLANA_RPC_URL: RPC, VENUE_KEY: text }, 'devnet');
      expect(practice.address).toBe(keypair.publicKey.toBase58());
    }
    await expect(create({ SOLANA_RPC_URL: RPC }, 'devnet')).rejects.toThrow(/VENUE_KEY is not set/);
    const bad = create({ SOLANA_RPC_URL: RPC, VENUE_KEY: 'a secret' }, 'devnet');
    await expect(bad).rejects.toThrow(/^VENUE_KEY is not a secret key/);
  });
});

describe('real money', () => {
  const VENUE_KEY = bs58.encode(Keypair.generate().secretKey);

  it('is refused at the start', async () => {
    const started = create({ SOLANA_RPC_URL: RPC, VENUE_KEY }, 'unknown', async () => 'mainnet-beta');
    await expect(started).rejects.toMatchObject({ name: 'StartError', message: expect.stringMatching(/mainnet-beta/) });
  });

  it('is refused later as well, when a cluster that was away turns out to be the real one', async () => {
    let cluster: Chain['cluster'] = 'unknown';
    const chain = Object.defineProperty({ ...createFakeChain() }, 'cluster', { get: () => cluster });
    const { practice } = await createVenues({
      config: { DATA_DIR: dir, SOLANA_RPC_URL: RPC, VENUE_KEY },
      chain: Object.assign(chain, { identify: () => Promise.reject(new Error('nobody answers')) }),
      connect: () => unused,
      clock: () => epochMs(0),
      random: () => 0.5,
      log: SILENT,
    });
    const words = () => practice.problem()?.message;
    expect(words()).toMatch(/has not said yet/);
    cluster = 'mainnet-beta';
    expect(words()).toMatch(/takes no real money/);
    expect(await practice.prepare({} as never, {} as never)).toMatchObject({ error: { code: 'venue-unavailable' } });
    cluster = 'devnet';
    expect(words()).toMatch(/does not answer/);
  });
});
