'use client';
// What the header loads once the player is concerned: the menu, the dialogs and the notices of the wallet session.
import { SessionNotice } from '@/components/account-menu/session-notice';
import { PracticeQuestionDialog } from '@/components/account-menu/practice-question-dialog';
import { WalletChooser } from '@/components/account-menu/wallet-chooser';
import { AccountTheme } from '@/components/settings/account-theme';

export { SignedInMenu } from '@/components/account-menu/signed-in-menu';

export function AccountDialogs() {
  return (
    <>
      <SessionNotice />
      <WalletChooser />
      <PracticeQuestionDialog />
      <AccountTheme />
    </>
  );
}
