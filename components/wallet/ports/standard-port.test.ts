import { describe, expect, it } from 'vitest';
import { createStandardPort, MOBILE_ADAPTER } from '@/components/wallet/ports/standard-port';
import type { SolanaWallet } from '@/components/wallet/ports/standard-wallet';
import { PHONE_WALLET } from '@/components/wallet/wallet-port';
import type { SignInFields } from '@/components/wallet/auth-client';

/** As the mobile wallet adapter does, it keeps what it had signed until it is disconnected. */
function createKeepingWallet(name: string): SolanaWallet {
  const account = { address: 'alice', publicKey: new Uint8Array(32), chains: [], features: [] };
  let kept: Uint8Array | null = null;
  const features = {
    'standard:connect': { connect: async () => ({ accounts: [account] }) },
    'standard:disconnect': {
      async disconnect() {
        kept = null;
      },
    },
    'solana:signIn': {
      async signIn({ nonce }: { nonce: string }) {
        kept ??= new TextEncoder().encode(nonce);
        return [{ account, signedMessage: kept, signature: new Uint8Array(64) }];
      },
    },
    'solana:signMessage': {},
    'solana:signTransaction': {},
  };
  return { version: '1.0.0', name, icon: '', chains: ['solana:localnet'], accounts: [], features } as never;
}
const fieldsOf = (nonce: string) => ({ input: { nonce } }) as SignInFields;

describe('a phone’s wallet app', () => {
  it('signs in anew each time, and not with the message it signed before', async () => {
    const port = createStandardPort(createKeepingWallet(MOBILE_ADAPTER));
    expect((await port.signIn!(fieldsOf('first'))).message).toBe('first');
    expect((await port.signIn!(fieldsOf('second'))).message).toBe('second');
    expect(port.publicKey()).toBe('alice');
    expect(port.name).toBe(PHONE_WALLET);
  });
});
