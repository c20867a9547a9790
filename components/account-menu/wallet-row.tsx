'use client';
// One line of the choice: a wallet that is here, or where to get one.
import { ExternalLink, FlaskConical, Wallet } from 'lucide-react';
import type { ReactNode } from 'react';
import { isPhone, phantomAppLink } from '@/components/wallet/ports/mobile-place';

const LOOK =
  'flex w-full items-center gap-3 rounded-control border border-line-strong px-3 py-2.5 text-left transition-colors hover:bg-raised';

export function WalletRow({
  name,
  icon,
  hint,
  about,
  onClick,
}: {
  name: string;
  /** A data URL; null for our own. */
  icon: string | null;
  hint: string;
  about?: string;
  onClick: () => void;
}) {
  return (
    <li>
      <button type="button" className={LOOK} onClick={onClick} data-testid="wallet-choice" data-wallet={name}>
        <Icon icon={icon} />
        <Words name={name} about={about} />
        <span className="text-caption whitespace-nowrap text-ink-faint">{hint}</span>
      </button>
    </li>
  );
}

/** Phantom where it is not: its page, or on a phone its app, which opens this page in a browser of its own. */
export function InstallRow() {
  const onPhone = isPhone(navigator);
  const href = onPhone ? phantomAppLink(window.location) : 'https://phantom.com/download';
  return (
    <li>
      <a className={LOOK} href={href} target="_blank" rel="noreferrer" data-testid="install-phantom">
        <Wallet aria-hidden className="size-6 shrink-0 text-ink-faint" />
        <Words
          name={onPhone ? 'Open in Phantom' : 'Install Phantom'}
          about={
            onPhone
              ? 'Opens this page in its app, where you sign in. Without the app it leads to the store.'
              : 'Not found in this browser. Reload this page afterwards.'
          }
        />
        <ExternalLink aria-hidden className="size-4 shrink-0 text-ink-faint" />
      </a>
    </li>
  );
}

function Icon({ icon }: { icon: string | null }): ReactNode {
  if (icon === null || !icon.startsWith('data:image/')) {
    return <FlaskConical aria-hidden className="size-6 shrink-0 text-phase-active" />;
  }
  return <img src={icon} alt="" className="size-6 shrink-0 rounded-small" />;
}

function Words({ name, about }: { name: string; about?: string | undefined }) {
  return (
    <span className="flex min-w-0 grow flex-col">
      <span className="font-semibold">{name}</span>
      {about && <span className="text-caption text-ink-soft">{about}</span>}
    </span>
  );
}
