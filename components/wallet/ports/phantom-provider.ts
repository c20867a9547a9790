// The object Phantom puts into the page, as far as it is used past its adapter: whether it is there, connecting without a
// window, and its account.

type PhantomKey = { toString(): string };

type PhantomProvider = {
  readonly isPhantom?: boolean;
  readonly isConnected?: boolean;
  connect(options?: { readonly onlyIfTrusted?: boolean }): Promise<unknown>;
  on(event: 'accountChanged', listen: (publicKey: PhantomKey | null) => void): void;
  off?(event: 'accountChanged', listen: (publicKey: PhantomKey | null) => void): void;
};

type PhantomWindow = { readonly phantom?: { readonly solana?: PhantomProvider }; readonly solana?: PhantomProvider };

export function findPhantom(): PhantomProvider | null {
  const { phantom, solana } = window as unknown as PhantomWindow;
  return [phantom?.solana, solana].find((provider) => provider?.isPhantom) ?? null;
}

/** Null: an account that Phantom does not share with this page. */
export function onPhantomAccount(listen: (address: string | null) => void): () => void {
  const provider = findPhantom();
  const onChange = (publicKey: PhantomKey | null) => listen(publicKey?.toString() ?? null);
  provider?.on('accountChanged', onChange);
  return () => provider?.off?.('accountChanged', onChange);
}
