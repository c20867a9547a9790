'use client';
// For a player at a computer whose wallet is on a phone: the way to open this page in the phone's Phantom, or why there is none.
import encodeQR from 'qr';
import { Disclosure } from '@/components/advice/disclosure';
import { CopyButton } from '@/components/verify/copy-button';
import { isOnThisComputerOnly, phantomAppLink } from '@/components/wallet/ports/mobile-place';

export function PhoneWay() {
  const isHereOnly = isOnThisComputerOnly(window.location.hostname);
  return (
    <Disclosure summary="My wallet is on my phone">
      <div className="pt-2 text-caption text-ink-soft" data-testid="phone-way">
        {isHereOnly ? <p>{HERE_ONLY}</p> : <PhoneLink link={phantomAppLink(window.location)} />}
      </div>
    </Disclosure>
  );
}

const HERE_ONLY =
  'This Fortytick runs on this computer, where no phone can reach it. Use a wallet of this browser, or the practice wallet. One that is served at an https address shows a code to scan here.';

function PhoneLink({ link }: { link: string }) {
  return (
    <div className="flex flex-col gap-3">
      <p>
        Scan this with the phone’s camera: it opens this page in Phantom’s app, where you sign in. Without the app it
        leads to the store. On Android, opening this page in Chrome reaches other wallet apps too.
      </p>
      {link.length <= LINK_LENGTH_MAX && <QrCode text={link} />}
      <p className="font-mono break-all select-all">{link}</p>
      <CopyButton text={link} what="the link" className="self-start" />
    </div>
  );
}

/** A longer one makes a code too fine for a phone's camera. */
const LINK_LENGTH_MAX = 500;
/** Modules of quiet around it; and dark on white whatever the theme: cameras expect both. */
const QUIET = 4;

export function QrCode({ text }: { text: string }) {
  const rows = encodeQR(text, 'raw', { ecc: 'low', border: QUIET });
  const dark = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg
      role="img"
      aria-label="The link as a QR code"
      viewBox={`0 0 ${rows.length} ${rows.length}`}
      shapeRendering="crispEdges"
      className="w-56 self-center rounded-small"
    >
      <rect width={rows.length} height={rows.length} fill="#fff" />
      <path d={dark.join('')} fill="#000" />
    </svg>
  );
}
