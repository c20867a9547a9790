// @vitest-environment happy-dom
import { getWallets } from '@wallet-standard/app';
import type { Wallet } from '@wallet-standard/base';
import { describe, expect, it } from 'vitest';
import { createFakeWallet } from '@/components/wallet/test-kit/fake-wallet';
import { createWalletList } from '@/components/wallet/wallet-list';
import { PRACTICE_WALLET_NAME } from '@/lib/wallet/practice-chain';

const FEATURES = { 'standard:connect': {}, 'solana:signMessage': {}, 'solana:signTransaction': {} };

function announce(name: string, change: Partial<Wallet> = {}): () => void {
  const icon = 'data:image/png;base64,' as const;
  const wallet: Wallet = {
    version: '1.0.0',
    name,
    icon,
    chains: ['solana:devnet'],
    features: FEATURES,
    accounts: [],
    ...change,
  };
  return getWallets().register(wallet);
}

const never = new Promise<never>(() => {});
const names = (list: ReturnType<typeof createWalletList>) => list.get().map(({ name }) => name);

describe('the wallets of a browser', () => {
  it('are Phantom first, then the others, the practice wallet last, whenever they announce themselves', () => {
    const list = createWalletList();
    let changes = 0;
    list.subscribe(() => (changes += 1));
    const offs = [announce('Zebra'), announce(PRACTICE_WALLET_NAME), announce('Phantom'), announce('Antelope')];
    expect(names(list)).toEqual(['Phantom', 'Antelope', 'Zebra', PRACTICE_WALLET_NAME]);
    expect(changes).toBe(4);
    expect(list.get()).toBe(list.get());
    for (const off of offs) off();
    expect(names(list)).toEqual([]);
  });

  it('are only those that can sign for Solana', () => {
    const list = createWalletList();
    const offs = [
      announce('Ether', { chains: ['eip155:1'] }),
      announce('Watcher', { features: { 'standard:connect': {} } }),
    ];
    expect(names(list)).toEqual([]);
    for (const off of offs) off();
  });

  it('that do not announce themselves are added, and give way when they do', () => {
    const list = createWalletList();
    const injected = createFakeWallet({ name: 'Phantom' });
    list.add(injected);
    list.add(createFakeWallet({ name: 'Phantom' }));
    expect(list.get()).toEqual([injected]);
    const off = announce('Phantom');
    expect(names(list)).toEqual(['Phantom']);
    expect(list.get()[0]).not.toBe(injected);
    off();
  });

  it('are waited for by name, for as long as asked', async () => {
    const list = createWalletList();
    const finding = list.find('Late', never);
    const off = announce('Late');
    expect((await finding)?.name).toBe('Late');
    expect(await list.find('Never', Promise.resolve())).toBeNull();
    off();
  });
});
