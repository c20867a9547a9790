// Every way in which a request to a wallet, or signing in with one, can end without what was asked for: a closed list, each
// with words for the player and a way on. Pure. Made by lib/wallet/to-outcome and the wallet session in the browser.

export const WALLET_OUTCOMES = [
  'refused',
  'wallet-busy',
  'busy',
  'other-tab',
  'closed',
  'no-answer',
  'not-installed',
  'phone-blocked',
  'phone-allowed',
  'locked',
  'not-connected',
  'account-changed',
  'wrong-network',
  'not-the-bet',
  'transaction-changed',
  'cannot-sign',
  'practice-only',
  'sign-in-expired',
  'sign-in-ended',
  'sign-in-refused',
  'not-signed-in',
  'unreachable',
  'failed',
] as const;
export type WalletOutcomeCode = (typeof WALLET_OUTCOMES)[number];

/** What the player can do next; the interface has one control for each. */
export type WayOn = 'try-again' | 'answer-wallet' | 'choose-wallet' | 'install' | 'sign-in' | 'reload';

export type WalletOutcome = {
  readonly code: WalletOutcomeCode;
  readonly title: string;
  /** What happened, that nothing was sent where that is so, and what to do. */
  readonly detail: string;
  readonly wayOn: WayOn;
};

/** What was asked of the wallet: the words differ. */
export type WalletErrand = 'connect' | 'sign-in' | 'transaction' | 'disconnect';

export type OutcomeContext = {
  readonly errand: WalletErrand;
  /** As the wallet calls itself: "Phantom". */
  readonly walletName: string;
  /** For `failed` and `sign-in-refused`: what the wallet or the server said. */
  readonly said?: string;
};

export function walletOutcome(code: WalletOutcomeCode, context: OutcomeContext): WalletOutcome {
  return { code, ...WORDS[code](context) };
}

type Words = Omit<WalletOutcome, 'code'>;

const ERRANDS: Record<WalletErrand, string> = {
  connect: 'connect',
  'sign-in': 'sign in',
  transaction: 'sign the bet',
  disconnect: 'disconnect',
};

/** What did not happen, so that nobody wonders whether money moved. */
function nothingDone(errand: WalletErrand): string {
  return errand === 'transaction' ? 'No bet was placed and nothing was paid.' : 'You are not signed in.';
}

/** For words that are the same for every errand, and must say it only where money could have been meant. */
function unpaid(errand: WalletErrand): string {
  return errand === 'transaction' ? ` ${nothingDone(errand)}` : '';
}

const WORDS: Record<WalletOutcomeCode, (context: OutcomeContext) => Words> = {
  refused: ({ errand, walletName }) => ({
    title: `You refused in ${walletName}`,
    detail: `${nothingDone(errand)} To ${ERRANDS[errand]} after all, ask again and approve it there.`,
    wayOn: 'try-again',
  }),
  'wallet-busy': ({ errand, walletName }) => ({
    title: `${walletName} is waiting for an answer already`,
    detail: `An earlier request is still open in ${walletName}. Open it, approve or refuse that one, then try again.${unpaid(errand)}`,
    wayOn: 'answer-wallet',
  }),
  busy: ({ walletName }) => ({
    title: 'One request at a time',
    detail: `${walletName} has another request of this page open. Answer that one first; this one was not sent.`,
    wayOn: 'answer-wallet',
  }),
  'other-tab': ({ errand }) => ({
    title: 'Another tab is asking your wallet',
    detail: `Another tab of Fortytick waits for an answer of your wallet. Answer it or close that tab, then try again.${unpaid(errand)}`,
    wayOn: 'try-again',
  }),
  closed: ({ errand, walletName }) => ({
    title: `${walletName} was closed`,
    detail: `The wallet closed before it answered. ${nothingDone(errand)} Try again and leave its window open.`,
    wayOn: 'try-again',
  }),
  'no-answer': ({ errand, walletName }) => ({
    title: `No answer from ${walletName}`,
    detail: `The request may still be open there: look for its window, its icon beside the address bar, or its app. ${nothingDone(errand)} Answer it and try again, or choose another wallet.`,
    wayOn: 'answer-wallet',
  }),
  'not-installed': ({ errand, walletName }) => ({
    title: `${walletName} is not here`,
    detail: `No ${walletName} was found. On a computer, install it and reload the page; on a phone, open this page in the wallet’s own app. The practice wallet needs nothing installed.${unpaid(errand)}`,
    wayOn: 'install',
  }),
  'phone-blocked': ({ errand }) => ({
    title: 'The browser keeps this page from your wallet app',
    detail: `Tap the sign beside the address, allow this site to reach apps on this device, and try again. Or open this page in the wallet’s own app.${unpaid(errand)}`,
    wayOn: 'choose-wallet',
  }),
  'phone-allowed': ({ errand }) => ({
    title: 'Your wallet app can be reached now',
    detail: `The browser allows it from now on. Tap once more to open the app.${unpaid(errand)}`,
    wayOn: 'try-again',
  }),
  locked: ({ errand, walletName }) => ({
    title: `${walletName} is locked`,
    detail: `Unlock ${walletName} with its password, then try again. ${nothingDone(errand)}`,
    wayOn: 'answer-wallet',
  }),
  'not-connected': ({ errand, walletName }) => ({
    title: `${walletName} is not connected`,
    detail: `It no longer shares its account with this page. ${nothingDone(errand)} Connect it and try again.`,
    wayOn: 'sign-in',
  }),
  'account-changed': ({ errand, walletName }) => ({
    title: 'Your wallet changed its account',
    detail: `${walletName} now uses another account than the one you were signed in with, so you were signed out of the old one. Sign in with the new one to go on.${unpaid(errand)}`,
    wayOn: 'sign-in',
  }),
  'wrong-network': ({ walletName }) => ({
    title: `${walletName} is on another network`,
    detail: `It does not know the network this bet is for, so it could not check it. Nothing was paid. Choose the right network in its settings, or use the practice wallet on the practice chain.`,
    wayOn: 'choose-wallet',
  }),
  'not-the-bet': () => ({
    title: 'This is not the bet you asked for',
    detail:
      'What the server gave to sign is not your stake for this bet and nothing else, so your wallet was not asked. Nothing was signed and nothing was paid. Reload the page and place the bet again; if it happens again, do not bet here.',
    wayOn: 'reload',
  }),
  'transaction-changed': ({ walletName }) => ({
    title: `${walletName} changed the transaction`,
    detail: `What it signed is not what the bet says, for example because it added a priority fee of its own. It was not sent and nothing was paid. Turn that off in its settings and try again, or use another wallet.`,
    wayOn: 'choose-wallet',
  }),
  'cannot-sign': ({ errand, walletName }) => ({
    title: `${walletName} cannot do this`,
    detail: `This wallet, or the account chosen in it, offers no way to ${ERRANDS[errand]}; accounts on hardware often do not. Choose another account or wallet.${unpaid(errand)}`,
    wayOn: 'choose-wallet',
  }),
  'practice-only': ({ errand }) => ({
    title: 'Not with the practice wallet',
    detail: `This server uses a real network, and the practice wallet signs for the practice chain only. Choose another wallet.${unpaid(errand)}`,
    wayOn: 'choose-wallet',
  }),
  'sign-in-expired': () => ({
    title: 'Signing in took too long',
    detail: 'The message to sign has expired; nothing is wrong with your wallet. Sign in again.',
    wayOn: 'sign-in',
  }),
  'sign-in-ended': () => ({
    title: 'You were signed out',
    detail: 'The sign-in of this browser has ended: it ran out, or was ended in another tab or in your settings.',
    wayOn: 'sign-in',
  }),
  'sign-in-refused': ({ said }) => ({
    title: 'The server did not accept the sign-in',
    detail: said ?? 'It did not say why. Sign in again.',
    wayOn: 'sign-in',
  }),
  'not-signed-in': () => ({
    title: 'You are not signed in',
    detail: 'Sign in with your wallet first. Nothing was sent.',
    wayOn: 'sign-in',
  }),
  unreachable: ({ errand }) => ({
    title: 'The server cannot be reached',
    detail: `Check your connection and try again. ${errand === 'disconnect' ? 'You are still signed in.' : nothingDone(errand)}`,
    wayOn: 'try-again',
  }),
  failed: ({ errand, walletName, said }) => ({
    title: `${walletName} failed`,
    detail: `${said ? `It said: “${said}”. ` : ''}${nothingDone(errand)} Try again; if it fails again, reload the page.`,
    wayOn: 'reload',
  }),
};
