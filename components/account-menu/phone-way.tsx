'use client';
// For a player at a computer whose wallet is on a phone: the way to open this page in the phone's Phantom, or why there is none.
import { Disclosure } from '@/components/advice/disclosure';
import { CopyButton } from '@/components/verify/copy-button';
import { isOnThisComputerOnly, phantomAppLink } from '@/components/wallet/ports/mobile-place';
import { toQrCode } from '@/lib/wallet/qr-code';

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
  const code = toQrCode(link);
  return (
    <div className="flex flex-col gap-3">
      <p>
        Scan this with the phone’s camera: it opens this page in Phantom’s app, where you sign in. Without the app it
        leads to the store. On Android, opening this page in Chrome reaches other wallet apps too.
      </p>
      {code && <QrCode rows={code} />}
      <p className="font-mono break-all select-all">{link}</p>
      <CopyButton text={link} what="the link" className="self-start" />
    </div>
  );
}

/** Four modules of quiet around it, and dark on white whatever the theme: cameras expect both. */
const QUIET = 4;

function QrCode({ rows }: { rows: readonly (readonly boolean[])[] }) {
  const size = rows.length + 2 * QUIET;
  const dark = rows.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x + QUIET} ${y + QUIET}h1v1h-1z`] : [])),
  );
  return (
    <svg
      role="img"
      aria-label="The link as a QR code"
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="w-56 self-center rounded-small"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={dark.join('')} fill="#000" />
    </svg>
  );
}
