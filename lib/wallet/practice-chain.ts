// What the practice chain is called among wallets (the Wallet Standard's identifier of a local cluster), and the wallet for
// it. Both names are shown to the player and compared; no other place spells them.

export const PRACTICE_CHAIN = 'solana:localnet';
export const PRACTICE_WALLET_NAME = 'Fortytick practice wallet';
