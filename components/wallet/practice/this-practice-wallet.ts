// The practice wallet of this browser, made once when its chunk is loaded.
import { createPracticeKeyStore, type PracticeStorage } from '@/components/wallet/practice/practice-key';
import { createPracticeQuestions } from '@/components/wallet/practice/practice-questions';
import { createPracticeWallet } from '@/components/wallet/practice/practice-wallet';

export const practiceQuestions = createPracticeQuestions();

export const practiceKeys = createPracticeKeyStore(findStorage(), (count) =>
  crypto.getRandomValues(new Uint8Array(count)),
);

export const practiceWallet = createPracticeWallet(practiceKeys, practiceQuestions);

/** Some browsers throw at the mere mention of storage. */
function findStorage(): PracticeStorage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
