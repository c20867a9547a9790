'use client';
import { CopyButton } from '@/components/verify/copy-button';
import type { Round } from '@/components/verify/check-round';

/** For those who would rather not take this page's word: the same check from a terminal, without it. */
export function OfflineCommand({ round }: { round: Round }) {
  const command = toCommand(round);
  return (
    <section aria-label="Check off-line" className="flex flex-col gap-2 bg-surface p-4 lg:p-5">
      <div className="flex items-center justify-between gap-4">
        <h3 className="font-semibold">Check it off-line</h3>
        <CopyButton text={command} what="the command" className="-mr-4" />
      </div>
      <p className="max-w-prose text-ink-soft">
        In a copy of Fortytick’s source, without a network: it prints the rug tick, the peak and the hash of the seed.
      </p>
      <pre
        tabIndex={0}
        aria-label="Command"
        className="overflow-x-auto rounded-control border border-line bg-ground p-3 font-mono text-caption break-all whitespace-pre-wrap text-ink-soft"
      >
        {command}
      </pre>
    </section>
  );
}

export function toCommand({ serverSeed, gameId, version, serverSeedHash }: Round): string {
  const options = [
    ['--server-seed', serverSeed],
    ['--game-id', gameId],
    ['--version', version],
    ...(serverSeedHash === null ? [] : [['--server-seed-hash', serverSeedHash]]),
  ];
  return `npm run -s verify-round -- ${options.map(([name, value]) => `${name} ${quote(value!)}`).join(' ')}`;
}

/** A seed on record is whatever the feed said: nothing in it may mean anything to the shell it is pasted into. */
function quote(value: string): string {
  return /^[\w-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
