'use client';
// A dialog of the account menu: the first choice has the focus, and afterwards the account button.
import { ACCOUNT_BUTTON_ID } from '@/components/account-menu/account-button';
import { Sheet, type SheetProps } from '@/components/ui/sheet';

export function WalletDialog(props: SheetProps & { readonly onClose: () => void }) {
  return (
    <Sheet
      {...props}
      className="sm:w-[26rem]"
      onOpenAutoFocus={(event) => {
        // The first choice rather than the cross, which comes first in the page.
        const first = (event.currentTarget as HTMLElement).querySelector<HTMLElement>('li a, li button');
        if (first) event.preventDefault();
        first?.focus();
      }}
      onCloseAutoFocus={(event) => {
        event.preventDefault();
        document.getElementById(ACCOUNT_BUTTON_ID)?.focus();
      }}
    />
  );
}
